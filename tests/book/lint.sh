#!/bin/sh
# lint.sh - the book, made and looked at: HTML, EPUB, PDF, links, spelling,
# accessibility; status 1 on a finding.  For make lint.
set -u
cd "$(dirname "$0")/../.." || exit 99
export LC_ALL=C.UTF-8
problems=0
work=build/test/book
modules=build/lint-node
log=$work/log
mkdir -p "$work" "$modules"

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

# has COMMAND PACKAGE - says so where it is missing
has() {
	command -v "$1" >/dev/null && return
	echo "skipped  $1: install the package $2"
	return 1
}

# Every href and src of every page leads to a file, and to an id that is in it.
dead_links() {
	for page in build/book/??/*.html; do
		sed 's/ \(id\|href\|src\)="/\n\1="/g' "$page" |
		    sed -n "s|^\(id\|href\|src\)=\"\([^\"]*\)\".*|$page \1 \2|p"
	done | awk '
	{ folder = $1; sub(/[^\/]*$/, "", folder) }
	$2 == "id" { ids[$1 "#" $3]++; if (ids[$1 "#" $3] == 2)
	             print $1 ": the id " $3 " twice"; next }
	$3 ~ /^https?:/ { next }
	{
		target = $3
		sub(/#.*/, "", target)
		file = target == "" ? $1 : folder target
		while (sub(/[^\/]+\/\.\.\//, "", file))
			;
		if ((getline any <file) < 0)
			print $1 ": no file " $3
		close(file)
		id = $3
		if (sub(/^[^#]*#/, "", id) && id != "")
			wanted[file "#" id] = $1 ": no id " $3
	}
	END { for (w in wanted) if (!(w in ids)) print wanted[w] }'
}

# A word of the list is no mistake; nor is one in capitals, or with a digit.
misspelt() {
	sh tests/book/check.sh "$work/chapters" >/dev/null 2>&1
	for prose in "$work/chapters/$1".*.prose; do
		sed -f tests/book/plain.sed "$prose" |
		    hunspell -i UTF-8 -d "$2" -p "tests/book/words.$1" -l |
		    grep -v -E -e '[0-9_]' -e '^[A-Z]+s?$' | sort -u |
		    sed "s|^|$(basename "$prose" .prose): |"
	done
}

make -s book >$log 2>&1 && : >$log
verdict "make book"
if [ -s $log ]; then exit 1; fi

for lang in en fr; do
	size=$(du -sk build/book/$lang | cut -f 1)
	[ "$size" -lt 3072 ] || echo "build/book/$lang: $size KiB"
done >$log
verdict "the pages of one language are below 3 MB"

touch "$work/made"
make -s book >/dev/null 2>&1
find build/book -type f -newer "$work/made" >$log
verdict "made twice, nothing is made again"

dead_links >$log
verdict "no link of a page is dead, no id is there twice"

if has pdfinfo poppler-utils; then
	for pdf in build/book/*.pdf; do
		pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
		[ "$pages" -gt 5 ] || echo "$pdf: $pages pages"
		pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes"' |
		    sed "s|^|$pdf: not embedded: |"
	done >$log
	verdict "the PDFs have their pages and their fonts"
fi

if has java default-jre-headless && [ -f /usr/share/java/epubcheck.jar ]; then
	for epub in build/book/*.epub; do
		java -jar /usr/share/java/epubcheck.jar -q "$epub" 2>&1 |
		    grep -E '^(FATAL|ERROR|WARNING)'
	done >$log
	verdict "epubcheck"
fi

if has hunspell hunspell; then
	misspelt en en_GB >$log
	verdict "the English is spelt right"
	misspelt fr fr_FR >$log
	verdict "the French is spelt right"
fi

if has npm npm; then
	if ! cmp -s tests/book/package-lock.json $modules/package-lock.json; then
		cp tests/book/package.json tests/book/package-lock.json $modules
		(cd $modules && npm ci --ignore-scripts --no-audit --no-fund) \
		    >$log 2>&1 || rm -f $modules/package-lock.json
	fi
	if [ ! -f $modules/package-lock.json ]; then
		verdict "npm ci"
		exit 1
	fi
	java -jar $modules/node_modules/vnu-jar/build/dist/vnu.jar \
	    --errors-only build/book/??/*.html >$log 2>&1
	verdict "the HTML is valid"
	if has chromium chromium; then
		node tests/book/look.mjs $modules build/book/??/*.html >$log 2>&1
		verdict "pages in Chromium: axe, widths, search, colours, language"
	fi
fi
[ $problems -eq 0 ]
