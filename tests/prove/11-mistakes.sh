#!/bin/sh
# The named mistakes get their feedback, and the other right ways pass
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

make -s -j "$cores" build/lab build/locale || exit 99
make -s -j "$cores" STEPS=solutions programs || exit 99
find tests/mistakes tests/rightways -name '*.c' | sort |
    xargs -P "$cores" -n 1 sh tests/prove/one.sh
