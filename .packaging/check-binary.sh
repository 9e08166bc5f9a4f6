#!/usr/bin/env bash
# check-binary.sh BINARY GLIBC MIB [LIBRARY…]: whether a binary runs where glibc has a version, such as 2.34, or
# a newer one, is smaller than so many MiB without its symbols and, where libraries are named, needs no others.
set -euo pipefail
binary=$1 oldest=GLIBC_$2 most=$3
shift 3
status=0

newest=$({
  objdump -T "$binary" | grep -oE 'GLIBC_[0-9.]+'
  # What moves it in a packed form is read since then.
  objdump -p "$binary" | sed -n 's/.*GLIBC_ABI_DT_RELR.*/GLIBC_2.36/p'
} | sort -uV | tail -n 1)
if [ "$(printf '%s\n%s\n' "$oldest" "$newest" | sort -V | tail -n 1)" != "$oldest" ]; then
  echo "$binary needs $newest, not $oldest:"
  objdump -T "$binary" | grep -F "($newest)" || true
  status=1
fi >&2

stripped=$(mktemp)
trap 'rm -f "$stripped"' EXIT
strip -o "$stripped" "$binary"
size=$(stat -c %s "$stripped")
if ((size >= most << 20)); then
  echo "$binary has $size bytes without its symbols, $most MiB or more" >&2
  status=1
fi

if (($# > 0)); then
  for needed in $(objdump -p "$binary" | sed -n 's/^ *NEEDED *//p'); do
    found=
    for library; do
      # shellcheck disable=SC2053 # A pattern.
      [[ $needed == $library ]] && found=1
    done
    if [ -z "$found" ]; then
      echo "$binary needs $needed" >&2
      status=1
    fi
  done
fi
echo "$(basename "$binary"): $size bytes without its symbols, $newest at most"
exit $status
