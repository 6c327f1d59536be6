# install.sh PROGRAM - starts a server, and shows what it said
echo "starting $1"
said=$($1)
echo "it said: $said"
