#!/bin/sh
# Server $1 has the screen $2 as soon as process $3, its shell, has ended.
tail --pid="$3" -f /dev/null
"$1" --open-terminal "$2" >/dev/null
