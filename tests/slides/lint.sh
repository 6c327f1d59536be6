#!/bin/sh
# lint.sh - the slides, made and looked at: links, PDFs, spelling, HTML, each
# slide in a browser; status 1 on a finding.  For make lint, after the book's.
set -u
cd "$(dirname "$0")/../.." || exit 99
work=build/test/slides
# shellcheck source=tests/book/findings.sh
. tests/book/findings.sh

make -s book slides >"$log" 2>&1 && : >"$log"
verdict "make slides"
if [ -s "$log" ]; then exit 1; fi

touch "$work/made"
make -s slides >/dev/null 2>&1
find build/slides -type f -newer "$work/made" >"$log"
verdict "made twice, nothing is made again"

dead_links build/slides/??/*.html >"$log"
verdict "no link of a deck is dead, no id is there twice"

make -s release >"$log" 2>&1 && : >"$log"
verdict "make release"
dead_links build/site/index.html build/site/*/??/*.html >"$log"
verdict "no link of the site leads out of it"
rm -rf "$work/released"
(cd build/release && sha256sum --quiet -c ./*.sha256 &&
    unzip -q ./*.zip -d "../../$work/released" &&
    cd "../../$work/released"/* && sha256sum --quiet -c SHA256SUMS) \
    >"$log" 2>&1
verdict "the release is what its checksums say"

# slides LANG - how many there are
slides() {
	cat build/slides/parts/"$1"/*.json |
	    grep -o '"section","slide"' | wc -l
}

if has pdfinfo poppler-utils; then
	for lang in en fr; do
		pdf=build/slides/$lang/course.pdf
		pages=$(pdfinfo $pdf | sed -n 's/^Pages: *//p')
		[ "$pages" -eq "$(slides $lang)" ] ||
		    echo "$pdf: $pages pages of $(slides $lang) slides"
		for pdf in "build/slides/$lang"/*.pdf; do
			pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes"' |
			    sed "s|^|$pdf: not embedded: |"
		done
	done >"$log"
	verdict "the PDFs have a page for each slide, and their fonts"

	# A page is 960 by 540 points.
	for lang in en fr; do
		pdftotext -bbox build/slides/$lang/course.pdf - | awk -v lang=$lang '
		/<page / { page++ }
		/<word / && match($0, /xMax="[0-9.]+" yMax="[0-9.]+"/) {
			split(substr($0, RSTART, RLENGTH), at, "\"")
			if (at[2] > 940 || at[4] > 534)
				print lang ": page " page ": " $0
		}'
	done >"$log"
	verdict "no word of a PDF sticks out of its page"
fi

sh tests/slides/check.sh "$work/decks" >/dev/null 2>&1
spelling "$work/decks"

if has_modules; then
	if has java default-jre-headless; then
		java -jar $modules/node_modules/vnu-jar/build/dist/vnu.jar \
		    --errors-only build/slides/??/*.html >"$log" 2>&1
		verdict "the HTML is valid"
	fi
	if has chromium chromium; then
		node tests/slides/look.mjs $modules \
		    build/slides/??/[0-9ct]*.html >"$log" 2>&1
		verdict "slides in Chromium: sizes, axe, network, speaker's view"
	fi
fi
[ $problems -eq 0 ]
