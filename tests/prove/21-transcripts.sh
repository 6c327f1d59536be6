#!/bin/sh
# What the book and the slides show is what the programs show
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

try make -s -j "$cores" build/lab build/locale build/solutions/02-setsid \
    STEPS=solutions
try build/lab check 02 --programs build/solutions --json "$work/02.json"
if ! json "$work/02.json" mode | grep -qx range; then
	skip "the book shows what happens" \
	    "only boxes with a range of ids show the same each time"
	exit 0
fi
status=0
timeout -k 5 600 sh tests/book/transcripts.sh "$work/now" >"$work/out" \
    2>"$work/err" </dev/null || status=$?
timeout -k 5 300 sh tests/book/transcripts.sh "$work/now" \
    slides/transcripts/*.script >>"$work/out" 2>>"$work/err" </dev/null ||
    status=$?
if [ "$status" -eq 124 ]; then
	not_ok "every script can be played" "$work/err"
	exit 0
fi
# differs FOLDER NAME - how what is shown now differs from what is shown there
differs() {
	for now in "$work/now/transcripts/$2.txt" \
	    "$work/now/transcripts/$2".??.txt; do
		[ -f "$now" ] || continue
		diff -u "$1/$(basename "$now")" "$now" 2>&1
	done
}

for script in chapters/transcripts/*.script slides/transcripts/*.script; do
	folder=${script%/*} name=$(basename "$script" .script)
	differs "$folder" "$name" >"$work/differs"
	# A busy machine may have two processes speak in another order once; a
	# text that isn't so any more differs each time.
	if [ -s "$work/differs" ]; then
		timeout -k 5 100 sh tests/book/transcripts.sh "$work/now" \
		    "$script" >>"$work/out" 2>>"$work/err" </dev/null
		differs "$folder" "$name" >"$work/differs"
	fi
	if [ -z "$(find "$work/now/transcripts" -name "$name.*")" ]; then
		not_ok "$name: the script can be played" "$work/err"
	else
		all_ok "$work/differs" "$name: ${script%%/*} show what happens"
	fi
done
diff -r -u chapters/figures "$work/now/figures" >"$work/figures" 2>&1
all_ok "$work/figures" "the pictures of the steps are drawn the same again"
