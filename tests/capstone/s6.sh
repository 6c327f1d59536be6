#!/bin/sh
# shellcheck disable=SC2317 # functions are given to others
# s6.sh [ROUNDS] - under s6: s6-svscan, s6-supervise, execline, s6-log
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'under s6' s6-svscan s6-supervise s6-log execlineb
service=/run/service/bbserve
log=/var/log/bbserve/current
put 755 s6-run $service/run
put 644 s6-notification-fd $service/notification-fd
put 755 s6-log-run $service/log/run
touch $service/down # s6-svc will start it, and wait until it is ready

status="s6-svstat -o up,ready,pid $service"
pid() { s6-svstat -o pid $service; }
svc() { s6-svc -T 20000 "$@"; }

s6-svscan /run/service 2>"$work/svscan" &
supervisor=$!
await that $service/supervise sh -c "s6-svstat $service >/dev/null 2>&1"
# Without `await`: when it is ready it answers.
check 's6: s6-svc -uwU returns when it is ready' s6-svc -T 20000 -u -wU $service
serves 's6: it serves then'
check 's6: s6-svstat tells' expr "$($status)" : 'true true [1-9]'
is_users "$(pid)" bbserve 's6: as its own user'
await line $log 'ready, with'
reloads 's6: s6-svc -h reads the configuration' s6-svc -h $service
check 's6: s6-svc -d stops it' s6-svc -T 20000 -d -wD $service
check 's6: s6-svstat tells that, too' [ "$($status)" = 'false false -1' ]
await_last stopped
svc -u -wU $service
check 's6: killed, it is ready again' s6-svc -T 20000 -k -wR $service
serves 's6: and serves again'

# --- the log process is killed ----------------------------------------------
kill_logger() { # OPTION: the signal
	s6-svwait -t 20000 -u $service/log
	old=$(s6-svstat -o pid $service/log)
	svc "$1" $service/log
	await end "$old"
}
svc -d -wD $service
sed -i 's/bbserve -n/& -v/' $service/run
svc -u -wU $service
await_last ready
kill_logger -k
knock_and kill_logger -t
svc -d -wD $service
await_last stopped
lines=$(count_knocks /var/log/bbserve/*)
check "s6: its log process killed, no line of $knocks is lost" \
    [ "$lines" -eq "$knocks" ]
s6-svscanctl -t /run/service
wait $supervisor
check 's6: s6-svscanctl -t ends all' [ $? -eq 0 ]
exit $failed
