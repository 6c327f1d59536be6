/*
 * bbconf - read the configuration: `name value`, one a line
 */
#define _POSIX_C_SOURCE 200809L /* getaddrinfo */

#include <netdb.h>

#include "bbserve.h"

/* 127.0.0.1:2020 or [::1]:2020; names aren't looked up. */
static int
find_address(struct listen *listen)
{
	const struct addrinfo hints = {
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	char host[64], port[8];
	struct addrinfo *found;

	if ((sscanf(listen->text, "[%63[^]]]:%7s", host, port) != 2 &&
	    sscanf(listen->text, "%63[0-9.]:%7s", host, port) != 2) ||
	    getaddrinfo(host, port, &hints, &found) != 0)
		return 0;
	memcpy(&listen->address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return 1;
}

/* Whether the line is empty, a comment, or a setting with a value for it. */
static int
parse(const char *line, struct bbconf *c)
{
	char x;

#define IS(format, to) (sscanf(line, " " format " %c", (to), &x) == 1)
#define PATH(name, to) (IS(name " %255s", to) && (to)[0] == '/')
#define NUMBER(name, to, min, max) \
	(IS(name " %u", &(to)) && (to) >= (min) && (to) <= (max))
	return sscanf(line, " %c", &x) == EOF || x == '#' ||
	    (c->listens < LISTEN_MAX &&
	    IS("listen %95s", c->listen[c->listens].text) &&
	    find_address(&c->listen[c->listens]) && ++c->listens) ||
	    (c->writes < WRITE_MAX &&
	    IS("write %95s", c->write[c->writes]) && ++c->writes) ||
	    IS("user %255s", c->user) ||
	    PATH("jail", c->jail) || PATH("pid-file", c->pid_file) ||
	    PATH("log", c->log) || PATH("output", c->output) ||
	    PATH("errors", c->errors) ||
	    NUMBER("clients", c->clients, 1, 100000) ||
	    NUMBER("line", c->line, 80, TEXT_MAX) ||
	    NUMBER("backlog", c->backlog, 2 * RECORD_MAX, 1 << 30) ||
	    NUMBER("idle", c->idle, 1, 1000000);
}

int
bbconf_read(const char *path, struct bbconf *conf)
{
	struct bbconf new = {
	    .pid_file = "/run/bbserve.pid", .log = "/var/log/bbserve.log",
	    .output = "/dev/null", .errors = "/dev/null",
	    .clients = 1000, .line = 1024, .backlog = 16384, .idle = 600};
	FILE *file = fopen(path, "re");
	char line[1024];
	int number = 0, right = file != NULL;

	while (right && fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		right = parse(line, &new);
		number++;
	}
	if (file == NULL || ferror(file))
		say(LOG_ERR, "%s: %s", path, strerror(errno));
	else if (!right)
		say(LOG_ERR, "%s:%d: no setting, or no value for it: %s",
		    path, number, line);
	else
		*conf = new;
	right = right && !ferror(file);
	if (file != NULL)
		fclose(file);
	return right ? 0 : -1;
}

/* "192.168." is all that begins so; "192.168.1.1" is one address. */
int
bbconf_may_write(const struct bbconf *conf, const char *address)
{
	unsigned int i;

	if (strncmp(address, "::ffff:", 7) == 0) /* IPv4, seen by IPv6 */
		address += 7;
	for (i = 0; i < conf->writes; i++) {
		const char *write = conf->write[i];
		const size_t length = strlen(write);
		const size_t whole = strchr(".:", write[length - 1]) == NULL;

		if (strncmp(address, write, length + whole) == 0)
			return 1;
	}
	return 0;
}
