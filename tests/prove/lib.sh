# shellcheck shell=sh disable=SC2034 # what others use
# lib.sh - what the proofs share: sentences, statuses, and what is left behind
#
# A proof begins with
#     cd "$(dirname "$0")/../.."
#     . tests/prove/lib.sh
# and then has $work, an empty folder of its own below build/test; whatever
# it runs through `try` leaves $status, $work/out and $work/err.
set -u
LAB_LANG=${LAB_LANG:-en} LC_ALL=C.UTF-8
PATH=$PATH:/usr/sbin:/sbin
export LAB_LANG LC_ALL PATH

work=build/test/$(basename "$0" .sh)
rm -rf "$work"
mkdir -p "$work"

names='01-fork 02-setsid 03-refork 04-close 05-devnull 06-chdir 07-umask
08-lock 09-signals 10-log 11-chroot 12-setuid'
cores=$(getconf _NPROCESSORS_ONLN)
status=0

ok() { echo "ok - $*"; }
skip() { echo "ok - $1 # SKIP $2"; }	# sentence, reason
detail() { sed 's/^/# /'; }	# what it reads, below a failure

# not_ok SENTENCE [FILE]... - the files are shown, but not without end
not_ok() {
	echo "not ok - $1"
	shift
	for file in "$@"; do
		[ -s "$file" ] && tail -n 30 "$file" | cut -c1-200 | detail
	done
	return 0
}

# try COMMAND... - every command has a deadline: a hang is a failure, 124
try() {
	status=0
	timeout -k 5 120 "$@" >"$work/out" 2>"$work/err" </dev/null ||
	    status=$?
}

# expect_status STATUS SENTENCE COMMAND...
expect_status() {
	expected=$1 sentence=$2
	shift 2
	try "$@"
	if [ "$status" -eq "$expected" ]; then
		ok "$sentence"
	else
		not_ok "$sentence" "$work/out" "$work/err"
		echo "$*: status $status, expected $expected" | detail
	fi
}

# expect_words PATTERN SENTENCE [FILE]... - in what `try` has just printed
expect_words() {
	pattern=$1 sentence=$2
	shift 2
	[ $# -gt 0 ] || set -- "$work/out" "$work/err"
	if grep -q -e "$pattern" "$@"; then
		ok "$sentence"
	else
		not_ok "$sentence" "$@"
		echo "expected: $pattern" | detail
	fi
}

# json FILE KEY - the values of a key, one a line; results have one key a line
json() {
	sed -n "s/^ *\"$2\": \"\{0,1\}\(.*\)\$/\1/p" "$1" |
	    sed 's/,$//; s/"$//'
}

# expect_json FILE KEY VALUE SENTENCE - one of the key's values is that
expect_json() {
	if [ -f "$1" ] && json "$1" "$2" | grep -qxF -e "$3"; then
		ok "$4"
	else
		not_ok "$4"
		echo "$1: expected \"$2\": $3" | detail
		[ ! -f "$1" ] || head -n 12 "$1" | detail
	fi
}

# all_ok FILE SENTENCE - an empty file of complaints is a success
all_ok() {
	if [ -s "$1" ]; then not_ok "$2" "$1"; else ok "$2"; fi
}

# --- the ways of building --------------------------------------------------

# One a line: the folder's ending, then the settings for make.
ways() {
	for cc in gcc clang; do
		for level in -O2 -O0; do
			for asan in '' 1; do
				ending=
				[ $cc = gcc ] || ending=-$cc
				[ $level = -O2 ] || ending=$ending$level
				[ -z "$asan" ] || ending=$ending-asan
				echo "$ending: CC=$cc OPTIMISE=$level" \
				    "SANITIZE=$asan"
			done
		done
	done
}

# --- what is left behind ---------------------------------------------------

ours='build/lab|lab(-asan)? box |(^|[ /])(0[1-9]|1[0-2])-(fork|setsid|refork|'
ours=$ours'close|devnull|chdir|umask|lock|signals|log|chroot|setuid)( |$)'

list_processes() { pgrep -f "$ours" | grep -vx "$$" | sort; }
list_mounts() { sort /proc/self/mounts; }
list_folders() { find build -type d -name 'plain-??????' -prune | sort; }
list_halves() { find build -name '*.json.*' | sort; }
# One with a process in it is somebody's at work.
list_groups() {
	find /sys/fs/cgroup -maxdepth 4 -name 'daemon-lab-*' 2>/dev/null |
	    while read -r group; do
		[ -s "$group/cgroup.procs" ] &&
		    grep -q . "$group/cgroup.procs" || echo "$group"
	done | sort
}
# Others use /tmp as well: only what speaks of the lab can be ours.
list_tmp() {
	find /tmp -maxdepth 1 \( -name '*lab*' -o -name 'plain-*' \
	    -o -name '*daemon*' -o -name '[01][0-9]-*' -o -name 'core*' \
	    \) ! -name 'lab-proof.*' 2>/dev/null | sort
}
kinds='processes mounts folders halves groups tmp'

# What is there now
remember() {
	for kind in $kinds; do
		"list_$kind" >"$work/before.$kind"
	done
}

# What has come since `remember`, of that kind
newcomers() { "list_$1" | comm -13 "$work/before.$1" -; }

# await_end - boxes end by themselves within moments of the tool's death; one
# that doesn't goes into $work/left
await_end() {
	: >"$work/left"
	newcomers processes >"$work/after.processes"
	while read -r pid; do
		timeout 30 tail -s 0.05 --pid="$pid" -f /dev/null ||
		    ps -o 'pid=,stat=,args=' -p "$pid" | cut -c1-70 |
		    sed 's/^/processes: /' >>"$work/left"
	done <"$work/after.processes"
}

# expect_nothing_left SENTENCE - what comes only while we wait is another's
expect_nothing_left() {
	newcomers groups >"$work/after.groups"
	await_end
	newcomers groups | comm -12 - "$work/after.groups" |
	    sed 's/^/groups: /' >>"$work/left"
	for kind in mounts folders halves tmp; do
		newcomers "$kind" | sed "s/^/$kind: /" >>"$work/left"
	done
	all_ok "$work/left" "$1"
}
