# start.sh - start the server, unless it is running already
mark=/run/server.started
if [ -e $mark ]; then
	echo "$1 is running already"
	exit 1
fi
touch $mark
"$1" >/dev/null
