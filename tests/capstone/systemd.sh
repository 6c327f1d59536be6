#!/bin/sh
# Under systemd, as far as that goes without it: its unit, run as it would be;
# its socket, by systemd-socket-activate; and a reader of NOTIFY_SOCKET
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'under systemd' systemd-socket-activate systemd-analyze setpriv strace
unit=/run/systemd/system/bbserve
log=$work/said heard=$work/heard
put 644 bbserve.service $unit.service
put 644 bbserve.socket $unit.socket

# --- the units --------------------------------------------------------------
check 'systemd: it has no complaint about the units' \
    systemd-analyze verify --man=no $unit.service $unit.socket
[ ! -s "$work/err" ] || not_ok 'systemd: nor a warning' "$work/err"
check 'systemd: it calls the service well confined' systemd-analyze security \
    --offline=true --no-pager --threshold=20 $unit.service

# setting NAME - its values in a unit
setting() { sed -n "s/^$1=//p" $unit.*; }

# expand - names of system calls, for those of calls and sets
expand() {
	while read -r name; do
		case $name in
		@*) systemd-analyze syscall-filter "$name" |
		    sed -n 's/^    \([@a-z]\)/\1/p' | expand ;;
		*) echo "$name" ;;
		esac
	done
}

# start - what the unit starts, as the user whom it names, being heard
words=$(setting ExecStart)
user=$(setting User)
start() {
	: >"$heard"
	: >"$log"
	# systemd makes standard error a socket of the journal's, and says so.
	# shellcheck disable=SC2086 # words
	JOURNAL_STREAM=1:2 "$tools/notified" "$1" setpriv --reuid "$user" \
	    --regid "$user" --clear-groups $2 $words >"$heard" 2>"$log" &
	manager=$!
}

# is_heard COUNT PATTERN SENTENCE - from the process itself, and nobody else
is_heard() {
	await line "$heard" "${2%% *}" "$1"
	check "$3" [ "$(grep -c "^$pid $2" "$heard")" -eq "$1" ]
}

# ends SENTENCE
ends() {
	kill "$pid"
	wait $manager
	check "$1" [ $? -eq 0 ]
}

# --- notified ---------------------------------------------------------------
trace=/run/trace # $user's, who needn't reach the other files
install -o "$user" /dev/null $trace
start /run/notify "strace -f -D -o $trace"
await line "$heard" READY=1
serves 'systemd: when it has heard READY=1 the service answers'
read -r pid _ <"$heard"
is_users "$pid" "$user" 'systemd: as the user of the unit'
check 'systemd: its messages have priorities' grep -q '^<5>ready' "$log"
reload=$(setting ExecReload | sed "s/\$MAINPID/$pid/")
# shellcheck disable=SC2086 # words
reloads 'systemd: ExecReload reads the configuration' $reload
is_heard 1 'RELOADING=1 MONOTONIC_USEC=[1-9]' 'systemd: it hears RELOADING=1'
is_heard 2 READY=1 'systemd: and READY=1 again'
ends 'systemd: SIGTERM ends it well'
is_heard 1 STOPPING=1 'systemd: it hears STOPPING=1'
check 'systemd: in this order' [ "$(sed 's/^[0-9]* \([A-Z]*\)=1.*/\1/' \
    "$heard" | tr '\n' ' ')" = 'READY RELOADING READY STOPPING ' ]

# The setting is a list of what is allowed, and then, after ~, of what isn't.
setting SystemCallFilter | sed '/^~/d' | tr ' ' '\n' | expand |
    sort -u >"$work/some"
setting SystemCallFilter | sed -n 's/^~//p' | tr ' ' '\n' | expand |
    sort -u >"$work/none"
comm -23 "$work/some" "$work/none" >"$work/allowed"
sed -n 's/^[0-9]* *\([a-z_0-9]*\)(.*/\1/p' $trace | sort -u >"$work/made"
comm -23 "$work/made" "$work/allowed" >"$work/forbidden"
check 'systemd: the unit allows each system call that it makes' \
    [ -s "$work/made" -a ! -s "$work/forbidden" ]
sed 's/^/# /' "$work/forbidden"

# --- started by the first client --------------------------------------------
# Where the machine has no IPv6 bb.conf doesn't have it either.
sed -n 's/^listen //p' /etc/bb.conf >/run/addresses
sockets=$(wc -l </run/addresses)
listen=$(setting ListenStream | grep -F -f /run/addresses | sed 's/^/-l /' |
    tr '\n' ' ')
start @bbserve "systemd-socket-activate -E NOTIFY_SOCKET $listen"
await line "$log" Listening "$sockets"
check 'systemd: before a client comes it is not started' [ ! -s "$heard" ]
serves 'systemd: the first client starts it, and is served'
await line "$heard" READY=1
read -r pid _ <"$heard"
check 'systemd: the sockets were passed' \
    [ "$(find "/proc/$pid/fd" -name '[34]' -lname 'socket:*' | wc -l)" -eq \
    "$sockets" ]
reloads 'systemd: it reads the configuration' kill -HUP "$pid"
ends 'systemd: and ends well'
exit $failed
