#!/bin/sh
# soak.sh [chains|mistakes] [N] - the same again, on a machine that is too busy
#
# N times (300) the whole chain of solutions, whose verdicts must stay those of
# the quiet machine while BUSY processes on each core (4) never rest; or N times
# (20) all named mistakes and other right ways, BUSY on each core at a time:
# they must get what their headers say.  The last line counts; status 1 if a
# verdict was wrong or something was left behind.
cd "$(dirname "$0")/.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh
usage() { echo "usage: soak.sh [chains|mistakes] [N]" >&2; exit 2; }
case ${1-chains} in
chains) times=${2:-300} ;;
mistakes) times=${2:-20} ;;
*) usage ;;
esac
case $times in *[!0-9]*) usage ;; esac

busy=
rest() {
	# shellcheck disable=SC2086 # a list of PIDs
	[ -z "$busy" ] || kill $busy 2>/dev/null
	busy=
}
trap rest EXIT
trap 'exit 99' HUP INT TERM

# chain FILE - one line for each verdict: step, property, status
chain() {
	for name in $names; do
		rm -f "$work/result.json"
		try build/lab check "$name" --programs build/solutions \
		    --quiet --json "$work/result.json"
		echo "$name whole $status"
		[ ! -f "$work/result.json" ] || awk -F '"' -v name="$name" '
		$2 == "id"               { id = $4 }
		$2 == "status" && id     { print name, id, $4; id = "" }
		' "$work/result.json"
	done >"$1"
}

burden() {
	while [ "$(echo "$busy" | wc -w)" -lt $((cores * ${BUSY:-4})) ]; do
		sh -c 'while :; do :; done' &
		busy="$busy $!"
	done
}

make -s -j "$cores" build/lab build/locale || exit 99
make -s -j "$cores" STEPS=solutions programs || exit 99
remember
verdicts=0 wrong=0 number=0
if [ "${1-chains}" = chains ]; then
	chain "$work/quiet"
	burden
fi
while [ $number -lt "$times" ]; do
	number=$((number + 1))
	if [ "${1-chains}" = mistakes ]; then
		KEEP=1 SEED=$number JOBS=$((cores * ${BUSY:-4})) \
		    sh tests/prove/11-mistakes.sh >"$work/loaded" 2>&1
		grep -v '^ok' "$work/loaded" >"$work/difference"
		bad=$(grep -c '^not ok' "$work/loaded")
	else
		chain "$work/loaded"
		diff "$work/quiet" "$work/loaded" >"$work/difference"
		bad=$(grep -c '^>' "$work/difference")
	fi
	verdicts=$((verdicts + $(wc -l <"$work/loaded")))
	wrong=$((wrong + bad))
	sed "s/^/$number: /" "$work/difference"
done
rest
expect_nothing_left "nothing is left behind" >"$work/leftovers"
grep -q '^ok' "$work/leftovers" || cat "$work/leftovers"
echo "$times times, $verdicts verdicts, $wrong wrong"
[ $wrong -eq 0 ] && [ $verdicts -gt 0 ] && grep -q '^ok' "$work/leftovers"
