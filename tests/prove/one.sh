#!/bin/sh
# one.sh FILE [-O0] - a named mistake, or a right way: does it get what it must?
#
# Builds the file in place of its step, with the solutions before it, checks
# it, and compares the verdicts with the file's own header (tests/README.md).
# Prints "ok - ..." or "not ok - ..." with what differs.
set -u
file=$1 way=${2:-}
step=$(basename "$(dirname "$file")")
name=$(basename "$file" .c)
folder=build/test/corpus/$step--$name$way
rm -rf "$folder"
mkdir -p "$folder/capstone"
case $step in
capstone) source=capstone/daemonize.c program=bbserve ;;
*) source=$step.c program=$step ;;
esac
cp "$file" "$folder/$source"
chain=build/$(echo "$folder" | tr / _)+solutions$way
result=$folder/result.json
# What was seen is kept: golden text and mutants are judged from it.
seen=$(echo "$file" | sed "s|^tests/|build/seen$way/|; s|c\$|json|")
mkdir -p "$(dirname "$seen")"
rm -f "$seen"

# header WORD - what stands behind " * WORD:" in the file's header
header() { sed -n "/\\*\\//q; s/^ \\* $1: *//p" "$file"; }

# checks STATUS - ids of the required checks that have it, in order; "": of all
checks() {
	awk -F '"' -v wanted="$1" '
	$2 == "id"       { id = $4 }
	$2 == "status" && id { status = $4 }
	$2 == "required" { if ((!wanted || status == wanted) && /true/) print id; id = "" }
	' "$result"
}

# The cause of the first check that failed.
cause() {
	awk -F '"' '
	$2 == "status"        { status = $4 }
	$2 == "key" && status == "fail" { print $4; exit }
	' "$result"
}

# What a header must say: a mistake its checks and its cause, a right way none.
incomplete() {
	case $file in
	*rightways/*)
		[ -z "$(header fails)$(header cause)$(header either)" ] ||
		    echo "; a right way with verdicts" ;;
	*)
		[ -n "$(header fails)" ] || echo "; no line fails:"
		case $(header fails) in
		none) [ -n "$(header advice)$(header either)" ] ||
			    echo "; no line advice:" ;;
		*) [ -n "$(header cause)" ] || echo "; no line cause:" ;;
		esac ;;
	esac
}

# Each required check but those that may go either way: as the header says?
compare() {
	either=" $(header either) "
	expected=$(header fails | tr ' ' '\n' | grep -v '^none$')
	[ "$expected" != no-daemon ] ||
	    expected=$(checks '' | grep -vx makes-no-other-file)
	for id in $(checks fail); do
		case "$either" in *" $id "*) continue ;; esac
		echo "$expected" | grep -qx -e "$id" || echo "; $id failed"
	done
	for id in $expected; do
		checks fail | grep -qx -e "$id" || echo "; $id did not fail"
	done
	for id in $(checks error); do echo "; $id: harness fault"; done
	# Where the machine gives all, nothing is passed over; but calls are
	# made to fail only in what works.
	skipped=$(checks skip)
	[ -z "$(checks fail)" ] ||
	    skipped=$(echo "$skipped" | grep -vx heeds-every-failure)
	if grep -q '"mode": "range"' "$result"; then
		for id in $skipped; do echo "; $id was skipped"; done
	fi
	for key in $(header cause); do
		[ "$(cause)" = "$key" ] ||
		    echo "; cause $(cause) instead of $key"
	done
	for id in $(header advice); do
		grep -A 1 "\"id\": \"$id\"" "$result" | grep -q '"advice"' ||
		    echo "; no advice from $id"
	done
}

libraries=
for library in $(header libraries); do
	libraries="$libraries -l$library"
done
# KEEP=1 keeps the program for the next time.
if [ -z "${KEEP:-}" ] || [ ! -x "$chain/$program" ]; then
	make -s "$chain/$program" STEPS="$folder" REFERENCE=solutions \
	    OPTIMISE="${way:--O2}" LDLIBS="$libraries" >"$folder/make" 2>&1
fi
"${LAB:-build/lab}" check "$step" --programs "$chain" --quiet \
    --seed "${SEED:-1}" --json "$result" --observation "$seen" \
    >"$folder/out" 2>&1
status=$?
[ -n "${KEEP:-}" ] ||
    rm -rf "$chain" "build/$(echo "$folder" | tr / _)$way" \
    "build/capstone$way/$(basename "$chain" "$way")"

if [ -f "$result" ]; then
	wrong=$(incomplete; compare)
else
	wrong="; no result, status $status: $(cat "$folder/out" "$folder/make")"
fi
sentence="$step, $name${way:+, $way}"
if [ -z "$wrong" ]; then
	echo "ok - $sentence"
	rm -rf "$folder"
else
	echo "not ok - $sentence"
	printf '%s\n' "$wrong" | sed 's/^; */# /'
fi
