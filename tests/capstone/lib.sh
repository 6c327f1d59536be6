# shellcheck shell=sh disable=SC2034 # what others use
# lib.sh - what the tests of bbserve share
#
# A test begins with
#     cd "$(dirname "$0")/../.."
#     . tests/capstone/lib.sh
# and then runs on a machine of its own (machine.sh), as its root; or on this
# one, as it is, where there can be no other. It has $work, an absolute folder
# of its own; $tools, where the programs are; $bbserve, the server itself; and
# $port, for it.
set -u
if [ -z "${MACHINE-}" ]; then
	sh tests/capstone/machine.sh sh "$0" "$@"
	status=$?
	[ $status -eq 77 ] || exit $status
	MACHINE=none
fi
LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
unset NOTIFY_SOCKET JOURNAL_STREAM LISTEN_FDS LISTEN_PID TCPREMOTEIP

tools=$PWD/build/capstone
bbserve=${BBSERVE:-$tools/solutions/bbserve}
work=$PWD/build/test/capstone-$(basename "$0" .sh)
rm -rf "$work"
mkdir -p "$work"
failed=0
limit=120 # seconds, for a check
port=${PORT:-20203}

ok() { echo "ok - $*"; }
not_ok() {
	echo "not ok - $1"
	failed=1
	shift
	for file in "$@"; do
		[ ! -s "$file" ] || tail -n 30 "$file" | cut -c1-200 |
		    sed 's/^/# /'
	done
}
skip() { echo "ok - $1 # SKIP $2"; }	# sentence, reason

# needs SENTENCE PROGRAM... - ends the test where one of them is missing, or
# the machine
needs() {
	[ "$MACHINE" != none ] || {
		skip "$1" "no machine: $(tail -n 1 build/machine.log)"
		exit 0
	}
	sentence=$1
	shift
	for program in "$@"; do
		command -v "$program" >/dev/null || {
			skip "$sentence" "no $program: tests/capstone/unpack.sh"
			exit 0
		}
	done
}

# await WHAT... - see await.c; it is a fault when it takes too long
await() {
	timeout "$limit" "$tools/await" "$@" || {
		not_ok "await $*" "${log-/dev/null}"
		exit 1
	}
}

# check SENTENCE COMMAND... - the command has status 0
check() {
	sentence=$1
	shift
	if timeout "$limit" "$@" >"$work/out" 2>"$work/err" </dev/null; then
		ok "$sentence"
	else
		not_ok "$sentence" "$work/out" "$work/err"
	fi
}

# converse TEXT - the replies of the server at $port, without CR
converse() { printf %b "$1" | timeout 20 "$tools/converse" "$port" | tr -d '\r'; }

# make_conf - bb.conf for a bbserve that is started with -n
make_conf() {
	{
		echo "listen 127.0.0.1:$port"
		echo 'write 127.'
		echo 'clients 2000'
		[ "$(id -u)" -ne 0 ] || echo 'user nobody'
	} >"$work/bb.conf"
}

# make_jail - for the user nobody
make_jail() {
	mkdir -p "$work/jail/etc" "$work/jail$work" "$work/jail/log"
	echo 'nobody:x:65534:65534::/:/bin/false' >"$work/jail/etc/passwd"
	echo 'nogroup:x:65534:' >"$work/jail/etc/group"
	chmod 1777 "$work/jail/log"
	ln -s / "$work/jail$work/jail"
}

# configure LINE... - a daemon in the jail, and these lines
configure() {
	printf '%s\n' "listen 127.0.0.1:$port" 'write 127.' \
	    'user nobody' "pid-file $work/bb.pid" "jail $work/jail" \
	    "log $work/jail/log/bb.log" "$@" >"$work/jail/etc/bb.conf"
	conf=$work/jail/etc/bb.conf
}

# launch - with $options; $status, and standard error in $work/err
options=
pid_file=$work/bb.pid
launch() {
	status=0
	timeout 20 "$bbserve" ${options:+"$options"} -c "$conf" \
	    -f "$work/bbfile" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# stop - the daemon, to its very end
stop() {
	read -r pid <"$pid_file"
	kill "$pid"
	await end "$pid"
}

# refuses WORDS SENTENCE - the last launch did, saying these words; no daemon
refuses() {
	if [ "$status" -eq 1 ] && grep -q -e "$1" "$work/err" &&
	    [ "$(wc -l <"$work/err")" -eq 1 ]; then
		ok "$2"
	else
		not_ok "$2" "$work/err"
		echo "# status $status; expected: $1"
	fi
}
