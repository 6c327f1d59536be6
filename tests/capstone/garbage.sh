#!/bin/sh
# garbage.sh [LINES] - random and mutated lines, under the sanitizers
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
lines=${1:-20000}
make_conf
make -s SANITIZE=1 STEPS=solutions build/capstone-asan/solutions/bbserve
asan=$PWD/build/capstone-asan/solutions/bbserve
limit=$((60 + lines / 1000))
ASAN_OPTIONS=log_path=$work/asan UBSAN_OPTIONS=log_path=$work/ubsan \
    check "$lines lines of garbage: it stands, and serves others" \
    "$tools/garbage" "$asan" "$work/bb.conf" "$work/bbfile" "$lines" \
    "${SEED:-1}"
find "$work" -name '*asan.*' >"$work/found"
check 'the sanitizers have nothing to say' [ ! -s "$work/found" ]
exit $failed
