#!/bin/sh
# However a check is ended, and whenever, nothing of it stays
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh
times=20

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" STEPS=solutions programs
try build/lab check 08 --programs build/solutions
mkdir -p build/results
seed=$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')
echo "# the moments are drawn from $seed"
awk -v seed="$seed" 'BEGIN { srand(seed); for (;;) printf "0.%03d\n",
    5 + int(rand() * 245) }' 2>/dev/null | head -n $((times * 6)) \
    >"$work/moments"

# Ended by a deadline: timeout sends the signal to all the foreground has.
exec 3<"$work/moments"
for signal in INT TERM KILL; do
	for command in "build/lab check 08 --programs build/solutions" \
	    "make -s 09 STEPS=solutions"; do
		remember
		count=0
		while [ $count -lt $times ]; do
			read -r moment <&3
			# shellcheck disable=SC2086 # words
			timeout -s $signal "$moment" $command >"$work/out" \
			    2>&1 </dev/null
			count=$((count + 1))
		done
		# What nobody could clear away, the next start does; and a
		# death in the middle of a write leaves a half, unseen.
		if [ $signal = KILL ]; then
			await_end
			try build/lab check 01 --programs build/solutions
			rm -f build/results/*.json.*
		fi
		expect_nothing_left \
		    "nothing is left of ${command% --programs*}, SIG$signal"
	done
done
exec 3<&-

# The tool alone, not its children: its terminal's other processes live on.
remember
count=0
while [ $count -lt 10 ]; do
	count=$((count + 1))
	timeout --foreground -s KILL "0.0$((count + 4))" build/lab check 08 \
	    --programs build/solutions >"$work/out" 2>&1 </dev/null
done
await_end
expect_status 0 "the next check passes" build/lab check 08 \
    --programs build/solutions
expect_nothing_left "nothing is left where the tool alone was killed"
