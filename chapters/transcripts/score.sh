# score.sh TRACE... - a process after the other: what it called, in its order
for trace; do
	echo "process ${trace##*.}"
	# Not what others' files hold, what the C library opens, and addresses.
	sed -n -E -e '/^read\(3, "(\\n|", 1022)/b say' -e '/^read|"20/d' \
	    -e '/^(openat|connect)/{/bb\.|null|log|bbfile/!d;/null.*= 3/d}' \
	    -e '/^[a-z]/!d' -e ':say' -e 's/clone\(.*\)/clone(...)/' \
	    -e 's/AT_FDCWD, |, sin_addr.*"\)|\|O_(NOCTTY|NOFOLLOW|CLOEXEC)//g' \
	    -e 's/"\/\//"\//; s/ +=/ =/; s/^/  /p' "$trace"
done
