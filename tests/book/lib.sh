# shellcheck shell=sh disable=SC2154 # $out is set by who reads this
# lib.sh - what is read of the book's and the slides' sources, for check.sh of
# both: for each LANG.PAGE, in the folder $out, .facts, .text and .prose

# read_source FOLDER LANG PAGE [FILTER]... - of chapters or slides
read_source() {
	source=$1/$2/$3.md BOOK_LANG=$2 BOOK_PAGE=$3 made=$out/$2.$3
	export BOOK_LANG BOOK_PAGE
	shift 3
	filters=
	for name in include terminal figure french; do
		filters="$filters --lua-filter=chapters/filters/$name.lua"
	done
	# shellcheck disable=SC2086 # no name has a blank
	BOOK_FACTS=$made.facts BOOK_TEXT=$made.text BOOK_PROSE=$made.prose \
	    pandoc -f markdown -t native --metadata=lang:"$BOOK_LANG" \
	    --lua-filter=tests/book/facts.lua $filters \
	    --lua-filter=tests/book/text.lua "$@" -o /dev/null "$source" 2>&1 |
	    sed "s|^|links: $source: |"
}

# read_all FOLDER [FILTER]... - both languages at once
read_all() {
	rm -f "$out"/*.facts "$out"/*.text "$out"/*.prose
	for lang in en fr; do
		for page in $(pages "$1" $lang); do
			folder=$1
			shift
			read_source "$folder" $lang "$page" "$@"
			set -- "$folder" "$@"
		done &
	done
	wait
}

# pages FOLDER LANG
pages() { (cd "$1/$2" && ls ./*.md) | sed 's|^\./||; s|\.md$||'; }

# parity FOLDER - what only one language has
parity() {
	pages "$1" en >"$out/en" && pages "$1" fr >"$out/fr"
	comm -3 "$out/en" "$out/fr" | tr -d '\t' |
	    sed 's/^/parity: only in one language: /'
	comm -12 "$out/en" "$out/fr" | while read -r page; do
		for lang in en fr; do
			sed "s|/chapters/$lang/|/chapters/|" \
			    "$out/$lang.$page.facts" >"$out/$lang.compared"
		done
		diff "$out/en.compared" "$out/fr.compared" |
		    sed -n "s|^< |parity: $page: only in English: |p
		    s|^> |parity: $page: only in French: |p"
	done
}

# In bytes: U+00A0 is \302\240, U+202F is \342\200\257.
typography() {
	for prose in "$out"/fr.*.prose; do
		LC_ALL=C grep -n -o -E \
		    -e '.{0,20} [:;?!%]( |$)' -e '.{0,20} »' -e '« .{0,20}' \
		    -e '.{0,20}[a-z)`][;?!]( |$)' -e ".{0,20}[\"'].{0,9}" \
		    "$prose" |
		    sed "s|^|typography: $(basename "$prose" .prose): |"
	done
	grep -n "[\"']" "$out"/en.*.prose |
	    sed 's/^/typography: a straight quote: /'
}
