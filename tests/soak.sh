#!/bin/sh
# soak.sh [N] - N whole chains of solutions on a machine that is too busy
#
# Four processes that never rest on each core; the verdicts must stay those
# of the quiet machine.  The last line counts; status 1 if one has changed or
# something was left behind.
cd "$(dirname "$0")/.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh
chains=${1:-300}
case $chains in
'' | *[!0-9]*) echo "usage: soak.sh [N]" >&2; exit 2 ;;
esac

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

make -s -j "$cores" build/lab build/locale || exit 99
make -s -j "$cores" STEPS=solutions programs || exit 99
remember
chain "$work/quiet"
while [ "$(echo "$busy" | wc -w)" -lt $((cores * 4)) ]; do
	sh -c 'while :; do :; done' &
	busy="$busy $!"
done

verdicts=0 changed=0 number=0
while [ $number -lt "$chains" ]; do
	number=$((number + 1))
	chain "$work/loaded"
	verdicts=$((verdicts + $(wc -l <"$work/loaded")))
	if ! diff "$work/quiet" "$work/loaded" >"$work/difference"; then
		changed=$((changed + $(grep -c '^>' "$work/difference")))
		sed "s/^/chain $number: /" "$work/difference"
	fi
done
rest
expect_nothing_left "nothing is left behind" >"$work/leftovers"
grep -q '^ok' "$work/leftovers" || cat "$work/leftovers"
echo "$chains chains, $verdicts verdicts, $changed changed"
[ $changed -eq 0 ] && [ $verdicts -gt 0 ] && grep -q '^ok' "$work/leftovers"
