/*
 * syslog - reads one datagram of /dev/log, RFC 3164 as glibc and musl send
 * it: "<30>Nov 21 08:15:30 ident[123]: text"
 */
#ifndef TESTS_OBSERVE_SYSLOG_H
#define TESTS_OBSERVE_SYSLOG_H

#include "observe/observation.h"

/*
 * Fills a zeroed message from a datagram, whatever its bytes are: what can't
 * be understood is left -1 or NULL, the text is always there.
 */
void syslog_parse(struct message *message, const char *datagram, size_t length);

#endif
