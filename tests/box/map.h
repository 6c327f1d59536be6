/*
 * map - which outer ids the ids of a box are: user_namespaces(7), subuid(5)
 */
#ifndef TESTS_BOX_MAP_H
#define TESTS_BOX_MAP_H

#include <stdbool.h>
#include <sys/types.h>

/* A range of subordinate ids. */
struct map_range {
	unsigned long first, count;
};

enum { MAP_ENOUGH = 65536 };

/*
 * The range that this user may map, from /etc/subuid or /etc/subgid: the
 * user's own entry, or for root a range that no entry of the file touches.
 * false where there is none, or it is smaller than MAP_ENOUGH.
 */
bool map_find(const char *file, struct map_range *range);

/*
 * Maps the ids of a process that has a new user namespace: a range (through
 * newuidmap and newgidmap unless root), or the caller's one id as 0.
 * Returns 0, or -1 with errno.
 */
int map_ids(pid_t process, bool range);

/* Is newuidmap there, for who isn't root? */
bool map_tools(void);

#endif
