# supervise.sh COMMAND... - starts it again when it ends; SIGTERM stops both
say() { echo "supervise: $*" >&2; }
trap 'kill "$child"; wait "$child"; say "$1 is down"; exit' TERM
for start in first second third; do
	say "$start start of $1"
	"$@" &
	child=$!
	wait "$child"
	say "$1 has ended, status $?"
done
say "three times is enough: $1 is down"
