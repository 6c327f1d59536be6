#!/bin/sh
# The named mistakes get their feedback, and the other right ways pass, with
# optimisation and without
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# What all of them share is built first, not by all of them at once.
make -s build/.packages-test || exit 99
make -s -j "$cores" build/lab build/locale || exit 99
make -s -j "$cores" STEPS=solutions programs || exit 99
make -s -j "$cores" STEPS=solutions OPTIMISE=-O0 programs || exit 99
find tests/mistakes tests/rightways -name '*.c' | sort |
    xargs -P "${JOBS:-$cores}" -n 1 sh tests/prove/one.sh
# A mistake may be told otherwise without optimisation: undefined behaviour.
find tests/rightways -name '*.c' | sort |
    xargs -P "${JOBS:-$cores}" -I '{}' sh tests/prove/one.sh '{}' -O0
