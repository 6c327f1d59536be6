#!/bin/sh
# busy.sh [IDLE BUSY SECONDS] - many idle clients, and some that are not
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
idle=${1:-1000} busy=${2:-50} seconds=${3:-5}
make_conf
mkfifo "$work/ready"
"$bbserve" -n -d 4 -c "$work/bb.conf" -f "$work/bbfile" 2>"$work/said" \
    4>"$work/ready" </dev/null &
pid=$!
read -r _ <"$work/ready"
memory() { awk '/VmRSS/ { print $2 }' "/proc/$pid/status"; }
limit=$((60 + seconds))
"$tools/load" "$port" post "$busy" "$idle" 1 >"$work/load"
before=$(memory)
check "$idle idle and $busy busy clients for $seconds s: no errors" \
    "$tools/load" "$port" post "$busy" "$idle" "$seconds"
read -r posts _ rate <"$work/out"
after=$(memory)
echo "# $rate posts a second; $before kB, then $after kB"
# Where each message is: 16 bytes, in steps of a factor of two.
check 'memory stays flat' [ "$after" -le $((before + 512 + posts * 32 / 1024)) ]
kill $pid
wait $pid
exit $failed
