#!/bin/sh
# shellcheck disable=SC2317 # functions are given to others
# runit.sh [ROUNDS] - under runit: runsv, sv, chpst, svlogd
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'under runit' runsv sv chpst svlogd
service=/etc/sv/bbserve
log=/var/log/bbserve/current
put 755 runit-run $service/run
put 755 runit-log-run $service/log/run

status="sv status $service"
pid() { $status | sed 's/.*(pid \([0-9]*\)).*; run: log.*/\1/'; }

runsv $service &
supervisor=$!
await line $log 'ready, with'
check 'runit: it starts, and sv tells' expr "$($status)" : \
    "run: $service: (pid [0-9]*) .*; run: log: (pid [0-9]*) "
is_users "$(pid)" bbserve 'runit: as its own user'
serves 'runit: it serves'
reloads 'runit: sv reload reads the configuration' sv reload $service
sv -w 20 down $service >"$work/out"
check 'runit: sv down stops it' expr "$($status)" : "down: $service: "
check 'runit: it has ended well' grep -q 'stopped$' $log
sv up $service
await line $log 'ready, with' 2
kill -KILL "$(pid)"
await line $log 'ready, with' 3
serves 'runit: killed, it is there again'

# --- the log process is killed ----------------------------------------------
kill_logger() { # SIGNAL
	await_status $service/log/supervise/status 'run: log'
	old=$($status | sed 's/.*log: (pid \([0-9]*\)).*/\1/')
	kill -"$1" "$old"
	await end "$old"
}
sv -w 20 down $service >"$work/out"
sed -i 's/bbserve -n/& -v/' $service/run
sv up $service
await line $log 'ready, with' 4
# What svlogd has in hand goes with it when it is killed so: it has nothing.
kill_logger KILL
"$tools/knock" $port 1000
await line $log ' clients, and' 1000
ok 'runit: its log process killed, no line of 1000 is lost'
# On SIGTERM it forgets the line that it has just read, if that was the last.
knock_and kill_logger TERM
sv -w 20 down $service >"$work/out"
await_last stopped
lost=$((1000 + knocks - $(count_knocks /var/log/bbserve/*)))
check "runit: ended $ROUNDS times while many knock, svlogd forgets a line each\
 time at most" [ $lost -ge 0 -a $lost -le "$ROUNDS" ]
echo "# $lost lines of $knocks"
sv -w 20 shutdown $service >"$work/out"
wait $supervisor
check 'runit: sv shutdown ends all' [ $? -eq 0 ]
exit $failed
