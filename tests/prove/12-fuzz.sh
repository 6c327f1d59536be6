#!/bin/sh
# The parsers keep their promises on the seeds and on what is made of them;
# the same inputs each time.  `make fuzz` looks longer.
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# How many inputs, and what is promised of them; two lines at a time
cat >"$work/targets" <<'END'
strace 800 strace's lines mean the same however they are torn
json 3000 an observation survives JSON
proc 4000 texts of /proc are understood as they are written
ps 8000 rows of ps are what they say
syslog 15000 no byte of a message is lost
config 10000 a configuration names the process, or changes nothing
END

# fuzz TARGET INPUTS - the status comes last in the log
fuzz() {
	mkdir -p "$work/$1"
	timeout -k 5 120 "build/fuzz/$1" -runs="$2" -seed=1 -max_len=2048 \
	    -detect_leaks=1 -print_final_stats=1 \
	    -artifact_prefix="$work/$1-" "$work/$1" "tests/fuzz/seeds/$1" \
	    >"$work/$1.log" 2>&1 </dev/null
	echo "status $?" >>"$work/$1.log"
}

# judge TARGET INPUTS SENTENCE
judge() {
	log=$work/$1.log
	if tail -n 1 "$log" | grep -aqx 'status 0' &&
	    grep -aq "^stat::number_of_executed_units: *$2\$" "$log"; then
		ok "$3"
	else
		not_ok "$3"
		grep -a -e 'broken promise' -e 'ERROR:' -e 'runtime error' \
		    -e 'Test unit' -e '^status' "$log" | detail
	fi
}

if ! command -v clang >/dev/null; then
	skip "the parsers keep their promises" "install the package clang"
	exit
fi
expect_status 0 "the fuzzers are built" make -s -j "$cores" fuzzers
while read -r first inputs _ && read -r second others _; do
	fuzz "$first" "$inputs" &
	fuzz "$second" "$others"
	wait
done <"$work/targets"
while read -r target inputs sentence; do
	judge "$target" "$inputs" "$sentence"
done <"$work/targets"
