/*
 * bbconf - read the configuration: `name value`, one a line
 */
#define _POSIX_C_SOURCE 200809L /* getaddrinfo */

#include <limits.h>
#include <netdb.h>

#include "bbserve.h"

static const struct bbconf defaults = {
    .pid_file = "/run/bbserve.pid", .log = "/var/log/bbserve.log",
    .output = "/dev/null", .errors = "/dev/null",
    .clients = 1000, .line = 1024, .backlog = 16384, .idle = 600,
};

/* 127.0.0.1:2020 or [::1]:2020; names aren't looked up. */
static int
add_listen(struct bbconf *conf, const char *value)
{
	const struct addrinfo hints = {
	    .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
	    .ai_socktype = SOCK_STREAM,
	};
	struct listen *listen = &conf->listen[conf->listens];
	char host[64], port[8];
	struct addrinfo *found;

	if (conf->listens == LISTEN_MAX ||
	    (sscanf(value, "[%63[^]]]:%7s", host, port) != 2 &&
	    sscanf(value, "%63[0-9.]:%7s", host, port) != 2) ||
	    getaddrinfo(host, port, &hints, &found) != 0)
		return 0;
	snprintf(listen->text, sizeof listen->text, "%s", value);
	memcpy(&listen->address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	conf->listens++;
	return 1;
}

static int
within(unsigned int number, unsigned int min, unsigned int max)
{
	return number >= min && number <= max;
}

/* Whether the line is empty, a comment, or a setting with a value for it. */
static int
parse(const char *line, struct bbconf *c)
{
	char value[WORD_SIZE] = "#", x;

#define IS(format, to) (sscanf(line, " " format " %c", (to), &x) == 1)
	return sscanf(line, " %c", value) == EOF || value[0] == '#' ||
	    (IS("listen %255s", value) && add_listen(c, value)) ||
	    (c->writes < WRITE_MAX &&
	    IS("write %255s", c->write[c->writes]) && ++c->writes) ||
	    IS("user %255s", c->user) ||
	    (IS("jail %255s", c->jail) && c->jail[0] == '/') ||
	    (IS("pid-file %255s", c->pid_file) && c->pid_file[0] == '/') ||
	    (IS("log %255s", c->log) && c->log[0] == '/') ||
	    (IS("output %255s", c->output) && c->output[0] == '/') ||
	    (IS("errors %255s", c->errors) && c->errors[0] == '/') ||
	    (IS("clients %u", &c->clients) && within(c->clients, 1, 100000)) ||
	    (IS("line %u", &c->line) && within(c->line, 80, TEXT_MAX)) ||
	    (IS("backlog %u", &c->backlog) &&
	    within(c->backlog, 2 * RECORD_MAX, 1 << 30)) ||
	    (IS("idle %u", &c->idle) && within(c->idle, 1, 1000000));
#undef IS
}

const char *
bbconf_read(const char *path, struct bbconf *conf)
{
	static char wrong[2 * PATH_MAX];
	struct bbconf new = defaults;
	FILE *file = fopen(path, "re");
	char line[1024];
	int number = 0;

	wrong[0] = '\0';
	while (wrong[0] == '\0' && file != NULL &&
	    fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		number++;
		if (!parse(line, &new))
			snprintf(wrong, sizeof wrong, "%s:%d: no setting, or "
			    "no value for it: %s", path, number, line);
	}
	if (file == NULL || ferror(file))
		snprintf(wrong, sizeof wrong, "%s: %s", path, strerror(errno));
	if (file != NULL)
		fclose(file);
	if (wrong[0] != '\0')
		return wrong;
	*conf = new;
	return NULL;
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
		const int open = strchr(".:", write[length - 1]) != NULL;

		if (strncmp(address, write, open ? length : length + 1) == 0)
			return 1;
	}
	return 0;
}
