#!/bin/sh
# fuzz.sh [SECONDS] - libFuzzer on the protocol and on the board file
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
seconds=${1:-10}
limit=$((60 + seconds))
if ! command -v clang >/dev/null; then
	skip 'the fuzzers' 'install the package clang'
	exit 0
fi
make_conf
"$tools/torn" "$bbserve" "$work/bb.conf" "$work/bbfile" >/dev/null
mkdir -p "$work/board" "$work/protocol"
cp "$work/bbfile" "$work/board/"
printf '\001\n######## 1 2026-11-21T12:14:09Z ann one\n######## 3 x y z\n' \
    >"$work/board/numbers"
printf '\011USER bob\nWRITE hi\nREPLACE 1 x\nLIST\nREAD 1\nQUIT\n' \
    >"$work/protocol/session"
for part in protocol board; do
	make -s "build/capstone/fuzz-$part"
	check "the fuzzer finds nothing in $seconds s: $part" \
	    "$tools/fuzz-$part" -max_total_time="$seconds" -max_len=8192 \
	    -artifact_prefix="$work/" -print_final_stats=1 "$work/$part"
done
exit $failed
