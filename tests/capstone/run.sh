#!/bin/sh
# run.sh [SIZE] - all tests of bbserve, small; or, with `long`, at full size
#
# Each can be run alone: classic.sh [STARTS], supervised.sh [IDLE],
# torture.sh [KILLS WRITERS], garbage.sh [LINES], fuzz.sh [SECONDS],
# torn.sh, manners.sh, busy.sh [IDLE BUSY SECONDS].
cd "$(dirname "$0")/../.." || exit 99
case ${1-} in
long)	starts=100 idle=1000 kills=1000 lines=1000000 seconds=600 ;;
*)	starts=20 idle=100 kills=40 lines=20000 seconds=10 ;;
esac
make -s STEPS=solutions capstone-programs || exit 99
failed=0
for test in "classic.sh $starts" "supervised.sh $idle" manners.sh torn.sh \
    "torture.sh $kills 50" "busy.sh $idle 50 $((seconds / 10))" \
    "garbage.sh $lines" "fuzz.sh $seconds"; do
	# shellcheck disable=SC2086 # a name and its arguments
	sh tests/capstone/$test || failed=1
done
exit $failed
