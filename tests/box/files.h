/*
 * files - makes and changes files of a box from outside
 *
 * Every path is resolved as if the box's root were "/" (openat2(2),
 * RESOLVE_IN_ROOT): whatever links a program has planted, none leads out.
 * Each returns 0, or -1 with errno.
 */
#ifndef TESTS_BOX_FILES_H
#define TESTS_BOX_FILES_H

#include <sys/types.h>

/* Creates or replaces the content of a file. */
int files_write(int root, const char *path, const char *content, mode_t mode);
/* Copies an open file to a new program. */
int files_copy(int root, int from, const char *path);
/* Makes a folder and those above it that are missing. */
int files_mkdir(int root, const char *path, mode_t mode);
int files_chown(int root, const char *path, uid_t uid, gid_t gid);
/* A FIFO for everybody, and its reader, which doesn't wait for a writer (a
 * descriptor). */
int files_fifo(int root, const char *path);
int files_read_fifo(int root, const char *path);
int files_symlink(int root, const char *target, const char *path);
/* Renames within one folder; `to` is a name without a slash. */
int files_rename(int root, const char *path, const char *to);
int files_unlink(int root, const char *path);

/* Calls `tell` for everything below a folder, with its whole name; links
 * are not followed, and mounts of the box are entered. */
int files_walk(int root, const char *path,
    void (*tell)(void *argument, const char *path), void *argument);

#endif
