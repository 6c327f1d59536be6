# shellcheck shell=sh disable=SC2034,SC2154 # what others use, or have set
# service.sh - what the tests of bbserve, installed, share
#
# Behind lib.sh; $log is the file that its messages come to. The files are
# those of solutions/capstone, as they are delivered. A test that makes load
# takes the number of its ROUNDS.
files=solutions/capstone
port=2020 # bb.conf's

# put MODE FILE TO - one of the files, in its place
put() {
	mkdir -p "$(dirname "$3")"
	install -m "$1" "$files/$2" "$3"
}

# serves SENTENCE - a client writes, and another reads what he wrote
serves() {
	converse 'USER ann\nWRITE hello\nQUIT\n' >"$work/wrote"
	number=$(sed -n 's/^250 \([0-9]*\)$/\1/p' "$work/wrote")
	converse "READ $number\nQUIT\n" >"$work/replies"
	check "$1" grep -q "^211 $number .* ann hello\$" "$work/replies"
}

# forbid - nobody may write any more, says bb.conf; allow - they may again
forbid() {
	cp /etc/bb.conf "$work/allowed"
	sed -i '/^write/d' /etc/bb.conf
}
allow() { cp "$work/allowed" /etc/bb.conf; }

# reloads SENTENCE COMMAND... - the command has it read bb.conf again
reloads() {
	sentence=$1
	shift
	times=$(grep -c reloaded "$log")
	forbid
	"$@" >"$work/out" 2>"$work/err" || not_ok "$*" "$work/err"
	await line "$log" reloaded $((times + 1))
	converse 'USER ann\nWRITE hello\nQUIT\n' >"$work/replies"
	allow
	check "$sentence" grep -q '^530 ' "$work/replies"
}

# is_users PID USER SENTENCE
is_users() {
	check "$3" [ "$(stat -c %U "/proc/$1")" = "$2" ]
}

# count_knocks FILE... - the connections that are logged in these
count_knocks() { cat "$@" | grep -c ' clients, and 127.0.0.1$'; }

# knock_and COMMAND... - while many knock, on a bbserve that is verbose, the
# command is run, and that again and again; $knocks counts them
knocks=0 ROUNDS=${1:-3}
knock_and() {
	round=0
	while [ $round -lt "$ROUNDS" ]; do
		"$tools/knock" $port 2000 2>"$work/knock" &
		knocker=$!
		"$@"
		wait $knocker || not_ok 'who knocks is let in' "$work/knock"
		knocks=$((knocks + 2000))
		round=$((round + 1))
	done
}

# await_status FILE WORDS - $status, when it changes, says these words
await_status() {
	await that "$1" sh -c "$status 2>&1 | grep -q -e '$2'"
}

# await_last WORDS - the last line of the log has them
await_last() {
	await that "$log" sh -c "tail -n 1 $log | grep -q -e '$1'"
}
