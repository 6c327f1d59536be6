#!/bin/sh
# Bad input gets the right status, a clear sentence, and leaves nothing
# shellcheck disable=SC2086 # $check and $alone are several words
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" STEPS=solutions programs
check='build/lab check 05 --programs build/solutions'
remember

# refuses STATUS PATTERN SENTENCE COMMAND... - and nothing else is said first
refuses() {
	wanted=$1 words=$2 what=$3
	shift 3
	expect_status "$wanted" "$what: status $wanted" "$@"
	expect_words "$words" "$what: it says so"
}

refuses 2 'there is no step "13"' "an unknown step" build/lab check 13
refuses 2 'name one step' "no step" build/lab check
refuses 2 'name one step' "two steps" build/lab check 01 02
refuses 2 'there is no command "chek"' "an unknown command" \
    build/lab chek 05
refuses 2 'usage: ' "no command" build/lab
refuses 2 'unrecognized option\|usage: ' "an unknown option" \
    build/lab check 05 --frobnicate
refuses 2 'requires an argument\|usage: ' "an option's missing argument" \
    build/lab check 05 --json
refuses 2 'not a number: 4x' "a seed that is no number" \
    build/lab check 05 --seed 4x
refuses 2 "can't be run" "a folder without programs" \
    build/lab check 05 --programs "$work/nowhere"
refuses 2 'no step program' "a shell without programs" \
    build/lab shell --programs "$work/nowhere"
refuses 0 'LAB_LANG can be' "a language that isn't spoken" \
    env LAB_LANG=tlh LC_ALL=C.UTF-8 $check

# --- the machine's faults --------------------------------------------------

mkdir -p "$work/path"
for folder in /usr/bin /bin; do
	for file in "$folder"/*; do
		case ${file##*/} in
		strace) ;;
		*) [ -e "$work/path/${file##*/}" ] ||
			ln -s "$file" "$work/path" ;;
		esac
	done
done
refuses 77 'strace is not installed' "no strace" \
    env PATH="$PWD/$work/path" $check
rm -rf "$work/path"

if [ "$(id -u)" -eq 0 ]; then
	alone='unshare -m --propagation private' mode=
else
	alone='unshare -Urm' mode=single
fi
if $alone true 2>/dev/null; then
	refuses 77 '/proc is not mounted' "no /proc" \
	    $alone sh -c "mount -t tmpfs none /proc && exec $check"
	mkdir -p "$work/full"
	refuses 99 "can't be written: No space left" "a full disk" \
	    $alone env LAB_BOX=$mode sh -c "
	    mount -t tmpfs -o size=4k none $work/full || exit 3
	    head -c 4096 /dev/zero >$work/full/filler
	    $check --json $work/full/x; status=\$?
	    ls -A $work/full; exit \$status"
	grep '^x' "$work/out" >"$work/halves"
	all_ok "$work/halves" "a full disk: no half of a result stays"
else
	skip "no /proc, a full disk" "no namespaces here"
fi
: >"$work/file"
refuses 99 "can't be written: Not a directory" "a result below a file" \
    $check --json "$work/file/x.json"
refuses 99 "can't be written: No such file" "a result in no folder" \
    $check --json "$work/nowhere/x.json"
refuses 99 "can't be written" "a results folder that is a file" \
    $check --results "$work/file"
refuses 99 "can't be written" "an observation that can't be written" \
    $check --observation "$work/nowhere/x.json"
if [ "$(id -u)" -ne 0 ]; then
	mkdir -p "$work/closed"
	chmod 555 "$work/closed"
	refuses 99 "can't be written: Permission" "a closed results folder" \
	    $check --results "$work/closed"
fi

# --- the student's ---------------------------------------------------------

mkdir -p "$work/empty"
empty=$work/empty
try make -s 05 STEPS="$empty" REFERENCE=solutions
if [ "$status" -ne 0 ]; then
	ok "a missing step file: make fails"
else
	not_ok "a missing step file: make fails" "$work/out"
fi
expect_words "05-devnull.c: this file is missing" \
    "a missing step file: it says so"

# bad NAME [STEP FUNCTION] <<BODY - that step, or 05, with that body
bad() {
	step=${2-05-devnull} function=${3-redirect_stdio}
	mkdir -p "$work/$1"
	echo "$step" >"$work/$1/step"
	{
		printf '#define _GNU_SOURCE\n#include <signal.h>\n'
		printf '#include <stdio.h>\n#include <string.h>\n'
		printf '#include <sys/wait.h>\n#include <unistd.h>\n'
		printf '#include "daemon.h"\n'
		printf 'int\n%s(void)\n{\n' "$function"
		cat
		printf '}\n'
	} >"$work/$1/$step.c"
	make -s STEPS="$work/$1" REFERENCE=solutions \
	    "$(chain "$1")/$step" >"$work/$1/made" 2>&1
}
chain() { echo "build/$(echo "$work/$1" | tr / _)+solutions"; }

# Some need their whole deadline: all are judged at the same time.
judge() {
	status=0
	timeout -k 5 90 build/lab check "$(cat "$work/$1/step")" \
	    --programs "$(chain "$1")" \
	    --json "$work/$1/result.json" >"$work/$1/out" 2>&1 </dev/null ||
	    status=$?
	echo $status >"$work/$1/status"
}

bad does-not-compile <<'X'
	return undeclared;
X
bad loops-for-ever <<'X'
	for (;;)
		;
X
bad sleeps-for-ever <<'X'
	for (;;)
		pause();
X
bad forks-without-end <<'X'
	for (;;)
		if (fork() == -1)
			pause();
X
bad starts-without-end <<'X'
	for (;;)
		fork();
X
bad prints-without-end <<'X'
	for (;;)
		if (write(1, "on and on\n", 10) == -1)
			getppid();
X
bad fills-the-terminal 01-fork leave_parent <<'X'
	for (;;)
		if (write(1, "on and on\n", 10) == -1)
			getppid();
X
bad ends-at-once <<'X'
	_exit(0);
X
bad crashes <<'X'
	raise(SIGSEGV);
	return 0;
X
bad hears-nothing <<'X'
	sigset_t all;

	for (int i = 1; i < 65; i++)
		signal(i, SIG_IGN);
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (;;)
		pause();
X
bad stops-itself <<'X'
	raise(SIGSTOP);
	return 0;
X
bad keeps-children <<'X'
	for (int i = 0; i < 20; i++)
		if (fork() == 0)
			for (;;)
				pause();
	return 0;
X

cases='does-not-compile loops-for-ever sleeps-for-ever forks-without-end
starts-without-end prints-without-end fills-the-terminal ends-at-once
crashes hears-nothing stops-itself keeps-children'
for one in $cases; do
	judge "$one" &
done
wait
for one in $cases; do
	status=$(cat "$work/$one/status")
	if [ "$status" -eq 1 ]; then
		ok "a step that $one: status 1"
	else
		not_ok "a step that $one: status 1" "$work/$one/out" \
		    "$work/$one/made"
		echo "status $status" | detail
	fi
	expect_json "$work/$one/result.json" status fail \
	    "a step that $one: its result says fail"
done
says() {
	expect_words "$2" "a step that $1: it says what happened" \
	    "$work/$1/out"
}
says does-not-compile "undeclared"
says loops-for-ever "neither serves nor ends"
says sleeps-for-ever "neither serves nor ends"
says fills-the-terminal "neither serves nor ends"
says ends-at-once "ended with status 0"
says crashes "killed by SIGSEGV"
says hears-nothing "neither serves nor ends"
says stops-itself "neither serves nor ends"

expect_nothing_left "nothing is left of all that"
for one in $cases empty; do
	folder=$(chain "$one")
	rm -rf "$folder" "${folder%+solutions}"
done
