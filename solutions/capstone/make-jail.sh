#!/bin/sh
# make-jail.sh DIRECTORY USER CONF - makes the jail that bbserve(8) describes
#
# In it: the user, the configuration, a folder for the log, and the jail's own
# outer name, so that /srv/bb/etc/bb.conf is found by that name inside as well.
set -eu
[ $# -eq 3 ] || { echo "usage: make-jail.sh DIRECTORY USER CONF" >&2; exit 2; }
jail=$1 user=$2
case $jail in /*[!/]) ;; *) echo "make-jail.sh: an absolute path" >&2; exit 2 ;; esac

mkdir -p "$jail/etc" "$jail/log" "$jail$(dirname "$jail")"
getent passwd root "$user" >"$jail/etc/passwd"
getent group root "$(id -gn "$user")" >"$jail/etc/group"
chown "$user:" "$jail/log"
cp "$3" "$jail/etc/bb.conf"
ln -sfn / "$jail$jail"
echo "In bb.conf: jail $jail, log $jail/log/bbserve.log" >&2
echo "Start it with: bbserve -c $jail/etc/bb.conf -f ..." >&2
