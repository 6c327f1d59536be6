#!/bin/sh
# unpack.sh - the programs that bbserve is proved with, in build/packages/
#
# Installed, they would start services, take ports and write below /etc. So
# they are downloaded, with what they need and this machine lacks, and only
# unpacked: apt-get looks after signatures and versions, and needs no root.
# A test whose program is missing is skipped, and says so.
set -eu
cd "$(dirname "$0")/../.."
packages='daemontools execline ipsvd logrotate openbsd-inetd rsyslog runit s6
systemd ucspi-tcp'
archives=$PWD/build/packages/archives

command -v apt-get >/dev/null || {
	echo "unpack.sh: no apt-get here; wanted: $packages" >&2
	exit 77
}
download() {
	# shellcheck disable=SC2086 # words
	apt-get install -y --download-only --no-upgrade \
	    --no-install-recommends -o Debug::NoLocking=true \
	    -o Dir::Cache::archives="$archives/" $packages \
	    >build/packages/log 2>&1
}

rm -rf build/packages
mkdir -p "$archives/partial" build/packages/usr
for folder in bin sbin lib lib64; do
	mkdir build/packages/usr/$folder
	ln -s usr/$folder build/packages/$folder
done
if ! download; then
	[ "$(id -u)" -ne 0 ] || apt-get update >build/packages/log 2>&1 || :
	download || { tail -n 5 build/packages/log >&2; exit 77; }
fi
for archive in "$archives"/*.deb; do
	[ ! -f "$archive" ] || dpkg-deb --fsys-tarfile "$archive" |
	    tar -x -C build/packages --keep-directory-symlink \
	    --no-same-owner
done
rm -rf "$archives"
