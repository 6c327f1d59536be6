#!/bin/sh
# coverage.sh [PERCENT] - which lines of the judges and of the instruments do
# the proofs run?  Status 1 where a room is below PERCENT (95).
#
# The tool is built once more, as build/lab-coverage; then the units run, and
# every mistake, right way, solution and starter.
set -eu
cd "$(dirname "$0")/../.."
cores=$(getconf _NPROCESSORS_ONLN)
folder=build/coverage
rooms='checks observe'
LAB=build/lab-coverage
LAB_LANG=en
export LAB LAB_LANG

# --- building ---------------------------------------------------------------
mkdir -p $folder
gcc -std=c17 -O2 -Wall -Wextra \
    -c -o $folder/dump.o tests/coverage/dump.c
make -s -j "$cores" way=-coverage OPTIMISE=-O0 \
    HARDEN='--coverage -Wl,--wrap=_exit' \
    libraries="-ljansson -lcunit $folder/dump.o" \
    build/lab-coverage build/unit-coverage
make -s -j "$cores" STEPS=solutions programs
make -s -j "$cores" REFERENCE=solutions programs
make -s build/lab build/locale
find build/objects-coverage -name '*.gcda' -delete

# --- running ----------------------------------------------------------------
build/unit-coverage | tail -n 1
$LAB --help >/dev/null
# Whoever watches a box has joined its user namespace, and counts there.
find build/objects-coverage -name '*.gcda' -exec chmod 666 {} +
find tests/mistakes tests/rightways -name '*.c' | sort |
    xargs -P "$cores" -n 1 sh tests/prove/one.sh >$folder/corpus
printf 'corpus: %d as wanted, %d not\n' \
    "$(grep -c '^ok' $folder/corpus)" "$(grep -c '^not ok' $folder/corpus)"
for chain in solutions steps+solutions; do
	for step in tests/mistakes/*/; do
		$LAB check "$(basename "$step")" --quiet --seed 1 \
		    --programs build/$chain || [ $? -eq 1 ]
	done
done

# --- counting ---------------------------------------------------------------
# "FILE LINES RUN": what gcov says of each source of a room.
count() {
	for source in tests/"$1"/*.c; do
		gcov --no-output --object-directory \
		    "build/objects-coverage/$1/$(basename "$source" .c).o" \
		    "$source" 2>/dev/null |
		    awk -F "[':% ]+" -v file="$source" '
		    /^File/ { wanted = $2 == file }
		    wanted && /^Lines executed/ {
			printf "%s %d %d\n", file, $5, $3 * $5 / 100 + 0.5
			wanted = 0 }'
	done
}

status=0
for room in $rooms; do
	count "$room" >"$folder/$room"
	awk -v room="tests/$room" -v wanted="${1:-95}" '
	{ printf "%6.2f %%  %4d of %4d lines  %s\n", 100 * $3 / $2, $3, $2, $1
	  lines += $2; run += $3 }
	END { printf "%6.2f %%  %4d of %4d lines  %s\n\n",
	      100 * run / lines, run, lines, room
	      exit 100 * run / lines <= wanted }
	' "$folder/$room" || status=1
done
exit $status
