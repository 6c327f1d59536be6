#!/bin/sh
# check.sh FOLDER - what can be said of the decks without making them
#
# Reads every deck once, and leaves in FOLDER what tests/book/lib.sh says; then
# prints one complaint a line: "parity: ...", "links: ..." (and all that can't
# be read), "structure: ...", "sources: ...", "notes: ...", "demos: ...",
# "typography: ...", "unwritten: ...".  Needs pandoc alone.
set -u
cd "$(dirname "$0")/../.." || exit 99
out=$1
mkdir -p "$out"
export LC_ALL=C.UTF-8 BOOK_ROOT=. BOOK_KIND=slides
# shellcheck source=tests/book/lib.sh
. tests/book/lib.sh

decks='00-introduction 01-fork 02-setsid 03-refork 04-close 05-devnull 06-chdir
07-umask 08-lock 09-signals 10-log 11-chroot 12-setuid capstone today'
# What each step's deck has, in this order.
stations='accident idea call demo check traps exam'

is_step() { case ${1#*.} in 00-*) false ;; [01][0-9]-*) ;; *) false ;; esac; }

# facts - the decks' alone: the course plan is a page
facts() {
	for deck in $decks; do
		for lang in en fr; do
			test ! -f "$out/$lang.$deck.facts" || echo "$lang.$deck"
		done
	done
}

# between LANG.DECK ID - the facts of one slide
between() {
	awk -v id="$2" '/^head / { on = $3 == id; next } on' "$out/$1.facts"
}

unwritten() {
	for deck in $decks; do
		for lang in en fr; do
			test -f "slides/$lang/$deck.md" ||
			    echo "unwritten: $lang/$deck.md"
		done
	done
}

# How many slides, how long, which: one line of complaint each.
structure() {
	facts | while read -r deck; do
		if is_step "$deck"; then least=40 most=50
		else least=10 most=60; fi
		sed -n 's/^head //p' "$out/$deck.facts" | awk -v least=$least \
		    -v most=$most '
		$1 != 2 || NF < 2 { print "a heading that begins no slide"; next }
		NF != 3 || $3 !~ /^[1-9][0-9]*$/ { print $2 ": no minutes"; next }
		ids[$2]++ { print $2 ": twice" }
		{ slides++; minutes += $3 }
		END {
			if (slides < 8 || slides > 14) print slides + 0 " slides"
			if (minutes < least || minutes > most)
				print minutes + 0 " minutes"
		}' | sed "s|^|structure: $deck: |"
		is_step "$deck" || continue
		found=$(for station in $stations; do
			grep -n "^head 2 $station " "$out/$deck.facts"
		    done | cut -d: -f1 | tr '\n' ' ')
		# shellcheck disable=SC2086 # numbers
		[ "$(echo $found | wc -w)" -eq "$(echo $stations | wc -w)" ] &&
		    [ "$found" = "$(echo $found | tr ' ' '\n' | sort -n |
		    tr '\n' ' ')" ] ||
		    echo "structure: $deck: not these in this order: $stations"
		between "$deck" idea | grep -q '^picture ' ||
		    echo "structure: $deck: no picture in the idea"
	done
}

# Code and transcripts come from files, and no solution is among them.
sources() {
	grep -E '^(code|terminal) here|^code solutions/' "$out"/*.facts |
	    grep -v -e '/..\.plan\.facts:' |
	    sed 's|^.*/\(.*\)\.facts:|sources: \1: |'
}

# Each slide has notes that can be read in passing, and say enough.
notes() {
	facts | while read -r deck; do
		awk '
		function done() {
			if (id != "" && (words < 20 || words > 170))
				print id ": " words + 0 " words"
		}
		/^## / {
			done()
			id = $0
			sub(/.*\{#/, "", id); sub(/[ }].*/, "", id)
			words = 0
		}
		/^::: *notes/ { on = 1; next }
		/^:::/ { on = 0 }
		on { words += NF }
		END { done() }
		' "slides/${deck%%.*}/${deck#*.}.md" | sed "s|^|notes: $deck: |"
	done
}

# A demonstration shows what its own script plays, which can be typed in make
# shell; and no script is left over.
demos() {
	facts | while read -r deck; do
		is_step "$deck" || continue
		number=${deck#*.} number=${number%%-*}
		between "$deck" demo | grep -q "^terminal $number-demo" ||
		    echo "demos: $deck: no transcript $number-demo"
	done
	for script in slides/transcripts/*.script; do
		name=$(basename "$script" .script)
		for line in window close steps edit host; do
			grep -q -E "^$line( |\$)" "$script" &&
			    echo "demos: $name: $line can't be done in make shell"
		done
		for lang in en fr; do
			grep -q -x "terminal $name" "$out/$lang".*.facts ||
			    echo "demos: $name: shown nowhere in slides/$lang"
		done
		test -f "${script%.script}.txt" ||
		    echo "demos: $name: never played (make transcripts)"
	done
}

# Each link leads to a deck, or a chapter, and to an id that is there.
links() {
	for facts in "$out"/*.facts; do
		name=$(basename "$facts" .facts)
		folder=slides/${name%%.*}
		sed -n 's/^link //p' "$facts" | while read -r target; do
			case $target in
			http*) continue ;;
			\#*) file=$folder/${name#*.}.md ;;
			*) file=$folder/${target%%#*} ;;
			esac
			case $file in
			slides/*/[01][0-9]-*.md|slides/*/capstone.md|\
			    slides/*/today.md)
				test -f "$file" || continue ;;	# unwritten
			esac
			if ! test -f "$file"; then
				echo "links: $name: $target"
			elif [ "${target#*#}" != "$target" ] &&
			    ! grep -q "{#${target#*#}[ }]" "$file"; then
				echo "links: $name: $target"
			fi
		done
	done
}

read_all slides
unwritten
parity slides
structure
sources
notes
demos
links
typography
