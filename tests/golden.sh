#!/bin/sh
# golden.sh FOLDER - writes FOLDER/{en,fr}/NN-name.txt: what a student reads of
# each named mistake, from what build/seen holds of it
set -eu
for language in en fr; do
	mkdir -p "$1/$language"
	for folder in tests/mistakes/*/; do
		step=$(basename "$folder")
		LAB_LANG=$language build/corpus feedback "$step" \
		    >"$1/$language/$step.txt"
	done
done
