# journal.pl COMMAND - runs it with a socket for standard error, as systemd
use Socket;
socketpair my $journal, my $stderr, AF_UNIX, SOCK_STREAM, 0;
open STDERR, '>&', $stderr;
close $stderr;
system 'sh', '-c', @ARGV;
close STDERR;
print "journal: $_" while <$journal>;
