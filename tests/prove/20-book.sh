#!/bin/sh
# The book is the same in both languages, leads nowhere wrong, and tells no
# solution before its exercise
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

if ! command -v pandoc >/dev/null; then
	skip "the chapters can be read" "pandoc is missing: make book installs it"
	exit 0
fi

# complaints KIND SENTENCE - none of that kind
complaints() {
	sed -n "s/^$1: //p" "$work/out" >"$work/$1"
	all_ok "$work/$1" "$2"
}

try sh tests/book/check.sh "$work/chapters"
all_ok "$work/err" "every chapter can be read"
complaints parity "both languages have the same headings, inclusions, \
pictures, exercises and links"
complaints links "every link of a chapter, and all that it includes, is there"
complaints sections "each step's chapter has its sections, and 900 to 1,800 words"
complaints solutions "no line of a solution stands before its exercise"
complaints typography "French marks have their no-break space, quotes are curly"
complaints references "the tool names no section that isn't there"
if grep -q '^unwritten: ' "$work/out"; then
	skip "every chapter that is spoken of is there" \
	    "not written yet: $(sed -n 's|^unwritten: chapters/||p' "$work/out" |
	    sort -u | tr '\n' ' ')"
else
	ok "every chapter that is spoken of is there"
fi
