#!/bin/sh
# Starters and solutions compile without a word in every way of building
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# compiles STEPS ENDING SETTING...
compiles() {
	steps=$1 folder=build/$1$2
	sentence="$1 compile without a warning: ${3#CC=} ${4#OPTIMISE=}"
	[ "$5" = SANITIZE= ] || sentence="$sentence, sanitizers"
	shift 2
	rm -rf "$folder"
	try make -s -j "$cores" "$@" STEPS="$steps" programs
	find "$folder" -name '*.log' -size +0 >"$work/logs"
	for name in $names; do
		[ -x "$folder/$name" ] || echo "$folder/$name: missing"
		[ ! -e "$folder/$name.log" ] || cat "$folder/$name.log"
	done >>"$work/logs"
	if [ "$status" -eq 0 ] && ! [ -s "$work/logs" ] &&
	    ! [ -s "$work/out" ] && ! [ -s "$work/err" ]; then
		ok "$sentence"
	else
		not_ok "$sentence" "$work/out" "$work/err" "$work/logs"
	fi
}

ways >"$work/ways"
while read -r ending settings; do
	for steps in steps solutions; do
		case $settings in
		*clang*) command -v clang >/dev/null || {
			skip "$steps compile: $settings" \
			    "install the package clang"
			continue
		} ;;
		esac
		# shellcheck disable=SC2086 # three words
		compiles "$steps" "${ending%:}" $settings
	done
done <"$work/ways"
