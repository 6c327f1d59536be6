#!/bin/sh
# A process for each connection: ucspi-tcp's tcpserver, ipsvd's tcpsvd, inetd
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
# shellcheck source=tests/capstone/service.sh
. tests/capstone/service.sh
needs 'under tcpserver, tcpsvd and inetd' tcpserver tcpsvd inetd supervise
board=/var/lib/bbserve/bbfile

# serves_many NAME - several at once share the board
serves_many() {
	serves "$1: it serves"
	before=$(wc -l <$board)
	check "$1: ten at once are served without an error" \
	    "$tools/load" $port post 10 0 1
	read -r replies _ <"$work/out"
	after=$(wc -l <$board)
	# Of each client one reply is a greeting; its last one may be under way.
	check "$1: all that they have written is there" \
	    [ $((after - before)) -ge $((replies - 10)) ]
}

# rereads NAME - each process reads the configuration
rereads() {
	forbid
	converse 'USER ann\nWRITE hello\nQUIT\n' >"$work/replies"
	allow
	check "$1: each connection obeys the configuration of its time" \
	    grep -q '^530 ' "$work/replies"
}

# is_shut NAME
is_shut() {
	converse 'QUIT\n' >"$work/replies" 2>"$work/err"
	check "$1: nobody listens any more" [ ! -s "$work/replies" ]
}

# supervised NAME WORDS - which its program says when it listens
supervised() {
	service=/run/service/$1 log=$work/$1.log
	status="svstat $service"
	put 755 "$1-run" "$service/run"
	supervise "$service" >"$log" 2>&1 &
	supervisor=$!
	await line "$log" "$2"
	check "$1: it starts, and svstat tells" expr "$($status)" : \
	    "$service: up (pid [0-9]*) "
	serves_many "$1"
	check "$1: its log says who came" \
	    grep -q 'end [0-9]* \(status\|exit\) 0' "$log"
	rereads "$1"
	svc -d "$service"
	await_status "$service/supervise" ': down '
	is_shut "$1"
	svc -x "$service"
	wait $supervisor
	rm $board
}

# until_it_listens - inetd tells nobody when it does; then it is left alone
until_it_listens() {
	await line "$work/listens" 'listen('
	kill -INT $tracer
	wait $tracer
}

supervised tcpserver 'status: 0/100'
supervised tcpsvd 'listening on'

# --- inetd ------------------------------------------------------------------
put 644 inetd.conf /etc/inetd.conf
echo 'write unknown' >>/etc/bb.conf
strace -I 2 -f -e trace=listen -o "$work/listens" inetd &
tracer=$!
until_it_listens
read -r pid </run/inetd.pid
check 'inetd: it starts, and its pid file tells' \
    [ "$(cat "/proc/$pid/comm")" = inetd ]
serves_many inetd
rereads inetd
strace -I 2 -p "$pid" -e trace=listen -o "$work/listens" 2>"$work/attached" &
tracer=$!
await line "$work/attached" attached
sed -i s/:2020/:2021/ /etc/inetd.conf
kill -HUP "$pid"
until_it_listens
is_shut 'inetd, reloaded'
port=2021
serves 'inetd: reloaded, it listens where it shall'

# --- what is wrong is no client's business -----------------------------------
echo nonsense >>/etc/bb.conf
converse 'QUIT\n' >"$work/replies"
check 'inetd: of a wrong configuration a client is told nothing' \
    [ ! -s "$work/replies" ]
sed -i /nonsense/d /etc/bb.conf
echo 'errors /var/lib/bbserve/errors' >>/etc/bb.conf
mv $board $board.good
cp /etc/passwd $board
converse 'QUIT\n' >"$work/replies"
check 'inetd: nor of a board that is none' [ ! -s "$work/replies" ]
check 'inetd: that is in the file for errors' \
    grep -q 'bbfile: ' /var/lib/bbserve/errors
mv $board.good $board
kill "$pid"
await end "$pid"
is_shut inetd
exit $failed
