#!/bin/sh
# record.sh - makes the seeds of strace, ps and proc anew, from real runs of
# the solutions; as root
#
# The seeds of json are observations, `build/lab check NN --observation FILE`,
# with a few elements left of each array; those of syslog are the messages'
# lines in them; those of config, and what is called odd, large, nul, base16,
# names or several-locks, were written by hand.
#
# Each program runs in PID and mount namespaces of its own, which end with
# the shell that is process 1 there.
set -eu
cd "$(dirname "$0")/../.."
make -s STEPS=solutions programs
seeds=$PWD/tests/fuzz/seeds
mkdir -p "$seeds/strace" "$seeds/ps" "$seeds/proc"

# run NN-NAME SCRIPT [TRACER...] - what process 1 does once the daemon is
# ready: it opens the other end of the fifo then
# shellcheck disable=SC2016 # the inner shell's variables, here and below
run() {
	step=$1 script=$2
	shift 2
	"$@" unshare --pid --fork --mount --mount-proc sh -eu -c '
		seeds=$1 step=$2
		mount -t tmpfs tmpfs /run
		mkdir -p /run/jail/etc /run/jail/run
		echo "nobody:x:65534:65534::/:/bin/false" >/run/jail/etc/passwd
		echo "nogroup:x:65534:" >/run/jail/etc/group
		echo "name = recorded" >/run/daemon.conf
		mkfifo /run/ready
		ln /run/ready /run/jail/run/ready
		"build/solutions/$step" --directory /run --jail /run/jail \
		    --pid-file /run/daemon.pid --config /run/daemon.conf \
		    --log-file /run/daemon.log --read /run/ready
		: >/run/ready
		'"$script" sh "$seeds" "$step"
}

# traced NN-NAME SCRIPT - as the tool calls strace, of fewer calls
traced() {
	run "$1" "$2" strace -f --seccomp-bpf -q -s 64 --decode-pids=pidns \
	    -o "|sed -n '/SIG_DFL/d; /build.solutions/,\$p' \
	    >'$seeds/strace/$1'" \
	    -e trace="$calls" -e inject=dup2:error=EINTR:when=7
}

calls=process,setsid,chdir,umask,dup2,close_range,chroot,kill,flock
calls=$calls,setgid,setgroups,setresuid,setresgid,rt_sigsuspend,rt_sigaction
# shellcheck disable=SC2016
begin='daemon=$(cat /run/daemon.pid)' end='tail --pid="$daemon" -f /dev/null'
traced 03-refork :
traced 04-close 'kill -SEGV -1'
traced 09-signals "$begin; kill -HUP -1; kill -TERM -1; $end"
traced 12-setuid "$begin; kill -TERM -1; $end"
strace -f -q -o "$seeds/strace/shell" -e trace="$calls" sh -c 'exit 3 & wait'

ps='ps -e -ww -o pid,ppid,pgid,sid,euid,egid,tty,stat,comm'
run 03-refork "sh -c 'true & exec $ps' >\"\$seeds/ps/03-refork\""
run 12-setuid "$ps >\"\$seeds/ps/12-setuid\""

# shellcheck disable=SC2016
run 08-lock "$begin"'
	cat /proc/$daemon/fdinfo/* >"$seeds/proc/fdinfo"
	cat /proc/locks >"$seeds/proc/locks"
	cat /proc/1/stat >"$seeds/proc/1-stat"
	cat /proc/1/task/1/children >"$seeds/proc/1-children"
	cat /proc/$daemon/stat >"$seeds/proc/stat"
	cat /proc/$daemon/status >"$seeds/proc/status"'
