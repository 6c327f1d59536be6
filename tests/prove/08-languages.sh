#!/bin/sh
# French and English are equals
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh
po=tests/po/fr.po

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" STEPS=solutions programs

expect_status 0 "msgfmt accepts $po" msgfmt --check --check-format \
    -o /dev/null $po
msgattrib --untranslated $po >"$work/untranslated"
all_ok "$work/untranslated" "$po leaves nothing untranslated"
msgattrib --only-fuzzy $po >"$work/fuzzy"
all_ok "$work/fuzzy" "$po leaves nothing fuzzy"

# As `make messages` gathers them, but elsewhere.
# shellcheck disable=SC2046 # no name has a blank
xgettext --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
    --from-code=UTF-8 --sort-by-file --output="$work/lab.pot" \
    $(find tests -name '*.c' ! -path 'tests/unit/*' | sort) \
    2>"$work/xgettext"
all_ok "$work/xgettext" "xgettext reads every message"
expect_status 0 "every message of the tool is in $po" \
    msgcmp --use-untranslated $po "$work/lab.pot"

# Typography, in bytes: U+00A0 is \302\240, U+202F is \342\200\257.  Marks
# that belong to code ("%s:", "lab:", "make:", a file's line) stay as they are.
msgattrib --no-obsolete --no-wrap $po | LC_ALL=C awk '
BEGIN           { RS = ""; FS = "\n" }
NR > 1 { print; print "" }' | LC_ALL=C awk '
/^msgstr/       { on = 1 }
/^(msgid|#|$)/  { on = 0 }
on {
	line = $0
	sub(/^msgstr(\[[0-9]\])? /, "", line)
	if (line ~ / [:;?!]( |\\n|"$|\))/ || line ~ / \302\273/ ||
	    line ~ /\302\253 / || line ~ /[^\240\257]\302\273/ ||
	    line ~ /\302\253[^\302\342]/ ||
	    line ~ /[a-z)\251][;?!]( |\\n|"$)/)
		print line
}' >"$work/typography"
all_ok "$work/typography" \
    "French marks have their no-break space (: ; ? ! « »)"

expect_status 0 "LAB_LANG=fr passes too" env LAB_LANG=fr build/lab check 02 \
    --programs build/solutions
expect_words 'réussi\|processus' "it speaks French"
cp "$work/out" "$work/french"
expect_status 0 "LAB_LANG=en passes too" env LAB_LANG=en build/lab check 02 \
    --programs build/solutions
expect_words ' passed\. Next: make 03' "it speaks English"
if grep -q 'réussi\|processus' "$work/out"; then
	not_ok "without a French word" "$work/out"
else
	ok "without a French word"
fi
expect_status 0 "the locale chooses where LAB_LANG doesn't" \
    env -u LAB_LANG -u LANGUAGE LC_ALL=fr_FR.UTF-8 build/lab check 02 \
    --programs build/solutions
if grep -v '(.*)' "$work/french" | cmp -s - "$work/out" ||
    cmp -s "$work/french" "$work/out"; then
	ok "it says the same in French"
else
	not_ok "it says the same in French" "$work/out"
fi

for name in $names; do
	for mark in 'Quoi : ' 'Pourquoi : ' 'À observer : ' 'À lire : ' \
	    'What: ' 'Why: ' 'Observe: ' 'See: ' chapters/fr/ \
	    chapters/en/; do
		sed 's/\xc2\xa0/ /g; s/\xe2\x80\xaf/ /g' "steps/$name.c" |
		    grep -q -F "$mark" || echo "steps/$name.c: no \"$mark\""
	done
done >"$work/headers"
all_ok "$work/headers" "each starter says what and why in both languages"
