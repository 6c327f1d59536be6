#!/bin/sh
# transcripts.sh FOLDER [NAME]... - plays the scripts of chapters/transcripts
# (all, or these; or those at a path) and puts what they show into
# FOLDER/transcripts, as NAME.txt; where the tool speaks, NAME.en.txt and
# NAME.fr.txt.  Where all are played the pictures are drawn as well,
# FOLDER/figures/05-devnull.en.svg and the others.
# Ends with 1 where one of them can't be had.
#
# At the top of a script may stand (chapters/README.md):
#     steps FILE...   these files in place of the solutions of that name
#     host            what is typed runs outside the box, in each language
set -u
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/../.." || exit 99
out=$1/transcripts figures=$1/figures
shift
work=build/transcripts
failed=0
names='01-fork 02-setsid 03-refork 04-close 05-devnull 06-chdir 07-umask
08-lock 09-signals 10-log 11-chroot 12-setuid'
mkdir -p "$out" "$figures" "$work"

# programs SCRIPT - builds what the script starts, and prints its folder
programs() {
	files=$(sed -n 's/^steps //p' "$1")
	folder=build/solutions
	steps=solutions
	if [ -n "$files" ]; then
		steps=$work/$(basename "$1" .script)
		rm -rf "$steps"
		mkdir -p "$steps/capstone"
		cp solutions/*.c "$steps"
		cp solutions/capstone/*.c "$steps/capstone"
		for file in $files; do
			case $file in
			*/capstone/*) cp "$file" "$steps/capstone/daemonize.c" ;;
			tests/*) cp "$file" "$steps/$(basename \
			    "$(dirname "$file")").c" ;;
			*) cp "$file" "$steps" ;;
			esac
		done
		folder=build/$(echo "$steps" | tr / _)
	fi
	goals=$(grep -o -w -E '(0[1-9]|1[0-2])-[a-z]+' "$1" | sort -u |
	    sed "s|^|$folder/|")
	! grep -q bbserve "$1" || goals="$goals $folder/bbserve"
	# shellcheck disable=SC2086 # names without a blank
	make -s STEPS="$steps" build/lab build/locale $goals >&2 || return 1
	echo "$folder"
}

# on_host SCRIPT LANG - as a student would type it at the project's top
on_host() {
	settings="STEPS=$(programs "$1" | sed "s|^build/solutions\$|solutions|; \
	    s|^build/build_transcripts_|$work/|")"
	grep '^\$ ' "$1" | sed 's/^\$ //' | while read -r command; do
		printf '$ %s\n' "$command"
		# Its last line names a line of the Makefile.
		LAB_LANG=$2 MAKEFLAGS="$settings" sh -c "$command" 2>&1 |
		    sed '/^make: \*\*\*/d'
	done
}

# draw - what each step changes, seen on the solutions
draw() {
	seen=
	make -s STEPS=solutions build/lab build/draw-steps build/locale \
	    programs >&2 || return 1
	for name in $names; do
		rm -f "$work/$name.json"
		timeout 60 build/lab check "$name" --run traced --seed 1 \
		    --programs build/solutions --quiet \
		    --observation "$work/$name.json" >&2
		seen="$seen $work/$name.json"
	done
	# shellcheck disable=SC2086 # paths without a blank
	build/draw-steps "$figures" $seen
}

# draw_start - the capstone's start, as its transcript shows it
draw_start() {
	sed -n '/<style>/,/<\/style>/p' "$figures/01-fork.en.svg" >"$work/style"
	for lang in en fr; do
		awk -v lang=$lang -v style="$work/style" -f tests/book/pipe.awk \
		    "$out/capstone-order.txt" >"$figures/capstone.$lang.svg"
	done
}

# draw_ablation - each check on the chain without each technique
draw_ablation() {
	make -s ablation >"$work/ablation" && cp build/ablation.en.svg \
	    build/ablation.fr.svg "$figures"
}

all=
if [ $# -eq 0 ]; then
	all=1
	draw || failed=1
	draw_ablation || failed=1
	set -- chapters/transcripts/*.script
fi
for name in "$@"; do
	script=chapters/transcripts/$(basename "$name" .script).script
	if [ -f "$name" ]; then script=$name; fi
	name=$(basename "$script" .script)
	if grep -q '^host$' "$script"; then
		for lang in en fr; do
			on_host "$script" $lang >"$out/$name.$lang.txt"
		done
	elif folder=$(programs "$script"); then
		sed '/^steps /d' "$script" >"$work/$name.script"
		sed -n 's/^file //p' "$script" | while read -r file; do
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
[ -z "$all" ] || draw_start || failed=1
exit $failed
