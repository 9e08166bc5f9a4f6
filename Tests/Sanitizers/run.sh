#!/usr/bin/env bash
# Runs the tests under a sanitizer: run.sh address|thread [short]. In short, only the program is
# watched, while the end-to-end tests run it as they run the released one.
set -euo pipefail
cd "$(dirname "$0")/../.."
sanitizer=$1 form=${2:-whole}
lists=Tests/Sanitizers build=.build/$sanitizer

# The names in a list, without what is said of them.
names() { sed -n 's/^\([A-Za-z0-9.-]*\).*/\1/p' "$lists/$1" | grep . | paste -sd "$2"; }

export ASAN_OPTIONS=detect_leaks=1 TSAN_OPTIONS=halt_on_error=1
export ERRATA_BINARY=$build/release/errata
export ERRATA_CASES_LEFT_OUT
ERRATA_CASES_LEFT_OUT=$(names "$sanitizer-cases.txt" ' ')
options=(-c release --sanitize "$sanitizer" --scratch-path "$build" -Xswiftc -enable-testing)
if [ "$form" = short ]; then
  swift build "${options[@]}" --product errata
  swift test --skip-build --filter "$(names short.txt '|')"
else
  swift build "${options[@]}" --build-tests
  swift test --skip-build "${options[@]}" --skip "$(names "$sanitizer.txt" '|')"
fi
