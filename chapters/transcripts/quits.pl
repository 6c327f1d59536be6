# quits.pl - a client that quits properly, and a server that goes on writing
use IO::Socket::INET;
$SIG{PIPE} = sub { print "SIGPIPE\n" };
my $door = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1');
my $client = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
    PeerPort => $door->sockport);
my $server = $door->accept;
shutdown $client, 2;
close $client;
for my $n (1 .. 2) {
	print "write $n: ", syswrite($server, "news\n") ? "sent" : $!, "\n";
}
