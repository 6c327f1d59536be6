#!/bin/sh
# What the gestures print and write
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" STEPS=solutions programs
try make -s -j "$cores" REFERENCE=solutions programs

# has_schema FILE SENTENCE - every key of the schema, at its depth
has_schema() {
	grep -q '^  "schema": 1,$' "$1" || echo '"schema": 1' >"$work/lacks"
	for key in step status checks volatile; do
		grep -q "^  \"$key\": " "$1" || echo "\"$key\""
	done >>"$work/lacks"
	checks=$(grep -c '^      "id": ' "$1")
	[ "$checks" -gt 0 ] || echo "any check" >>"$work/lacks"
	for key in status required expected found evidence cause; do
		[ "$(grep -c "^      \"$key\": " "$1")" -eq "$checks" ] ||
		    echo "\"$key\" in each check"
	done >>"$work/lacks"
	for key in seed mode seconds; do
		grep -q "^    \"$key\": " "$1" || echo "volatile \"$key\""
	done >>"$work/lacks"
	all_ok "$work/lacks" "$2"
	rm -f "$work/lacks"
}

expect_status 0 "a pass is written" build/lab check 05 --quiet \
    --programs build/solutions --json "$work/pass.json" \
    --observation "$work/seen.json" --seed 42
[ ! -s "$work/out" ] || not_ok "--quiet says nothing" "$work/out"
has_schema "$work/pass.json" "a pass has the schema's keys"
expect_json "$work/pass.json" step 05-devnull "it names its step"
expect_json "$work/pass.json" seed 42 "it names its seed"
expect_words '"settings"' "--observation writes what was seen" \
    "$work/seen.json"

expect_status 1 "a fail is written" build/lab check 05 \
    --programs build/steps+solutions --json "$work/fail.json"
has_schema "$work/fail.json" "a fail has the schema's keys"
expect_json "$work/fail.json" status fail "it says fail"

# What the seed draws stands in the observation's settings.
settings() { sed -n '/^  "settings"/,/^  []}]/p' "$1"; }
for seed in 42 7; do
	try build/lab check 07 --programs build/solutions --seed $seed \
	    --observation "$work/one.json"
	try build/lab check 07 --programs build/solutions --seed $seed \
	    --observation "$work/two.json"
	settings "$work/one.json" >"$work/one.$seed"
	settings "$work/two.json" >"$work/two.$seed"
	if [ -s "$work/one.$seed" ] &&
	    cmp -s "$work/one.$seed" "$work/two.$seed"; then
		ok "the seed $seed draws the same twice"
	else
		not_ok "the seed $seed draws the same twice"
		diff "$work/one.$seed" "$work/two.$seed" | detail
	fi
done
if cmp -s "$work/one.42" "$work/one.7"; then
	not_ok "another seed draws otherwise" "$work/one.7"
else
	ok "another seed draws otherwise"
fi

expect_status 0 "make show-05 ends well" make -s show-05 STEPS=solutions
expect_words '/dev/null' "it shows where 0, 1 and 2 lead"
expect_words '^> ' "it marks what has changed"
expect_status 0 "make trace-05 ends well" make -s trace-05 STEPS=solutions
expect_words '^> ' "it marks the step's own calls"
expect_words 'dup[23]*(\|open' "it shows them"

expect_status 0 "make doctor ends well" make -s doctor
for word in kernel user 'this machine gives' instruments language; do
	expect_words "$word" "the doctor speaks of: $word"
done

status=0
echo 'ps -ejf; exit 3' | timeout -k 5 60 build/lab shell \
    --programs build/solutions >"$work/out" 2>"$work/err" || status=$?
if [ $status -eq 3 ]; then
	ok "the box's shell hands its status on"
else
	not_ok "the box's shell hands its status on" "$work/out" "$work/err"
	echo "status $status, expected 3" | detail
fi
expect_words 'PID *PPID *PGID *SID' "ps works in the box"
if grep -q '[1-9][0-9][0-9] .*ps -ejf' "$work/out"; then
	not_ok "PIDs are small in the box" "$work/out"
else
	ok "PIDs are small in the box"
fi

expect_status 0 "make help ends well" make -s help
sed -n 's/^\.PHONY: //p' Makefile | tr ' ' '\n' | grep '^[a-z]*$' |
    while read -r goal; do
	grep -q "^$goal " "$work/out" || echo "$goal"
done >"$work/unsaid"
all_ok "$work/unsaid" "make help lists every goal"
for goal in 'NN' show-NN trace-NN; do
	expect_words "^$goal " "make help lists $goal"
done
sed 's/ .*//' "$work/out" | sort >"$work/english"
LAB_LANG=fr make -s help | sed 's/ .*//' | sort >"$work/french"
diff "$work/english" "$work/french" >"$work/untold"
all_ok "$work/untold" "in French it lists the same goals"
