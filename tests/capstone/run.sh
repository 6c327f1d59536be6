#!/bin/sh
# run.sh [long] - all tests of bbserve, small, or at full size
#
# Each can be run alone, and says in its first lines what it takes. Each has a
# machine of its own, so as many run at once as there are cores; but at full
# size, where memory and time are looked at, one.
cd "$(dirname "$0")/../.." || exit 99
case ${1-} in
'')	starts=100 kills=40 lines=20000 busy='100 50 1' seconds=2 rounds=3
	lanes=$(getconf _NPROCESSORS_ONLN) ;;
long)	starts=1000 kills=1000 lines=1000000 busy='1000 50 60' seconds=600
	rounds=50 lanes=1 ;;
*)	echo "usage: run.sh [long]" >&2; exit 2 ;;
esac
results=build/test/capstone
rm -rf $results
mkdir -p $results

build() { make -s -j "$lanes" STEPS=solutions "$@"; }
build capstone-programs && build SANITIZE=1 capstone-programs || exit 99
fuzzers=
if command -v clang >/dev/null; then
	fuzzers="fuzz.sh $seconds"
	build build/capstone/fuzz-board build/capstone/fuzz-protocol || exit 99
fi

# What takes longest comes first.
cat >$results/list <<END
$fuzzers
runit.sh $rounds
daemontools.sh $rounds
s6.sh $rounds
garbage.sh $lines
torture.sh $kills 50
busy.sh $busy
supervised.sh 1000 2
servers.sh
rotation.sh $rounds
classic.sh $starts
torn.sh
manners.sh
systemd.sh
syslog.sh
END
# shellcheck disable=SC2016 # sh's
xargs -P "$lanes" -L 1 sh -c 'sh "tests/capstone/$@" >"$0/$1.log" 2>&1 ||
    echo "$1" >>"$0/failed"' $results <$results/list
while read -r test _; do
	[ -z "$test" ] || cat "$results/$test.log"
done <$results/list
while read -r test; do
	grep -q '^not ok' "$results/$test.log" ||
	    echo "not ok - tests/capstone/$test runs to its end"
done 2>/dev/null <$results/failed
[ ! -f $results/failed ]
