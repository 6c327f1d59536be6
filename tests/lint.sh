#!/bin/sh
# lint.sh - formatting, static analysis, shell scripts; status 1 on a finding
cd "$(dirname "$0")/.." || exit 99
problems=0
log=build/test/lint
clean=build/test/clean		# for each C file found clean, when that was
mkdir -p $clean
: >$clean/now

# The C files, by path: no name here has a blank in it.
# What is wrong on purpose, or odd, is not held to it; nor what gcc alone can
# read.
sources=$(find steps solutions tests -name '*.c' ! -path 'tests/mistakes/*' \
    ! -path 'tests/rightways/*' ! -path 'tests/coverage/*' | sort)
headers=$(find steps solutions tests -name '*.h' | sort)
# What the book shows of others' scripts isn't ours.
scripts=$(find tests chapters slides .ci -name '*.sh' ! -path 'chapters/transcripts/*' -o \
    -path '.ci/run' | sort)

# verdict WHAT - the log says what is wrong, or is empty
verdict() {
	if [ -s $log ]; then
		echo "FAILED   $1"
		head -n "${LINT_LINES:-60}" $log | sed 's/^/         /'
		problems=$((problems + 1))
	else
		echo "ok       $1"
	fi
}

# has TOOL - says so where it is missing
has() {
	command -v "$1" >/dev/null && return
	echo "skipped  $1: install the package $1"
	return 1
}

# flags FILE - what the compiler needs to know of it
flags() {
	case $1 in
	tests/capstone/*) echo "-Itests -Isteps -Isteps/capstone" ;;
	tests/*) echo "-Itests -I/usr/include/libxml2" ;;
	*) echo "-Isteps -Isteps/capstone -DSTEP=12" ;;
	esac
}

# over COMMAND... - the command with flags on every C file, on all cores; one
# that was found clean stays so until it, a header or this script changes
over() {
	for file in $sources; do
		stamp=$clean/$1-$(echo "$file" | tr / -)
		# shellcheck disable=SC2086
		[ -f "$stamp" ] && [ -z "$(find "$file" $headers \
		    tests/lint.sh -newer "$stamp")" ] && continue
		echo "$* $file $after -std=c17 $(flags "$file") &&" \
		    "touch -r $clean/now $stamp"
	done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -I '{}' \
	    sh -c 'exec 2>&1; {}'
}

if [ -f .clang-format ] && has clang-format; then
	# shellcheck disable=SC2086
	clang-format --dry-run -Werror $sources $headers >$log 2>&1
	verdict "clang-format"
fi

# Without these checks of clang-tidy's:
# - easily-swappable-parameters: open(2), kill(2) and the like are so too;
# - reserved-identifier: _GNU_SOURCE is one;
# - suspicious-missing-comma: in a table a long sentence takes many lines;
# - DeprecatedOrUnsafeBufferHandling calls every memcpy(3) and snprintf(3)
#   insecure: it wants Annex K, which the C library doesn't have;
# - Padding: members stand as a table's rows read best, not by their size.
checks='-*,clang-analyzer-*,bugprone-*'
for check in bugprone-easily-swappable-parameters \
    bugprone-reserved-identifier bugprone-suspicious-missing-comma \
    clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling \
    clang-analyzer-optin.performance.Padding; do
	checks=$checks,-$check
done
if has clang-tidy; then
	after=--
	over clang-tidy --quiet '--warnings-as-errors="*"' \
	    "'--checks=$checks'" |
	    grep -e ': error: ' -e ': warning: ' | sort -u >$log
	verdict "clang-tidy"
fi

# It needs no system headers, and so doesn't know the macros in them, such as
# queue(7)'s; nor does it know _Noreturn, but the attribute of that meaning.
if has cppcheck; then
	# shellcheck disable=SC2086
	cppcheck --quiet --std=c11 --inline-suppr --error-exitcode=1 \
	    --enable=warning,performance,portability -j 2 -DSTEP=12 \
	    '-D_Noreturn=__attribute__((noreturn))' \
	    --suppress=missingIncludeSystem --suppress=unknownMacro \
	    --suppress=syntaxError:steps/capstone/server.c \
	    -Itests -Isteps -Isteps/capstone $sources >$log 2>&1 && : >$log
	verdict "cppcheck"
fi

# It loses sight of what an element of an array points to, and calls that a
# leak; clang-tidy looks for leaks too.
if has gcc; then
	after=
	over gcc -fanalyzer -Wno-analyzer-malloc-leak -Werror -O1 -c \
	    -o /dev/null >$log
	verdict "gcc -fanalyzer"
fi

if has shellcheck; then
	# shellcheck disable=SC2086
	shellcheck --external-sources $scripts >$log
	verdict "shellcheck"
fi

# A tab reaches the next multiple of eight.  expand(1) counts bytes: so what
# isn't ASCII, one column each, becomes one byte first.
for file in $sources $headers; do
	LC_ALL=C.UTF-8 sed 's/[^ -~\t]/?/g' "$file" | expand |
	    grep -nE '^.{81}' | sed "s|^|$file:|"
done >$log
verdict "no line of C over 80 columns"

# shellcheck disable=SC2086
grep -nE '\<(u|nano|clock_nano)?sleep *\(' $sources >$log
verdict "no sleep in C"
# The word itself, not where it is looked for or spoken of.
# shellcheck disable=SC2086
grep -nE '(^|[;&|(] *|\t)sleep [0-9$"]' $scripts >$log
verdict "no sleep in the scripts"

# shellcheck disable=SC2086
grep -nE '[[:blank:]]+$' $sources $headers $scripts Makefile >$log
verdict "no blank at the end of a line"

sh tests/book/lint.sh || problems=$((problems + 1))
sh tests/slides/lint.sh || problems=$((problems + 1))

[ $problems -eq 0 ]
