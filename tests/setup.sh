#!/bin/sh
# setup.sh core|draw|book|test|lint|bench-capstone - installs what a goal needs and this machine lacks
#
# As root, or through sudo after saying what; else it prints the one command
# to run.  Ends with 77 where something is missing and can't be installed.
set -eu

core='gcc make libc6-dev strace procps gettext libcunit1-dev libjansson-dev'
book='pandoc weasyprint hyphen-fr fonts-inter fonts-jetbrains-mono
fonts-linuxlibertine zip unzip'
# What looks at the book: validators, dictionaries, a browser.
look='epubcheck default-jre-headless hunspell hunspell-en-gb hunspell-fr
poppler-utils npm chromium'
case $1 in
core)	wanted=$core ;;
draw)	wanted="$core libxml2-dev" ;;
test)	wanted="$core libbsd-dev libxml2-dev clang libclang-rt-14-dev
	    uidmap pandoc iproute2"
	# These are not installed; without them proofs are skipped.
	sh "$(dirname "$0")/capstone/unpack.sh" || : ;;
book)	wanted=$book ;;
lint)	wanted="$core libxml2-dev clang clang-format clang-tidy cppcheck
	    shellcheck $book $look" ;;
bench-capstone) wanted="$core redis-server nginx-light" ;;
*)	echo "setup.sh: core, draw, book, test, lint or bench-capstone" >&2
	exit 2 ;;
esac

missing=
for package in $wanted; do
	# Whose node is not Debian's has its npm with it, and no room for two.
	[ "$package" = npm ] && command -v npm >/dev/null && continue
	if ! dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
	    grep -q '^install ok installed'; then
		missing="$missing $package"
	fi
done
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
if ! command -v apt-get >/dev/null; then
	echo "Please install, by your system's own means:$missing" >&2
	exit 77
elif [ "$(id -u)" -eq 0 ]; then
	echo "Installing:$missing"
	$install >/dev/null || { apt-get update >/dev/null && $install; }
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	echo "Installing through sudo:$missing"
	sudo sh -c "$install >/dev/null || { apt-get update && $install; }"
else
	echo "Missing:$missing" >&2
	echo "Please run:  sudo $install" >&2
	exit 77
fi
