#!/bin/sh
# What syslog gets: rsyslogd from the daemon in its jail; logger from one that
# is supervised
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'syslog' rsyslogd logger getent
jail=/srv/bb
conf=$jail/etc/bb.conf pid_file=/run/bbserve.pid
log=/var/log/bbserve.syslog
put 644 rsyslog.conf /etc/rsyslog.d/bbserve.conf
cat >/etc/rsyslog.conf <<'END'
module(load="imuxsock")
template(name="all" type="string"
    string="%syslogfacility-text%.%syslogseverity-text% %syslogtag%%msg%\n")
include(file="/etc/rsyslog.d/bbserve.conf")
daemon.* action(type="omfile" file="/var/log/daemon.log" template="all")
END

# start_rsyslogd - it tells its manager when it is ready
start_rsyslogd() {
	"$tools/notified" @rsyslogd rsyslogd -n -i /run/rsyslogd.pid \
	    >"$work/rsyslogd" 2>"$work/said" &
	manager=$!
	await line "$work/rsyslogd" READY=1
}

stop_rsyslogd() {
	kill "$(cat /run/rsyslogd.pid)"
	wait $manager
}

# hears SENTENCE TEXT - daemon.log, but for blanks and PIDs
hears() {
	await line /var/log/daemon.log "${2##*: }"
	sed 's/\[[0-9]*\]//; s/  */ /g' /var/log/daemon.log >"$work/lines"
	check "$1" grep -qxF -e "$2" "$work/lines"
}

check 'make-jail.sh makes the jail' \
    sh $files/make-jail.sh $jail bbserve /etc/bb.conf
sed -i '/^log/d' $conf
printf 'jail %s\nlog %s\n' $jail $jail/log/bbserve.log >>$conf
mkdir -p "$jail$work" # `launch` names its board by the outer name
check 'rsyslogd has no complaint about the configuration' rsyslogd -N 1
start_rsyslogd
launch
check 'rsyslogd: the daemon starts' [ "$status" -eq 0 -a ! -s "$work/err" ]
read -r pid <$pid_file
check 'rsyslogd: it is in the jail' [ "/proc/$pid/root/" -ef $jail ]
hears 'rsyslogd: facility daemon, priority notice' \
    'daemon.notice bbserve: ready, with 0 messages'
serves 'rsyslogd: it serves'
check 'rsyslogd: with the PID of the daemon' \
    grep -q "bbserve\[$pid\]: ready" $log
cp $conf "$work/right"
echo nonsense >>$conf
kill -HUP "$pid"
await line $log reloaded
check 'rsyslogd: an error has another priority' grep -q \
    '^daemon\.err bbserve.*the old configuration stays' /var/log/daemon.log
cp "$work/right" $conf

# --- rsyslogd is started anew -----------------------------------------------
stop_rsyslogd
kill -HUP "$pid"
await line $jail/log/bbserve.log reloaded 2
check 'rsyslogd gone, the daemon serves on' \
    [ "$(converse 'QUIT\n' | tail -n 1)" = '221 goodbye' ]
start_rsyslogd
kill -HUP "$pid"
await line $log reloaded 2
ok 'rsyslogd started anew: it is heard out of the jail again'
stop
await line $log stopped
ok 'rsyslogd: it hears the end'

# --- logger -----------------------------------------------------------------
mkfifo "$work/pipe"
logger --prio-prefix -p daemon.info -t bb <"$work/pipe" &
logger=$!
JOURNAL_STREAM=1:2 "$bbserve" -n -c /etc/bb.conf -f "$work/bbfile" \
    2>"$work/pipe" &
pid=$!
hears 'logger: it hears the daemon, with its priority' \
    'daemon.notice bb: ready, with 1 messages'
kill $pid
wait $pid
wait $logger
check 'logger: it ends with the daemon' [ $? -eq 0 ]
stop_rsyslogd
exit $failed
