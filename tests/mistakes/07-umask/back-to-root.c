/*
 * back-to-root - goes to "/" as well, after 06 went where it was told
 *
 * Mask and directory stand side by side in the listings. The directory was
 * chosen in step 06, and isn't this one's business.
 *
 * fails: leaves-the-rest-alone
 * cause: common.directory
 */
#include <sys/stat.h>

#include <unistd.h>

#include "daemon.h"

int
set_file_mask(mode_t mask)
{
	umask(mask);
	return chdir("/");
}
