#!/bin/sh
# The lectures are the same in both languages, each is whole, and what is
# typed in a demonstration does what its slide shows
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

if ! command -v pandoc >/dev/null; then
	skip "the decks can be read" "pandoc is missing: make slides installs it"
	exit 0
fi

# complaints KIND SENTENCE - none of that kind
complaints() {
	sed -n "s/^$1: //p" "$work/out" >"$work/$1"
	all_ok "$work/$1" "$2"
}

try sh tests/slides/check.sh "$work/decks"
all_ok "$work/err" "every deck can be read"
complaints parity "both languages have the same slides, minutes, inclusions, \
pictures and links"
complaints links "every link of a deck, and all that it includes, is there"
complaints structure "each deck has 8 to 14 slides and its time; each step's \
its stations, in order"
complaints sources "code and transcripts come from files, none from a solution"
complaints notes "every slide has notes, of 20 to 170 words"
complaints demos "each step is demonstrated, by what can be typed in make shell"
complaints typography "French marks have their no-break space, quotes are curly"
if grep -q '^unwritten: ' "$work/out"; then
	skip "every deck is there" "not written yet: $(sed -n \
	    's|^unwritten: ||p' "$work/out" | tr '\n' ' ')"
else
	ok "every deck is there"
fi
