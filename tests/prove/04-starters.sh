#!/bin/sh
# A starter fails for its own reason, and says so; its solution passes
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# The student's own results are put back at the end.
put_back() {
	[ ! -d "$work/results" ] || {
		rm -rf build/results
		mv "$work/results" build/results
	}
}
mkdir -p build/results
cp -a build/results "$work/results"
trap put_back EXIT
trap 'exit 99' HUP INT TERM

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" REFERENCE=solutions programs
try make -s -j "$cores" STEPS=solutions programs
for name in $names capstone; do
	number=${name%%-*} # capstone: as it is
	result=build/results/$name.json
	rm -f "$result"
	expect_status 1 "the starter $name fails with status 1" \
	    build/lab check "$name" --programs build/steps+solutions
	try make -s "$number" REFERENCE=solutions
	if [ "$status" -ne 0 ]; then
		ok "make $number REFERENCE=solutions fails"
	else
		not_ok "make $number REFERENCE=solutions fails" "$work/out"
	fi
	expect_json "$result" status fail "$result says fail"
	expect_json "$result" key "$name.not-written" \
	    "it says why: $name.not-written"
	expect_status 0 "make $number STEPS=solutions passes" \
	    make -s "$number" STEPS=solutions
	expect_json "$result" status pass "$result says pass"
done

expect_status 0 "plain make ends well on a fresh tree" make -s
expect_words '^0 of 12 steps stand' "it says 0 of 12"
expect_words 'steps/01-fork\.c' "it names the file to edit"
expect_words 'make 01' "it names the next gesture"
