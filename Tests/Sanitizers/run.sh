#!/usr/bin/env bash
# Runs the tests under a sanitizer: run.sh address|thread whole|short. In short, only the program is
# watched, while some end-to-end tests run it as they run the released one.
set -euo pipefail
cd "$(dirname "$0")/../.."
lists=Tests/Sanitizers
case "${1-} ${2-}" in
  "address whole" | "address short" | "thread whole" | "thread short") sanitizer=$1 form=$2 ;;
  *) echo "run.sh: say which sanitizer and how: run.sh address|thread whole|short" >&2; exit 2 ;;
esac

# The names in a list, without what is said of them.
names() { sed -n '/^#/d; s/ .*//p' "$lists/$1.txt"; }
joined() { paste -sd "$1"; }

export ERRATA_BINARY=.build/$sanitizer/release/errata ERRATA_CASES_LEFT_OUT
ERRATA_CASES_LEFT_OUT=$(names "$sanitizer" | { grep '\.txt$' || true; } | joined ' ')
export TSAN_OPTIONS="suppressions=$PWD/$lists/thread.supp" ASAN_OPTIONS=detect_leaks=0
options=(-c release --sanitize "$sanitizer" --scratch-path ".build/$sanitizer" -Xswiftc -enable-testing)
if [ "$form" = short ]; then
  swift build "${options[@]}" --product errata
  swift test --filter "$(names short | joined '|')"
else
  swift build "${options[@]}" --build-tests
  swift test --skip-build "${options[@]}" --skip "$(names "$sanitizer" | grep -v '\.txt$' | joined '|')"
fi
