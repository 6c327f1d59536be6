#!/bin/sh
# The classic start: the launcher tells the truth, whatever happens
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
starts=${1:-20}

[ "$(id -u)" -eq 0 ] || { skip 'the classic start' 'root is needed'; exit 0; }
make_jail
configure

# --- it starts, serves, and stops -------------------------------------------
launch
check 'the launcher ends with 0' [ "$status" -eq 0 ]
check 'it says nothing' [ ! -s "$work/out" -a ! -s "$work/err" ]
read -r pid <"$work/bb.pid"
converse 'USER a\nWRITE hello\nREAD 1\n' >"$work/replies"
check 'the service answers' grep -q '^211 1 .* a hello$' "$work/replies"
check 'its root is the jail' [ "/proc/$pid/root/" -ef "$work/jail" ]
check 'its user is nobody' grep -q '^Uid:.65534.65534.65534.65534$' \
    "/proc/$pid/status"
# shellcheck disable=SC2016 # awk's
check 'it leads no session, and has no terminal' \
    awk '{ exit !($6 != $1 && $7 == 0) }' "/proc/$pid/stat"
find "/proc/$pid/fd" -lname 'pipe:*' -o -lname '/dev/pts/*' >"$work/kept"
check 'no pipe and no terminal is left open' [ ! -s "$work/kept" ]

# --- a second one -----------------------------------------------------------
before=$(cat "$work/bb.pid")
launch
refuses "already running, PID $pid\$" "a second start names the owner's PID"
check 'the first is left alone' [ "$before" = "$(cat "$work/bb.pid")" ]

# --- reload -----------------------------------------------------------------
mv "$work/jail/log/bb.log" "$work/jail/log/bb.log.1"
echo 'nonsense' >>"$conf"
kill -HUP "$pid"
converse 'USER a\nWRITE more\n' >"$work/replies"
check 'a wrong configuration is logged, with file and line' \
    grep -q "bb.conf:7: .*nonsense" "$work/jail/log/bb.log"
check 'the old one stays' grep -q '^250 2$' "$work/replies"
stop
check 'at the end the pid file is empty' [ ! -s "$work/bb.pid" ]
check 'the log was opened again' grep -q ': stopped$' "$work/jail/log/bb.log"

# --- why it can't -----------------------------------------------------------
launch
refuses "bb.conf:7: .*nonsense" 'a wrong configuration: file and line'
configure 'idle 0'
launch
refuses "bb.conf:7: .*idle 0" 'a value out of range: file and line'
configure
mv "$work/bbfile" "$work/kept"
cp /etc/passwd "$work/bbfile"
launch
refuses "bbfile: this is no board" 'a file that is no board is refused'
check 'it is left as it was' cmp /etc/passwd "$work/bbfile"
rm "$work/bbfile"
mkfifo "$work/bbfile"
launch
refuses "bbfile: this is no board" 'a pipe is no board'
rm "$work/bbfile"
mv "$work/kept" "$work/bbfile"
configure 'listen 192.0.2.1:2020'
launch
refuses 'listen 192.0.2.1:2020: Cannot assign' 'an address that is not ours'
configure "listen 127.0.0.1:$port"
launch
refuses "listen 127.0.0.1:$port: Address already in use" 'a port in use'
configure 'user no-such-user'
launch
refuses '12-setuid: No such file' 'a user that is not there'
configure "jail $work/nowhere"
launch
refuses '11-chroot: No such file' 'a jail that is not there'
configure "pid-file $work/nowhere/bb.pid"
launch
refuses '08-lock: No such file' 'a pid file that cannot be made'
configure "log $work/nowhere/bb.log"
launch
refuses '10-log: No such file' 'a log that cannot be made'
configure "output $work/nowhere/out"
launch
refuses 'nowhere/out: No such file' 'an output that cannot be made'

# --- whatever call fails ----------------------------------------------------
# The launcher's child and its children: each call of theirs that may fail.
configure
for call in fork pipe2 dup2 setsid chdir flock ftruncate chroot setresuid \
    setresgid setgroups socket bind listen epoll_create1 epoll_ctl; do
	traced=$call
	[ $call != fork ] || traced=clone
	status=0
	timeout 20 strace -D -f -o "$work/trace" -e trace="$traced" \
	    -e inject="$traced:error=EPERM:when=1+" "$bbserve" -c "$conf" \
	    -f "$work/bbfile" >"$work/out" 2>"$work/err" </dev/null ||
	    status=$?
	if [ "$status" -eq 1 ] && [ -s "$work/err" ]; then
		ok "when $call fails the launcher says so"
	else
		not_ok "when $call fails the launcher says so" "$work/err"
		echo "# status $status"
	fi
	if [ -s "$work/bb.pid" ]; then
		read -r pid <"$work/bb.pid"
		timeout 20 "$tools/await" end "$pid" ||
		    not_ok "when $call fails nothing is left"
	fi
done

# --- when the launcher has returned it answers ------------------------------
races=0 i=0
while [ $i -lt "$starts" ]; do
	launch
	converse 'READ 1\n' >"$work/replies"
	grep -q '^211 1 ' "$work/replies" && [ "$status" -eq 0 ] ||
	    races=$((races + 1))
	stop
	i=$((i + 1))
done
check "$starts starts, $races races" [ $races -eq 0 ]
exit $failed
