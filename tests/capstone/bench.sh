#!/bin/sh
# bench.sh [ROUNDS] - bbserve beside redis and nginx, in turn, as ratios
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
make -s STEPS=solutions capstone-programs || exit 99
make_conf
echo "pid-file $work/bb.pid
log $work/bb.log" >>"$work/bb.conf"
redis_port=$((port + 1)) nginx_port=$((port + 2))
mkdir -p "$work/redis"
cat >"$work/nginx.conf" <<EOF
pid $work/nginx.pid;
error_log $work/nginx.log;
worker_processes 1;
events { }
http { access_log off; server { listen 127.0.0.1:$nginx_port; } }
EOF

# start NAME - with its data of the last time; prints the microseconds
start() {
	case $1 in
	bbserve) "$tools/start" "$port" LIST 220 "$bbserve" \
	    -c "$work/bb.conf" -f "$work/bbfile" ;;
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

# rate PORT KIND - replies a second to 50 clients
rate() { "$tools/load" "$1" "$2" 50 0 2 | cut -d ' ' -f 3; }

# median FILE
median() { sort -n "$1" | awk '{ n[NR] = $1 } END { print n[int((NR + 1) / 2)] }'; }

round=0
while [ $round -lt "$rounds" ]; do
	for name in bbserve redis nginx; do
		start $name >>"$work/start.$name"
		for field in Rss Pss Private_Dirty; do
			memory $name $field >>"$work/$field.$name"
		done
		case $name in
		bbserve)
			rate "$port" post >>"$work/post.$name"
			rate "$port" read >>"$work/read.$name" ;;
		redis)
			rate $redis_port rpush >>"$work/post.$name"
			rate $redis_port lindex >>"$work/read.$name" ;;
		esac
		stop $name
	done
	rm -rf "$work/redis" "$work/bbfile"
	mkdir "$work/redis"
	round=$((round + 1))
done

# line WORDS FILE NAME
line() {
	ours=$(median "$work/$2.bbserve") theirs=$(median "$work/$2.$3")
	awk -v ours="$ours" -v theirs="$theirs" -v words="$1" -v name="$3" \
	    'BEGIN { printf "%-32s %9d   %-6s %9d   ratio %.2f\n", words,
	    ours, name, theirs, ours / theirs }'
}
line 'durable posts a second' post redis
line 'reads a second' read redis
line 'start to answer, microseconds' start redis
line 'start to answer, microseconds' start nginx
line 'memory at rest, RSS in kB' Rss redis
line 'memory at rest, PSS in kB' Pss redis
line 'memory at rest, own pages in kB' Private_Dirty redis
line 'memory at rest, own pages in kB' Private_Dirty nginx
