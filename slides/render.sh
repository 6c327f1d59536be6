#!/bin/sh
# render.sh - makes one piece of the slides; the Makefile knows when
#
#   render.sh part LANG DECK OUT      a deck as pandoc's JSON; its .d beside
#   render.sh deck LANG OUT PART...   one file of reveal.js: a deck, or all
#   render.sh paper LANG OUT PART...    a PDF, a slide a page
#   render.sh handout LANG OUT PART...  a PDF of A4, slides above their notes
#   render.sh index LANG OUT PART...  the page that lists the decks
#   render.sh plan LANG OUT           the course plan
#
# With LANG en or fr, DECK 02-setsid or the like.  Sources, filters and looks
# are the book's as far as they can be (chapters/); the same sources make the
# same bytes.
set -eu
export LC_ALL=C.UTF-8 BOOK_ROOT=. BOOK_KIND=slides
verb=$1 BOOK_LANG=$2
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
export BOOK_LANG SOURCE_DATE_EPOCH
words=chapters/templates/words.$BOOK_LANG.yaml

made=build/slides/parts/$BOOK_LANG

# word NAME - one of the language's words
word() {
	sed -n "s/^$1: *//p" "$words" "slides/templates/words.$BOOK_LANG.yaml"
}

# field NAME FILE - a field of the block at a deck's top
field() {
	sed -n "2,/^---/s/^$1: *//p" "$2" | sed 's/^"\(.*\)"$/\1/' | head -n 1
}

# minutes - how long the slides that are read here take together
minutes() {
	awk '/^## / && match($0, /minutes=[0-9]+/) {
		sum += substr($0, RSTART + 8, RLENGTH - 8)
	} END { print sum + 0 }'
}

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
	name=$(basename "$1" | sed 's/\(-handout\)\{0,1\}\.[a-z]*$//')
	if [ "$name" = course ]; then word book
	else field title "slides/$BOOK_LANG/$name.md"; fi
}

# together PURPOSE OUT TITLE PART... - the document of these decks
together() {
	SLIDES_FOR=$1 document=$2 title=$3
	export SLIDES_FOR
	shift 3
	if [ $# -gt 1 ]; then
		SLIDES_ALL=1
		export SLIDES_ALL
	fi
	# shellcheck disable=SC2086 # it is two arguments
	run_pandoc -s -f json --file-scope -t html5 \
	    --lua-filter=chapters/filters/course.lua \
	    --metadata=pagetitle:"$title" --metadata=author:"$(word author)" \
	    --metadata=purpose:"$SLIDES_FOR" $how -o "$document" "$@"
}

# deck OUT PART...
deck() {
	out=$1
	shift
	how='--self-contained --template=slides/templates/deck.html'
	together screen "$out" "$(title "$out")" "$@"
}

# pdf PURPOSE SCALE OUT PART... - beside the parts it leaves what it printed,
# and where each deck begins
pdf() {
	purpose=$1 scale=$2 out=$3
	shift 3
	html=$made/$(basename "$out" .pdf).html
	how=--template=slides/templates/paper.html
	together "$purpose" "$html" "$(title "$out")" "$@"
	"$(sed -n '1s/^#! *//p' "$(command -v weasyprint)")" slides/paper.py \
	    "$scale" "$html" "$out" >"${html%.html}.pages"
}

# row DECK PAPER HANDOUT - a deck in the list; on which pages it is
row() {
	file=slides/$BOOK_LANG/$1.md
	echo "  - page: $1"
	echo "    title: \"$(field title "$file")\""
	echo "    summary: \"$(field summary "$file")\""
	echo "    minutes: $(minutes <"$file")"
	echo "    paper: $2"
	echo "    handout: $3"
	case $1 in
	[0-9]*) echo "    number: \"${1%%-*}\"" ;;
	esac
	if [ -f "chapters/$BOOK_LANG/$1.md" ]; then
		echo "    chapter: true"
	fi
}

# page OUT ARGUMENT... - a page with the book's looks
page() {
	out=$1
	shift
	run_pandoc -s -t html5 --lua-filter=chapters/filters/links.lua \
	    --lua-filter=chapters/filters/french.lua \
	    --template=slides/templates/page.html --metadata-file="$words" \
	    --metadata-file="slides/templates/words.$BOOK_LANG.yaml" \
	    -o "$out" "$@"
}

# index OUT PART... - what there is to show; the PDFs stand beside
index() {
	out=$1
	shift
	{
		echo "decks:"
		for part in "$@"; do
			basename "$part" .json
		done | paste - "$made/course.pages" \
		    "$made/course-handout.pages" |
		    while read -r deck paper handout; do
			row "$deck" "$paper" "$handout"
		    done
		for part in "$@"; do
			echo "slides/$BOOK_LANG/$(basename "$part" .json).md"
		done | xargs cat | minutes | sed 's/^/minutes: /'
	} >"$made/index.yaml"
	page "$out" -f markdown --metadata-file="$made/index.yaml" --metadata=page:index \
	    --metadata=index:true \
	    --metadata=pagetitle:"$(word lectures)" /dev/null
}

# plan OUT - the course plan, for who teaches
plan() {
	BOOK_PAGE=plan
	export BOOK_PAGE
	page "$1" -f markdown --metadata=page:plan "slides/$BOOK_LANG/plan.md"
}

shift 2
case $verb in
part|deck|index|plan) "$verb" "$@" ;;
paper) pdf paper 1 "$@" ;;
handout) pdf handout .45 "$@" ;;	# handout.css counts on it
esac
