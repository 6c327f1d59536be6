# A jail, and the server's user, whom only the jail knows.
mkdir -p /srv/jail/etc
echo 'web:x:2000:2000::/:/usr/sbin/nologin' >/srv/jail/etc/passwd
echo 'web:x:2000:'      >/srv/jail/etc/group
echo 'pages:x:2001:web' >>/srv/jail/etc/group
