#!/bin/sh
# transcripts.sh FOLDER [NAME]... - plays the scripts of chapters/transcripts
# (all, or these) and puts what they show into FOLDER, as NAME.txt; where the
# tool speaks, NAME.en.txt and NAME.fr.txt.  Ends with 1 where one can't be.
#
# At the top of a script may stand (chapters/README.md):
#     steps FILE...   these files in place of the solutions of that name
#     host            what is typed runs outside the box, in each language
set -u
cd "$(dirname "$0")/../.." || exit 99
out=$1
shift
[ $# -gt 0 ] || set -- $(cd chapters/transcripts && ls ./*.script |
    sed 's|^\./||; s|\.script$||')
work=build/transcripts
mkdir -p "$out" "$work"
failed=0

# programs SCRIPT - builds what the script starts, and prints its folder
programs() {
	files=$(sed -n 's/^steps //p' "$1")
	folder=build/solutions
	steps=solutions
	if [ -n "$files" ]; then
		steps=$work/$(basename "$1" .script)
		rm -rf "$steps"
		mkdir -p "$steps"
		cp solutions/*.c "$steps"
		for file in $files; do
			case $file in
			tests/*) cp "$file" "$steps/$(basename \
			    "$(dirname "$file")").c" ;;
			*) cp "$file" "$steps" ;;
			esac
		done
		folder=build/$(echo "$steps" | tr / _)
	fi
	goals=$(grep -o -w -E '(0[1-9]|1[0-2])-[a-z]+' "$1" | sort -u |
	    sed "s|^|$folder/|")
	# shellcheck disable=SC2086 # names without a blank
	make -s STEPS="$steps" build/lab build/locale $goals >&2 || return 1
	echo "$folder"
}

# on_host SCRIPT LANG - as a student would type it at the project's top
on_host() {
	settings="STEPS=$(programs "$1" | sed "s|^build/solutions\$|solutions|; \
	    s|^build/build_transcripts_|$work/|")"
	grep '^\$ ' "$1" | sed 's/^\$ //' | while read -r command; do
		echo "$ $command"
		LAB_LANG=$2 MAKEFLAGS="$settings" sh -c "$command" 2>&1 |
		    sed '/^make: \*\*\*/d'
	done
}

for name in "$@"; do
	script=chapters/transcripts/$name.script
	if grep -q '^host$' "$script"; then
		for lang in en fr; do
			on_host "$script" $lang >"$out/$name.$lang.txt"
		done
	elif folder=$(programs "$script"); then
		sed '/^steps /d' "$script" >"$work/$name.script"
		for file in $(sed -n 's/^file //p' "$script"); do
			cp "chapters/transcripts/$file" "$work"
		done
		timeout 60 build/lab transcript "$work/$name.script" \
		    --programs "$folder" --seed 1 >"$out/$name.txt" || {
			echo "$name: no transcript" >&2
			failed=1
		}
	else
		failed=1
	fi
done
exit $failed
