#include <fcntl.h>

int
main(void)
{
	return open("/dev/null", "rw") == -1;
}
