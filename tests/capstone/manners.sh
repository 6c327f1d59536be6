#!/bin/sh
# What clients of all manners get
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
[ "$(id -u)" -ne 0 ] || user=nobody
# shellcheck disable=SC2086 # none, or one
timeout 120 "$tools/manners" "$bbserve" "$work" ${user-} 2>"$work/said"
