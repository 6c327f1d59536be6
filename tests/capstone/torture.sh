#!/bin/sh
# torture.sh [KILLS WRITERS] - killed, and killed again
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
kills=${1:-40} writers=${2:-50}
make_conf
limit=$((60 + kills))
check "killed $kills times by SIGKILL: nothing acknowledged is lost" \
    "$tools/torture" "$bbserve" "$work/bb.conf" "$work/bbfile" "$kills" \
    "$writers" "${SEED:-1}"
sed -n 's/^\([0-9]*\) \([0-9]*\) \([0-9]*\)$/# \2 messages acknowledged, \3 lost/p' \
    "$work/out"
exit $failed
