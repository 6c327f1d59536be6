#!/bin/sh
# table.sh [FILE] - what proves what, one line a step, as Markdown: printed, or
# put between the two marks in FILE
set -eu

files() { find "$1" -name '*.c' | wc -l; }
# Those that the judges don't tell yet.
open_ones() { grep -l '^ \* open:' "$1"/*.c | wc -l; }
# How many calls of the solution were made to fail, each in a start of its own.
faults() { grep -c '"fault-[0-9]*\.end"' "build/seen/solutions/$1.json" || :; }

print_table() {
	build/corpus checks >build/checks.txt
	echo '| step | checks | mistakes caught | right ways | faults |'
	echo '|---|--:|--:|--:|--:|'
	for folder in tests/mistakes/*/; do
		step=$(basename "$folder")
		known=$(files "tests/mistakes/$step")
		caught=$((known - $(open_ones "tests/mistakes/$step")))
		[ $caught -eq "$known" ] || caught="$caught of $known"
		printf '| %s | %d | %s | %d | %s |\n' "$step" \
		    "$(grep -c "^$step " build/checks.txt)" "$caught" \
		    "$(files "tests/rightways/$step")" "$(faults "$step")"
	done
	echo
	printf '%s %d %s\n' 'Besides these checks, there are' \
	    "$(grep -c '^common ' build/checks.txt)" 'that all steps share.'
}

if [ $# -eq 0 ]; then
	print_table
	exit
fi
print_table >build/table.md
awk '
/^<!-- table/ { print; print ""; while ((getline line <"build/table.md") > 0)
                print line; print ""; inside = 1 }
/^<!-- end/   { inside = 0 }
!inside       { if (!/^<!-- table/) print }
' "$1" >build/table.whole
grep -q '^<!-- table' build/table.whole || { echo "$1: no mark"; exit 1; } >&2
cp build/table.whole "$1"
