#!/bin/sh
# The judges pass what is right: every solution, built in every way
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# judge ENDING - prints the proofs of one way
judge() {
	programs=build/solutions$1
	for name in $names capstone; do
		log=$work/$name$1
		status=0
		ASAN_OPTIONS=detect_leaks=0 timeout -k 5 120 build/lab check \
		    "$name" --programs "$programs" --json "$log.json" \
		    >"$log.out" 2>&1 || status=$?
		if [ $status -eq 0 ]; then
			ok "$programs/$name passes"
		else
			not_ok "$programs/$name passes" "$log.out"
			echo "status $status" | detail
		fi
	done
}

try make -s -j "$cores" build/lab build/locale
ways >"$work/ways"
while read -r ending settings; do
	case $settings in
	*clang*) command -v clang >/dev/null || continue ;;
	esac
	# shellcheck disable=SC2086
	try make -s -j "$cores" $settings STEPS=solutions programs
	echo "${ending%:}"
done <"$work/ways" >"$work/endings"

# Two at once, so that both cores have work.
while read -r one; do
	another=none
	read -r another || another=none
	judge "$one" >"$work/tap.one" &
	[ "$another" = none ] || judge "$another"
	wait
	cat "$work/tap.one"
done <"$work/endings"

expect_status 0 "make demo ends well" make -s demo
expect_words '^12 of 12 steps stand, and the capstone' \
    "make demo says 12 of 12, and the capstone"

# The tool's own memory: the logs are the only witness in its children.
try make -s -j "$cores" SANITIZE=1 build/lab-asan
for name in $names capstone; do
	expect_status 0 "the tool under its sanitizers judges $name" \
	    env ASAN_OPTIONS="detect_leaks=0:log_path=$PWD/$work/asan" \
	    UBSAN_OPTIONS="print_stacktrace=1:log_path=$PWD/$work/asan" \
	    build/lab-asan check "$name" --programs build/solutions
done
cat "$work"/asan* >"$work/complaints" 2>/dev/null
all_ok "$work/complaints" "no sanitizer has complained about the tool"
