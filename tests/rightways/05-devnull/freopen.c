/*
 * freopen - stdio opens its own three streams again
 *
 * freopen(3) puts the new file on the number that the stream had, open or
 * not; the streams and the descriptors then agree.
 */
#include <stdio.h>

#include "daemon.h"

int
redirect_stdio(void)
{
	if (freopen("/dev/null", "r", stdin) == NULL ||
	    freopen("/dev/null", "w", stdout) == NULL ||
	    freopen("/dev/null", "w", stderr) == NULL)
		return -1;
	return 0;
}
