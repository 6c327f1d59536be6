/*
 * launch - the words after `lab box`, as box.c writes them
 */
#ifndef TESTS_BOX_LAUNCH_H
#define TESTS_BOX_LAUNCH_H

enum {
	LAUNCH_WORD,		/* "box" */
	LAUNCH_CONTROL,		/* the socket's number */
	LAUNCH_MODE,		/* range single plain */
	LAUNCH_PREFIX,		/* "" but in plain mode */
	LAUNCH_ARGUMENTS
};

#endif
