#!/bin/sh
# A board that was cut off, or damaged, at every byte
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
make_conf
check 'cut off at any byte, all that is whole is found; so is it beside damage' \
    "$tools/torn" "$bbserve" "$work/bb.conf" "$work/bbfile"
exit $failed
