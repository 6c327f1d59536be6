# logger.sh FILE - adds each line of its standard input to the file
while read -r line; do
	echo "$line" >>"$1"
done
