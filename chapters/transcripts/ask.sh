# ask.sh COMMAND... - asks the board on port 119, and shows the replies
exec 3<>/dev/tcp/127.0.0.1/119
printf '%s\n' "$@" QUIT >&3
tr -d '\r' <&3
