#!/bin/sh
# What is started at boot, one after the other.
echo "boot: $1"
"$1" >/dev/null
echo "boot: the login prompt"
