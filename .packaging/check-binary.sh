#!/usr/bin/env bash
# check-binary.sh BINARY MIB [LIBRARY…]: whether a binary runs where glibc is 2.34 or newer, is smaller than
# so many MiB without its symbols and, where libraries are named, needs no others.
set -euo pipefail
binary=$1 most=$2
shift 2
status=0

newest=$(objdump -T "$binary" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)
if [ "$(printf 'GLIBC_2.34\n%s\n' "$newest" | sort -V | tail -n 1)" != GLIBC_2.34 ]; then
  echo "$binary needs $newest:"
  objdump -T "$binary" | grep -F "($newest)"
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
