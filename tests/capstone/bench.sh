#!/bin/sh
# bench.sh [ROUNDS] - bbserve beside redis and nginx, in turn, as ratios
#
# Each is a daemon of one process that listens on loopback (nginx: and its
# worker). redis and bbserve have each message on the disk before they answer.
# As root, bbserve becomes another user, in a jail. A start is from the command
# to its end and to the first right answer, whatever comes later.
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/capstone/lib.sh
. tests/capstone/lib.sh
rounds=${1:-9}
for tool in redis-server nginx; do
	command -v $tool >/dev/null || {
		echo "bench.sh: install redis-server and nginx" >&2
		exit 77
	}
done
redis_port=$((port + 1)) nginx_port=$((port + 2))
mkdir -p "$work/redis" "$work/nginx"
if [ "$(id -u)" -eq 0 ]; then
	make_jail
	configure 'clients 1000'
else
	conf=$work/bb.conf
	printf '%s\n' "listen 127.0.0.1:$port" 'write 127.' \
	    "pid-file $work/bb.pid" "log $work/bb.log" >"$conf"
fi
cat >"$work/nginx.conf" <<EOF
pid $work/nginx.pid;
error_log $work/nginx.log;
worker_processes 1;
events { }
http {
	access_log off;
	client_body_temp_path $work/nginx/body;
	proxy_temp_path $work/nginx/proxy;
	fastcgi_temp_path $work/nginx/fastcgi;
	uwsgi_temp_path $work/nginx/uwsgi;
	scgi_temp_path $work/nginx/scgi;
	server { listen 127.0.0.1:$nginx_port; }
}
EOF

# start NAME - with what it left the last time; prints the microseconds
start() {
	case $1 in
	bbserve) "$tools/start" "$port" LIST 220 "$bbserve" \
	    -c "$conf" -f "$work/bbfile" ;;
	redis) "$tools/start" $redis_port PING '+PONG' redis-server \
	    --port $redis_port --appendonly yes --appendfsync always \
	    --save '' --dir "$work/redis" --daemonize yes \
	    --pidfile "$work/redis.pid" --logfile "$work/redis.log" ;;
	nginx) "$tools/start" $nginx_port 'GET / HTTP/1.0' HTTP nginx \
	    -c "$work/nginx.conf" -p "$work" ;;
	esac
}

pids() {
	case $1 in
	bbserve) cat "$work/bb.pid" ;;
	redis) cat "$work/redis.pid" ;;
	nginx) cat "$work/nginx.pid" && pgrep -P "$(cat "$work/nginx.pid")" ;;
	esac
}

stop() {
	pids "$1" >"$work/pids"
	read -r pid <"$work/pids"
	kill "$pid"
	while read -r pid; do
		timeout 20 tail -s 0.01 --pid="$pid" -f /dev/null
	done <"$work/pids"
}

# memory NAME FIELD - kB of all its processes: Rss, Pss, Private_Dirty
memory() {
	pids "$1" | while read -r pid; do cat "/proc/$pid/smaps_rollup"; done |
	    awk -v field="$2:" '$1 == field { sum += $2 } END { print sum }'
}

# rate NAME PORT KIND WHAT - replies a second to 50 clients
rate() {
	"$tools/load" "$2" "$3" 50 0 2 | cut -d ' ' -f 3 >>"$work/$4.$1"
}

round=0
while [ $round -le "$rounds" ]; do
	for name in bbserve redis nginx; do
		start $name >"$work/took" || exit 99
		# The first start of all makes the files.
		[ $round -eq 0 ] || cat "$work/took" >>"$work/start.$name"
		for field in Rss Pss Private_Dirty; do
			memory $name $field >>"$work/$field.$name"
		done
		stop $name
	done
	round=$((round + 1))
done
start bbserve >/dev/null && start redis >/dev/null || exit 99
while [ $((round -= 1)) -gt 0 ]; do
	rate bbserve "$port" post post
	rate redis $redis_port rpush post
	rate bbserve "$port" read read
	rate redis $redis_port lindex read
done
stop bbserve
stop redis

# median FILE
median() {
	sort -n "$1" | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }'
}

# line WORDS FILE - ours; theirs, and ours as a part of it
line() {
	ours=$(median "$work/$2.bbserve")
	printf '%-32s%8d' "$1" "$ours"
	for name in redis nginx; do
		[ ! -f "$work/$2.$name" ] || median "$work/$2.$name" |
		    awk -v ours="$ours" '{ printf "%8d %5.2f", $1, ours / $1 }'
	done
	echo
}
printf '%-32s%8s%8s %5s%8s %5s\n' "median of $rounds" bbserve redis ratio \
    nginx ratio
line 'durable posts a second' post
line 'reads a second' read
line 'start to answer, microseconds' start
line 'memory at rest, PSS in kB' Pss
line 'its own, written pages in kB' Private_Dirty
line 'with all that is shared, RSS' Rss
