#!/bin/sh
# render.sh - makes one piece of the slides; the Makefile knows when
#
#   render.sh part LANG DECK OUT      a deck as pandoc's JSON; its .d beside
#   render.sh deck LANG OUT PART...   one file of reveal.js: a deck, or all
#
# With LANG en or fr, DECK 02-setsid or the like.  Sources, filters and looks
# are the book's as far as they can be (chapters/).
set -eu
export LC_ALL=C.UTF-8 BOOK_ROOT=. BOOK_KIND=slides
verb=$1 BOOK_LANG=$2
export BOOK_LANG
words=chapters/templates/words.$BOOK_LANG.yaml

# word NAME - one of the language's words
word() { sed -n "s/^$1: *//p" "$words"; }

run_pandoc() {
	pandoc --wrap=none --metadata=lang:"$BOOK_LANG" "$@"
}

# part DECK OUT
part() {
	BOOK_PAGE=$1 BOOK_DEPENDS=${2%.json}.files
	export BOOK_PAGE BOOK_DEPENDS
	: >"$BOOK_DEPENDS"
	filters=
	for name in include terminal figure links french slides; do
		filters="$filters --lua-filter=chapters/filters/$name.lua"
	done
	# shellcheck disable=SC2086 # no name has a blank
	run_pandoc -s -f markdown -t json $filters -o "$2" \
	    "slides/$BOOK_LANG/$1.md"
	# For make: what the deck was made from.
	sort -u "$BOOK_DEPENDS" | tr '\n' ' ' | {
		read -r files || :
		echo "$2: $files"
		for file in $files; do echo "$file:"; done
	} >"${2%.json}.d"
}

# title OUT - what the window says
title() {
	name=$(basename "$1" .html)
	if [ "$name" = course ]; then
		word book
	else
		sed -n '2,/^---/s/^title: *//p' "slides/$BOOK_LANG/$name.md" |
		    sed 's/^"\(.*\)"$/\1/'
	fi
}

# deck OUT PART...
deck() {
	out=$1
	shift
	if [ $# -gt 1 ]; then
		SLIDES_ALL=1
		export SLIDES_ALL
	fi
	run_pandoc -s --self-contained -f json --file-scope -t html5 \
	    --lua-filter=chapters/filters/course.lua \
	    --template=slides/templates/deck.html \
	    --metadata=pagetitle:"$(title "$out")" -o "$out" "$@"
}

shift 2
case $verb in
part|deck) "$verb" "$@" ;;
esac
