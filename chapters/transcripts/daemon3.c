/* daemon3.c - daemon(3), and nothing else */
#include <unistd.h>

int
main(void)
{
	return daemon(0, 0);
}
