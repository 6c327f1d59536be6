/*
 * config.h - read the configuration
 */
#ifndef STEPS_CONFIG_H
#define STEPS_CONFIG_H

/*
 * Gives the process the name that the file at path says; from outside it is
 * to be seen with ps -o comm. Returns -1 with errno when the file can't be
 * read, or says anything else (EINVAL): nothing has changed then.
 */
int read_config(const char *path);

#endif
