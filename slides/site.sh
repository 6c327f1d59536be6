#!/bin/sh
# site.sh - puts what was made together, for who only reads
#
#   site.sh site OUT        a folder: any web server's, or opened as it is
#   site.sh release SITE OUT    that folder as one archive, with checksums
#
# The version is the tag or the commit; the same sources make the same bytes.
set -eu
export LC_ALL=C.UTF-8
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || echo 0)}"
version=${VERSION:-$(git describe --tags --always --dirty 2>/dev/null || echo unknown)}
verb=$1
shift

# A new folder takes the old one's place: never half a site.
site() {
	rm -rf "$1.new"
	mkdir -p "$1.new/book" "$1.new/slides"
	for lang in en fr; do
		cp -r "build/book/$lang" "build/book/daemon-lab.$lang.pdf" \
		    "build/book/daemon-lab.$lang.epub" "$1.new/book"
		cp -r "build/slides/$lang" "$1.new/slides"
		cp "chapters/figures/02-setsid.$lang.svg" \
		    "$1.new/session.$lang.svg"
	done
	cp LICENSE LICENSE-texts "$1.new"
	pandoc -s -f markdown -t html5 --template=slides/templates/site.html \
	    --metadata=version:"$version" --metadata=pagetitle:site \
	    -o "$1.new/index.html" /dev/null
	rm -rf "$1"
	mv "$1.new" "$1"
}

# release SITE OUT - a zip, which every system opens, and its checksum
release() {
	name=daemon-lab-$version
	work=$2/$name
	rm -rf "$2"
	mkdir -p "$2"
	cp -r "$1" "$work"
	echo "$version" >"$work/VERSION"
	(cd "$work" && find . -type f | LC_ALL=C sort |
	    xargs -d '\n' sha256sum >../sums && mv ../sums SHA256SUMS)
	find "$work" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
	(cd "$2" && find "$name" -type f | LC_ALL=C sort |
	    TZ=UTC zip -X9q "$name.zip" -@ && rm -rf "$name" &&
	    sha256sum "$name.zip" >"$name.zip.sha256")
	echo "$2/$name.zip"
}

"$verb" "$@"
