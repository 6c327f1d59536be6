#!/bin/sh
# render.sh - makes one part of the book; the Makefile knows when
#
#   render.sh list LANG OUT PAGE...   the chapters' titles, for every page
#   render.sh page LANG PAGE OUT      one HTML page; search and depends beside
#   render.sh index LANG OUT          the page that lists the chapters
#   render.sh part LANG PAGE OUT      one chapter for the PDF and the EPUB
#   render.sh pdf LANG OUT PART...
#   render.sh epub LANG OUT PART...
#
# With LANG en or fr, PAGE 02-setsid or the like.  The same sources make the
# same bytes: the date is the last commit's.
set -eu
export LC_ALL=C.UTF-8 BOOK_ROOT=.
here=chapters
verb=$1 BOOK_LANG=$2
export BOOK_LANG
words=$here/templates/words.$BOOK_LANG.yaml
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
export SOURCE_DATE_EPOCH

filters() {
	for name in include terminal figure links search french; do
		printf -- '--lua-filter=%s ' "$here/filters/$name.lua"
	done
}

# field NAME FILE - a field of the block at a chapter's top
field() {
	sed -n "2,/^---/s/^$1: *//p" "$2" | sed 's/^"\(.*\)"$/\1/' | head -n 1
}

# word NAME - one of the language's words
word() { sed -n "s/^$1: *//p" "$words"; }

# Titles may hold anything but a quote and a backslash.
list() {
	echo "chapters:"
	for page in "$@"; do
		file=$here/$BOOK_LANG/$page.md
		echo "  - page: $page"
		echo "    title: \"$(field title "$file")\""
		echo "    summary: \"$(field summary "$file")\""
		case $page in
		[0-9]*) echo "    number: \"${page%%-*}\"" ;;
		esac
	done
}

# The list again, with this page marked, and its neighbours.
around() {
	awk -v wanted="$1" '
	/^  - page: / { page = $3 }
	{ print }
	/^  - page: / && page == wanted { print "    current: true" }
	/^    title: / {
		sub(/^    title: /, "")
		if (page == wanted) { previous = last; lasttitle = old }
		else if (last == wanted) { following = page; title = $0 }
		last = page; old = $0
	}
	END {
		if (previous) print "previous:\n  page: " previous \
		    "\n  title: " lasttitle
		if (following) print "next:\n  page: " following \
		    "\n  title: " title
	}' "$list"
}

# After -- come pandoc's own arguments.
run_pandoc() {
	pandoc --wrap=none --metadata=lang:"$BOOK_LANG" "$@"
}

# repack EPUB OUT - the same archive without the time of its making; the type
# comes first and as it is, which readers go by
repack() {
	rm -rf "$parts" "$2"
	unzip -q "$1" -d "$parts"
	sed -i "s|\(\"dcterms:modified\">\)[^<]*|\1$(date -u \
	    -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)|" "$parts/EPUB/content.opf"
	find "$parts" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	whole=$(realpath -m "$2")
	(cd "$parts" && zip -X0q "$whole" mimetype &&
	    find META-INF EPUB -type f | LC_ALL=C sort |
	    TZ=UTC zip -X9q "$whole" -@)
}

case $verb in
list)
	out=$3
	shift 3
	list "$@" >"$out.new"
	# Left alone where it says the same: every page depends on it.
	if cmp -s "$out.new" "$out"; then rm "$out.new"
	else mv "$out.new" "$out"; fi
	;;
page)
	BOOK_PAGE=$3 BOOK_KIND=page out=$4
	parts=${out%/*}/../parts/$BOOK_LANG
	list=$parts/list.yaml
	BOOK_DEPENDS=$parts/$BOOK_PAGE.files BOOK_SEARCH=$parts/$BOOK_PAGE.js
	export BOOK_PAGE BOOK_KIND BOOK_DEPENDS BOOK_SEARCH
	: >"$BOOK_DEPENDS"
	around "$BOOK_PAGE" >"$parts/$BOOK_PAGE.yaml"
	# shellcheck disable=SC2046 # no name has a blank
	run_pandoc -s -f markdown -t html5 --toc --toc-depth=2 \
	    --template=$here/templates/page.html $(filters) \
	    --metadata-file="$words" --metadata-file="$parts/$BOOK_PAGE.yaml" \
	    --metadata=page:"$BOOK_PAGE" \
	    -o "$out" "$here/$BOOK_LANG/$BOOK_PAGE.md"
	# For make: what this page, and the chapter of the PDF, were made from.
	sort -u "$BOOK_DEPENDS" | tr '\n' ' ' | {
		read -r files || :
		echo "$out $parts/$BOOK_PAGE.json: $files"
		for file in $files; do echo "$file:"; done
	} >"$parts/$BOOK_PAGE.d"
	;;
index)
	list=${3%/*}/../parts/$BOOK_LANG/list.yaml
	run_pandoc -s -f markdown -t html5 --lua-filter=$here/filters/french.lua \
	    --template=$here/templates/page.html --metadata-file="$words" \
	    --metadata-file="$list" --metadata=page:index \
	    --metadata=index:true --metadata=pagetitle:"$(word subtitle)" \
	    -o "$3" /dev/null
	;;
part)
	BOOK_PAGE=$3 BOOK_KIND=whole
	export BOOK_PAGE BOOK_KIND
	# shellcheck disable=SC2046
	run_pandoc -s -f markdown -t json $(filters) -o "$4" \
	    "$here/$BOOK_LANG/$BOOK_PAGE.md"
	;;
pdf)
	out=$3
	shift 3
	html=${out%/*}/parts/$BOOK_LANG/print.html
	cp $here/assets/print.css "${html%/*}"
	run_pandoc -s -f json --file-scope -t html5 --toc --toc-depth=1 \
	    --template=$here/templates/print.html \
	    --metadata-file="$words" --metadata=title:"$(word book)" \
	    -o "$html" "$@"
	weasyprint -q -O fonts "$html" "$out"
	;;
epub)
	out=$3
	parts=${out%/*}/parts/$BOOK_LANG/book
	shift 3
	run_pandoc -f json --file-scope -t epub3 --toc --toc-depth=2 \
	    --css=$here/assets/epub.css --epub-chapter-level=1 \
	    --metadata=title:"$(word book)" \
	    --metadata=subtitle:"$(word subtitle)" \
	    --metadata=author:"$(word author)" \
	    --metadata=date:"$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)" \
	    --metadata=identifier:"urn:x-daemon-lab:$BOOK_LANG" \
	    -o "$parts.epub" "$@"
	repack "$parts.epub" "$out"
	;;
esac
