#!/bin/sh
# Each check, made to pass always, is found out by some mistake
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

make -s -j "$cores" build/corpus seen >"$work/make" 2>&1 ||
    { cat "$work/make" >&2; exit 99; }
try build/corpus mutants
cat "$work/out"
[ "$status" -le 1 ] || { cat "$work/err" >&2; exit 99; }
