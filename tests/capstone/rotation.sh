#!/bin/sh
# shellcheck disable=SC2317 # functions are given to others
# rotation.sh [ROUNDS] - logrotate(8), while many knock
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'logrotate' logrotate
conf=/etc/bb.conf log=/var/log/bbserve.log
rules=/etc/logrotate.d/bbserve
put 644 logrotate $rules
mkdir -p /var/lib/logrotate
# All are kept, to be counted.
sed -i "s/rotate 8/rotate $((2 * ROUNDS))/" $rules

rotate() {
	for _ in 1 2; do
		logrotate -f "$rules" >"$work/out" 2>"$work/err" ||
		    not_ok 'logrotate rotates' "$work/err"
		await line "$log" reloaded
	done
}

check 'logrotate: it has no complaint about the rules' logrotate -d $rules
grep -e ^error -e "^warning.*$rules" "$work/err" >"$work/complaints"
[ ! -s "$work/complaints" ] || not_ok 'logrotate: none' "$work/complaints"
options=-v pid_file=/run/bbserve.pid
launch
check 'logrotate: the daemon starts' [ "$status" -eq 0 -a ! -s "$work/err" ]
knock_and rotate
stop
for file in "$log"*; do
	zcat -f "$file"
done >"$work/all"
lines=$(count_knocks "$work/all")
check "logrotate: rotated $((2 * ROUNDS)) times, no line of $knocks is lost" \
    [ "$lines" -eq "$knocks" ]
check 'logrotate: what is old is compressed, but the last' [ "$(find /var/log \
    -name '*.gz' | wc -l)" -eq $((2 * ROUNDS - 1)) -a -f $log.1 ]
check 'logrotate: no line is torn' [ "$(grep -vc \
    '^20[-0-9]*T[:0-9]*[-+][0-9]* bbserve\[[0-9]*\]: ' "$work/all")" -eq 0 ]
check 'logrotate: where no daemon runs it is content' logrotate -f $rules
exit $failed
