/*
 * short-buffer - copies the name into an array that is too short for it
 *
 * Eight bytes were enough for "/" and "/tmp". A longer name is cut without a
 * word, and chdir doesn't find it; only the start with "/" serves.
 *
 * fails: starts-and-serves leaves-one-process leaves-the-rest-alone same-traced-and-untraced works-where-told start-can-be-unmounted
 * cause: 06-chdir.said-no
 */
#include <stdio.h>
#include <unistd.h>

#include "daemon.h"

int
change_directory(const char *dir)
{
	char name[8];
	size_t i;

	for (i = 0; i < sizeof name - 1 && dir[i] != '\0'; i++)
		name[i] = dir[i];
	name[i] = '\0';
	return chdir(name);
}
