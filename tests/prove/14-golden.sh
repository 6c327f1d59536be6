#!/bin/sh
# What a student reads of each mistake, word for word, in both languages
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# After 11-mistakes nothing is left to be played: make sees that.
make -s -j "$cores" build/corpus build/locale seen >"$work/make" 2>&1 ||
    { cat "$work/make" >&2; exit 99; }

# new STEP - mistakes that no golden text has yet: they cost nobody a failure
new() {
	for file in tests/mistakes/"$1"/*.c; do
		mistake=$(basename "$file" .c)
		grep -q "^=== $mistake " "tests/golden/en/$1.txt" ||
		    printf '%s ' "$mistake"
	done
}

# as_when_made SETTING VALUE - what was seen has it everywhere
as_when_made() {
	! grep -L "^  \"$1\": \"$2\"" build/seen/mistakes/*/*.json | grep -q .
}

if ! as_when_made mode range; then
	skip "the feedback is the golden one" "no range of ids: make doctor"
elif ! as_when_made seed 1; then
	skip "the feedback is the golden one" "drawn from another seed than 1"
else
	sh tests/golden.sh "$work" || exit 99
	for language in en fr; do
		for name in $names capstone; do
			text=$language/$name.txt
			if [ -n "$(new "$name")" ]; then
				skip "$text is what is said now" \
				    "new: $(new "$name")(make golden table)"
				continue
			fi
			diff -u "tests/golden/$text" "$work/$text" \
			    >"$work/diff" 2>&1
			all_ok "$work/diff" "$text is what is said now"
		done
	done
fi
echo tests/golden/left-out >"$work/wanted"
for language in en fr; do
	for name in $names capstone; do
		echo "tests/golden/$language/$name.txt"
	done
done >>"$work/wanted"
sort "$work/wanted" >"$work/expected"
find tests/golden -type f | sort | comm -13 "$work/expected" - >"$work/stray"
all_ok "$work/stray" "tests/golden has nothing else"

for name in $names capstone; do new "$name"; done >"$work/new"
if [ -s "$work/new" ]; then
	skip "the table in tests/README.md counts what is there" \
	    "new: $(cat "$work/new")(make golden table)"
	exit
fi
cp tests/README.md "$work/README.md"
try sh tests/table.sh "$work/README.md"
diff -u tests/README.md "$work/README.md" >"$work/diff" 2>&1
all_ok "$work/diff" "the table in tests/README.md counts what is there"
