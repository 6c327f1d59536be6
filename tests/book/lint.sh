#!/bin/sh
# lint.sh - the book, made and looked at: HTML, EPUB, PDF, links, spelling,
# accessibility; status 1 on a finding.  For make lint.
set -u
cd "$(dirname "$0")/../.." || exit 99
work=build/test/book
# shellcheck source=tests/book/findings.sh
. tests/book/findings.sh

make -s book >"$log" 2>&1 && : >"$log"
verdict "make book"
if [ -s "$log" ]; then exit 1; fi

for lang in en fr; do
	size=$(du -sk build/book/$lang | cut -f 1)
	[ "$size" -lt 3072 ] || echo "build/book/$lang: $size KiB"
done >"$log"
verdict "the pages of one language are below 3 MB"

touch "$work/made"
make -s book >/dev/null 2>&1
find build/book -type f -newer "$work/made" >"$log"
verdict "made twice, nothing is made again"

dead_links build/book/??/*.html >"$log"
verdict "no link of a page is dead, no id is there twice"

if has pdfinfo poppler-utils; then
	for pdf in build/book/*.pdf; do
		pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
		[ "$pages" -gt 5 ] || echo "$pdf: $pages pages"
		pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes"' |
		    sed "s|^|$pdf: not embedded: |"
	done >"$log"
	verdict "the PDFs have their pages and their fonts"
fi

if has java default-jre-headless && [ -f /usr/share/java/epubcheck.jar ]; then
	for epub in build/book/*.epub; do
		java -jar /usr/share/java/epubcheck.jar -q "$epub" 2>&1 |
		    grep -E '^(FATAL|ERROR|WARNING)'
	done >"$log"
	verdict "epubcheck"
fi

sh tests/book/check.sh "$work/chapters" >/dev/null 2>&1
spelling "$work/chapters"

if has_modules; then
	java -jar $modules/node_modules/vnu-jar/build/dist/vnu.jar \
	    --errors-only build/book/??/*.html >"$log" 2>&1
	verdict "the HTML is valid"
	if has chromium chromium; then
		node tests/book/look.mjs $modules build/book/??/*.html >"$log" 2>&1
		verdict "pages in Chromium: axe, widths, search, colours, language"
	fi
fi
[ $problems -eq 0 ]
