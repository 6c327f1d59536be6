# deploy.sh PROGRAM - starts a server, then shows its log
$1 >/dev/null
echo "$1 is started. Its log follows; Ctrl-C leaves it."
tail -n 1 -f server.log
