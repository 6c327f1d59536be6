#!/bin/sh
# fuzz.sh SECONDS [TARGET]... - runs the fuzzers, two at a time
#
# What each has learned stays in build/fuzz/corpus and is gone on from there;
# the input that broke it goes to build/fuzz/found.  Status 1 on a finding.
set -u
cd "$(dirname "$0")/../.." || exit 99
# The logs hold any bytes; what was freed long ago need not be kept.
LC_ALL=C ASAN_OPTIONS=quarantine_size_mb=16
export LC_ALL ASAN_OPTIONS

# fuzz SECONDS TARGET - one of them; says in a line what came of it
fuzz() {
	log=build/fuzz/$2.log
	mkdir -p "build/fuzz/corpus/$2" build/fuzz/found
	nice -n 19 "build/fuzz/$2" -max_total_time="$1" -max_len=8192 \
	    -timeout=20 -rss_limit_mb=1024 -detect_leaks=1 \
	    -print_final_stats=1 -artifact_prefix="build/fuzz/found/$2-" \
	    "build/fuzz/corpus/$2" "tests/fuzz/seeds/$2" >"$log" 2>&1
	status=$?
	runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
	edges=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$log" | tail -n 1)
	if [ $status -eq 0 ]; then
		echo "$2: $runs inputs, $edges edges reached, nothing found"
		return
	fi
	grep -a -m 1 -e 'broken promise' -e ERROR: -e 'runtime error' "$log"
	found=$(sed -n 's/.*Test unit written to //p' "$log")
	echo "$2: ended with status $status, see $log${found:+ and $found}"
	return 1
}

if [ "${FUZZ_ONE-}" ]; then
	fuzz "$@"
	exit
fi
seconds=$1
shift
[ $# -gt 0 ] || set -- strace ps proc json syslog config
printf '%s\n' "$@" |
    FUZZ_ONE=1 xargs -P 2 -I '{}' sh "$0" "$seconds" '{}' || exit 1
