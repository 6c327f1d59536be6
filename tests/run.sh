#!/bin/sh
# run.sh [NAME] - runs the proofs of the lab itself: tests/prove/NN-name.sh
#
# Each prints "ok - sentence", "not ok - sentence" with "# ..." lines below,
# or "ok - sentence # SKIP reason".  Shown are each script's heading, what
# failed and what was skipped; the last line counts.  NAME is 05, modes or
# 05-modes.  What is made goes below build/test.
set -eu
cd "$(dirname "$0")/.."

# A goal's own settings are not the tests': each says which it wants.
unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL LAB_BOX ASAN_OPTIONS \
    UBSAN_OPTIONS
LAB_LANG=en LC_ALL=C.UTF-8 PATH=$PATH:/usr/sbin:/sbin
export LAB_LANG LC_ALL PATH

# "failure", "skip" and "count" lines from a script's own.
digest() {
	awk '
	/^ok - .* # SKIP/ { skipped++; sub(/^ok - /, ""); sub(/ # SKIP /, ": ")
	                    print "  skipped  " $0; failing = 0; next }
	/^ok - /          { passed++; failing = 0; next }
	/^not ok - /      { failed++; failing = 1; sub(/^not ok - /, "")
	                    print "  FAILED   " $0; next }
	failing && /^#/   { sub(/^# ?/, ""); print "           " $0 }
	END { printf "%d %d %d\n", passed, failed, skipped >counts }
	' counts="$2" "$1"
}

wanted=${1-}
passed=0 failed=0 skipped=0
mkdir -p build/test
for script in tests/prove/[0-9][0-9]-*.sh; do
	name=$(basename "$script" .sh)
	case $wanted in
	'' | "$name" | "${name%%-*}" | "${name#*-}") ;;
	*) continue ;;
	esac
	log=build/test/$name.log
	start=$(date +%s)
	status=0
	echo "$name"
	sh "$script" >"$log" 2>"$log.errors" </dev/null || status=$?
	if [ $status -ne 0 ] || ! grep -q '^\(not \)\{0,1\}ok - ' "$log"; then
		{
			echo "not ok - $script runs to its end"
			echo "# status $status; what it said last:"
			tail -n 20 "$log.errors" | sed 's/^/# /'
		} >>"$log"
	fi
	digest "$log" "$log.counts"
	read -r good bad left <"$log.counts"
	passed=$((passed + good)) failed=$((failed + bad))
	skipped=$((skipped + left))
	echo "  $good passed, $(($(date +%s) - start)) s"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
