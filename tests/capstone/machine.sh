#!/bin/sh
# machine.sh COMMAND... - run a command on a machine of its own, as its root
#
# Namespaces hide all that the command does: its processes die with it, its
# ports are no one else's, and what it writes into /etc, /var and /run is
# gone. The service stands there as an administrator would install it: the
# program in /usr/local/sbin, the files of solutions/capstone in their places,
# the users that they name. What unpack.sh has brought lies in /usr.
#
# An ordinary user is root there too, where newuidmap(1) and his subordinate
# ids let him be several users. Status 77 where there can be no machine; why
# is said in build/machine.log.
set -u
cd "$(dirname "$0")/../.." || exit 99
PATH=$PATH:/usr/sbin:/sbin
share='--mount --pid --net --ipc --uts --fork --kill-child --mount-proc'

if [ "${1-}" != --inside ]; then
	[ "$(id -u)" -eq 0 ] || share="--map-root-user --map-auto $share"
	# shellcheck disable=SC2086 # words
	unshare $share true 2>build/machine.log || exit 77
	# shellcheck disable=SC2086
	exec unshare $share sh "$PWD/tests/capstone/machine.sh" --inside "$@"
fi
shift
umask 022
# The first process of a machine is sent no signal that it doesn't wait for.
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

machine=$PWD/build/machine
packages=$PWD/build/packages
files=$PWD/solutions/capstone

make_users() {
	{
		grep -v -e '^bbserve:' -e '^log:' -e '^nobody:' /etc/passwd
		echo 'nobody:x:65534:65534:::/bin/false'
		echo 'bbserve:x:990:990::/var/lib/bbserve:/bin/false'
		echo 'log:x:991:991::/var/log:/bin/false'
	} >"$1/passwd"
	{
		grep -v -e '^bbserve:' -e '^log:' -e '^nogroup:' /etc/group
		echo 'nogroup:x:65534:'
		echo 'bbserve:x:990:'
		echo 'log:x:991:'
	} >"$1/group"
	# Nobody else answers for users: no nscd, no directory server.
	echo 'passwd: files
group: files
hosts: files
services: files' >"$1/nsswitch.conf"
}

make_devices() {
	mkdir -p "$1/pts" "$1/shm"
	for name in null zero full random urandom tty; do
		: >"$1/$name"
		mount --bind /dev/$name "$1/$name"
	done
	ln -s /proc/self/fd "$1/fd"
	mount --move "$1" /dev
}

# overlay FOLDER LOWER [WRITABLE] - what LOWER has is seen in FOLDER as well
overlay() {
	mount -t overlay -o \
	    "lowerdir=$2${3:+,upperdir=$3,workdir=$3.work}" overlay "$1"
}

has_ipv6() { grep -q ' lo$' /proc/net/if_inet6; }

prepare() {
	set -e
	mkdir -p "$machine"
	mount -t tmpfs machine "$machine"
	# Folders of /etc that are there already aren't an ordinary user's.
	for folder in etc/logrotate.d etc/rsyslog.d etc/sv etc.work \
	    usr/local/sbin dev; do
		mkdir -p "$machine/$folder"
	done
	mkdir -p "$packages/usr"
	make_users "$machine/etc"
	cp "$files/bb.conf" "$machine/etc/"
	# With root's own umask; whoever it is must be able to run it.
	install -m 755 "${BBSERVE:-build/capstone/solutions/bbserve}" \
	    "$machine/usr/local/sbin/bbserve"
	overlay /usr "$machine/usr:$packages/usr:/usr"
	overlay /etc /etc "$machine/etc"
	for folder in /var/lib /var/log /run /srv; do
		mount -t tmpfs -o mode=755 machine $folder
	done
	mount -t tmpfs -o mode=755 machine "$machine/dev"
	make_devices "$machine/dev"
	install -d -o bbserve -g bbserve /var/lib/bbserve
	install -d -o log -g log /var/log/bbserve
	ip link set lo up
	has_ipv6 || sed -i '/^listen \[/d' /etc/bb.conf
}

# In a shell of its own: that of `||` wouldn't stop at an error.
(prepare) 2>build/machine.log
# shellcheck disable=SC2181
[ $? -eq 0 ] || exit 77
MACHINE=1
export MACHINE
"$@"
