#!/bin/sh
# The CUnit tests: plain, and under AddressSanitizer and UBSan by gcc and clang
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# units SENTENCE SETTING...
units() {
	sentence=$1
	shift
	try make -s -j "$cores" "$@" unit
	if [ "$status" -ne 0 ]; then
		not_ok "$sentence" "$work/out" "$work/err"
	elif grep -q ' [1-9][0-9]* proofs, 0 failures' "$work/out"; then
		ok "$sentence"
	else
		not_ok "$sentence" "$work/out"
		echo "expected: how many proofs, and 0 failures" | detail
	fi
}

units "the units prove what they say"
units "the same under gcc's sanitizers" SANITIZE=1
if command -v clang >/dev/null; then
	units "the same under clang's sanitizers" CC=clang SANITIZE=1
else
	skip "the same under clang's sanitizers" "install the package clang"
fi
