#!/bin/sh
# shellcheck disable=SC2317 # functions are given to others
# daemontools.sh [ROUNDS] - under daemontools: svscan, supervise, setuidgid,
# softlimit, multilog
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'under daemontools' svscan supervise setuidgid softlimit multilog
service=/run/service/bbserve
log=/run/service/bbserve/log/main/current
put 755 daemontools-run $service/run
put 755 daemontools-log-run $service/log/run
install -d -o log -g log $service/log/main

status="svstat $service"
pid() { svstat "${1-$service}" | sed 's/.*(pid \([0-9]*\)).*/\1/'; }

# svc_and OPTION WORDS - svc(8) doesn't wait until it is so
svc_and() {
	svc "$1" $service
	await_status $service/supervise "$2"
}

svscan /run/service 2>"$work/svscan" &
supervisor=$!
await line $log 'ready, with'
check 'daemontools: it starts, and svstat tells' expr "$($status)" : \
    "$service: up (pid [0-9]*) "
is_users "$(pid)" bbserve 'daemontools: as its own user'
serves 'daemontools: it serves'
reloads 'daemontools: svc -h reads the configuration' svc -h $service
svc_and -d ': down '
check 'daemontools: svc -d stops it' grep -q 'stopped$' $log
svc_and -u ': up '
await line $log 'ready, with' 2
kill -KILL "$(pid)"
await line $log 'ready, with' 3
serves 'daemontools: killed, it is there again'

# --- the log process is killed ----------------------------------------------
kill_logger() { # SIGNAL
	await that $service/log/supervise \
	    sh -c "svstat $service/log | grep -q ': up '"
	old=$(pid $service/log)
	kill -"$1" "$old"
	await end "$old"
}
svc_and -d ': down '
sed -i 's/bbserve -n/& -v/' $service/run
# It keeps ten files of 100 kB, unless it is told: all shall be counted.
sed -i "s/multilog t/& n$((10 * ROUNDS))/" $service/log/run
svc_and -u ': up '
await line $log 'ready, with' 4
# What multilog has in hand goes with it when it is killed so: it has nothing.
kill_logger KILL
knock_and kill_logger TERM
svc_and -d ': down '
await_last stopped
lines=$(count_knocks $service/log/main/[@c]*)
check "daemontools: its log process killed, no line of $knocks is lost" \
    [ "$lines" -eq "$knocks" ]
kill $supervisor
wait $supervisor 2>"$work/err"
old=$(pgrep -d ' ' supervise)
svc -dx $service $service/log
# shellcheck disable=SC2086 # several
await end $old
check 'daemontools: svc -dx ends all' expr "$($status)" : \
    '.*supervise not running'
exit $failed
