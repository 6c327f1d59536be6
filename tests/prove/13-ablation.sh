#!/bin/sh
# Every technique is needed by its own check, and by those that say so
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

try make -s -j "$cores" build/lab build/locale
rm -f build/ablation.en.svg build/ablation.fr.svg
expect_status 0 "each check on each chain says what is declared of it" \
    make -s ablation
if [ ! -f build/ablation.json ] || grep -q '^  -  ' "$work/out"; then
	skip "the whole picture" "this machine has no boxes with a range of ids"
	exit 0
fi
expect_words '^12 of 12 fail without their own technique' \
    "the diagonal fails"
expect_words ' 0 must not be\.$' "what fails beside it is declared"
grep -E '^.{81}' "$work/out" >"$work/wide"
all_ok "$work/wide" "the picture fits 80 columns"
for language in en fr; do
	picture=build/ablation.$language.svg
	if grep -q "<svg .*lang=\"$language\"" "$picture" &&
	    grep -q '^</svg>$' "$picture"; then
		ok "$picture is drawn"
	else
		not_ok "$picture is drawn" "$work/out" "$work/err"
	fi
done
expect_status 2 "without its programs it says so" \
    build/lab ablation --programs "$work"
