#!/bin/sh
# Under a supervisor, and under inetd: the other two ways to be started
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
idle=${1:-100} seconds=${2:-2}
limit=$((60 + seconds))
make_conf
conf=$work/bb.conf
mkfifo "$work/ready"

# run OPTION... - starts it with -n and waits until it is ready; $pid
run() {
	"$bbserve" -n -d 4 "$@" -c "$conf" -f "$work/bbfile" \
	    2>>"$work/said" 4>"$work/ready" </dev/null &
	pid=$!
	read -r _ <"$work/ready"
}

# --- supervised -------------------------------------------------------------
run
check 'it keeps its PID, and serves' [ -d "/proc/$pid" ]
converse 'USER a\nWRITE hello\nREAD 1\n' >"$work/replies"
check 'the service answers' grep -q '^211 1 .* a hello$' "$work/replies"
check 'it says so on standard error' grep -q '^bbserve: ready' "$work/said"
check 'no pid file, no log' [ ! -e "$work/bb.pid" ]
kill -INT $pid
wait $pid
check 'SIGINT ends it with 0' [ $? -eq 0 ]
JOURNAL_STREAM=1:2 run
kill $pid
wait $pid
check 'for the journal messages have priorities' grep -q '^<5>ready' \
    "$work/said"

# --- with many idle clients there is nothing to do --------------------------
run -v
"$tools/load" "$port" read 1 "$idle" 1 >"$work/load"
: >"$work/said"
"$tools/load" "$port" read 0 "$idle" "$seconds" >"$work/load" &
load=$!
await line "$work/said" "clients, and" "$idle"
timeout "$limit" strace -p $pid -o "$work/idle" 2>"$work/attached" &
tracer=$!
wait $load
converse 'QUIT\n' >"$work/replies" # by then it has seen that they left
kill $pid
wait $tracer
wait $pid
# At most it is still seen to settle the last that came; then it waits, and
# goes on when the first of them leaves.
sed '/^epoll_pwait(/,$!d' "$work/idle" |
    sed -n '1s/^epoll_pwait(.*/waits/p; 2s/^read([0-9]*, "", .*/leaves/p' |
    tr '\n' ' ' >"$work/calls"
sentence="$idle idle clients for $seconds s: no system call but the wait"
if grep -q '^waits leaves $' "$work/calls"; then
	ok "$sentence"
else
	not_ok "$sentence" "$work/calls"
	head -n 5 "$work/idle" | cut -c1-200 | sed 's/^/# /'
fi

# --- a connection -----------------------------------------------------------
rm -f "$work/bbfile"
single() {
	printf 'USER a\nWRITE one\nREAD 1\nQUIT\n' | "$@" "$bbserve" -i \
	    -c "$conf" -f "$work/bbfile" 2>"$work/said" | tr -d '\r' \
	    >"$work/replies"
}
single env TCPREMOTEIP=127.0.0.1
check 'a connection on standard input and output' \
    grep -q '^211 1 .* a one$' "$work/replies"
single env TCPREMOTEIP=192.0.2.1
check 'who may write is decided on TCPREMOTEIP' grep -q '^530 ' \
    "$work/replies"
single env
check 'without it nobody may' grep -q '^530 ' "$work/replies"
single env TCPREMOTEIP=::ffff:127.0.0.1
check 'an IPv4 address may be in IPv6 clothes' grep -q '^250 2$' \
    "$work/replies"
# As root the C library would ask nscd for the user.
chmod 1777 "$work"
chmod 666 "$work/bbfile"
drop=
[ "$(id -u)" -ne 0 ] || drop='setpriv --reuid 65534 --regid 65534 --clear-groups'
# shellcheck disable=SC2086 # words
single $drop env TCPREMOTEIP=127.0.0.1 strace -e trace=%network \
    -o "$work/trace.single"
grep -v -e "+++" "$work/trace.single" >"$work/calls"
check 'no socket call at all' \
    [ ! -s "$work/calls" -a "$(grep -c '^250 3$' "$work/replies")" -eq 1 ]
run
single env TCPREMOTEIP=127.0.0.1
check 'not beside a daemon' grep -q 'another bbserve has it' "$work/said"
kill $pid
wait $pid

# --- the disk fails ---------------------------------------------------------
rm -f "$work/bbfile"
run
converse 'USER a\nWRITE one\n' >"$work/replies"
timeout 20 strace -p $pid -e trace=fdatasync -o "$work/trace" \
    -e inject=fdatasync:error=EIO:when=1 2>"$work/attached" &
tracer=$!
await line "$work/attached" attached
converse 'USER a\nWRITE two\nWRITE three\nREAD 1\nLIST\n' >"$work/replies"
check 'after fdatasync has failed nothing is acknowledged any more' \
    [ "$(grep -c '^451 ' "$work/replies")" -eq 2 ]
check 'reading goes on' grep -q '^211 1 .* a one$' "$work/replies"
kill -INT $tracer
wait $tracer # it might keep the signal for itself
kill $pid
wait $pid
run
converse 'USER a\nLIST\nWRITE two\n' >"$work/replies"
check 'after a new start writing goes on' grep -q '^250 2$' "$work/replies"
kill $pid
wait $pid
exit $failed
