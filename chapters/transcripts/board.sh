# A jail for the bulletin board, its user, its configuration.
mkdir -p /srv/jail/etc /srv/jail/log /srv/jail/srv /srv/data
echo 'board:x:2000:2000::/:/usr/sbin/nologin' >/srv/jail/etc/passwd
echo 'board:x:2000:' >/srv/jail/etc/group
chown 2000 /srv/jail/log
ln -s / /srv/jail/srv/jail # what is in the jail has one name
cat >/srv/jail/etc/bb.conf <<end
listen 127.0.0.1:119
write 127.
user board
jail /srv/jail
pid-file /run/bb.pid
log /srv/jail/log/bb.log
end
