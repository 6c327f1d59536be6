#!/bin/sh
# one.sh FILE - a named mistake, or a right way: does it get what it must get?
#
# Builds the file in place of its step, with the solutions before it, checks
# it, and compares the verdicts with the file's own header (tests/README.md).
# Prints "ok - ..." or "not ok - ..." with what differs.
set -u
file=$1
step=$(basename "$(dirname "$file")")
name=$(basename "$file" .c)
folder=build/test/corpus/$step--$name
rm -rf "$folder"
mkdir -p "$folder"
cp "$file" "$folder/$step.c"
chain=build/$(echo "$folder" | tr / _)+solutions
result=$folder/result.json
# What was seen is kept: golden text and mutants are judged from it.
seen=$(echo "$file" | sed 's|^tests/|build/seen/|; s|c$|json|')
mkdir -p "$(dirname "$seen")"
rm -f "$seen"

# header WORD - what stands behind " * WORD:" in the file's header
header() { sed -n "/\\*\\//q; s/^ \\* $1: *//p" "$file"; }

# checks STATUS - ids of the required checks that have it, in order
checks() {
	awk -F '"' -v wanted="$1" '
	$2 == "id"       { id = $4 }
	$2 == "status" && id { status = $4 }
	$2 == "required" { if (status == wanted && /true/) print id; id = "" }
	' "$result"
}

# The cause of the first check that failed.
cause() {
	awk -F '"' '
	$2 == "status"        { status = $4 }
	$2 == "key" && status == "fail" { print $4; exit }
	' "$result"
}

make -s "$chain/$step" STEPS="$folder" REFERENCE=solutions \
    >"$folder/make" 2>&1
"${LAB:-build/lab}" check "$step" --programs "$chain" --quiet --seed "${SEED:-1}" \
    --json "$result" --observation "$seen" >"$folder/out" 2>&1
status=$?
rm -rf "$chain" "build/$(echo "$folder" | tr / _)"

wrong=
if [ ! -f "$result" ]; then
	wrong="no result, status $status: $(cat "$folder/out" "$folder/make")"
else
	either=" $(header either) "
	expected=$(header fails | tr ' ' '\n' | grep -v '^none$')
	for id in $(checks fail); do
		case "$either" in *" $id "*) continue ;; esac
		echo "$expected" | grep -qx -e "$id" ||
		    wrong="$wrong; $id failed"
	done
	for id in $expected; do
		checks fail | grep -qx -e "$id" || wrong="$wrong; $id passed"
	done
	for id in $(checks error); do wrong="$wrong; $id: harness fault"; done
	for key in $(header cause); do
		[ "$(cause)" = "$key" ] ||
		    wrong="$wrong; cause $(cause) instead of $key"
	done
	for id in $(header advice); do
		grep -A 1 "\"id\": \"$id\"" "$result" | grep -q '"advice"' ||
		    wrong="$wrong; no advice from $id"
	done
fi
# "open: why": the judges are known not to tell it yet; said, not hidden.
open=$(header open)
if [ -n "$wrong" ] && [ -n "$open" ]; then
	echo "ok - $step, $name # SKIP $open"
	rm -rf "$folder"
elif [ -z "$wrong" ]; then
	echo "ok - $step, $name"
	rm -rf "$folder"
else
	echo "not ok - $step, $name"
	echo "# ${wrong#; }"
fi
