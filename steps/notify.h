/*
 * notify.h - tell whoever started us that we serve
 */
#ifndef STEPS_NOTIFY_H
#define STEPS_NOTIFY_H

/*
 * Sends a state ("READY=1") to $NOTIFY_SOCKET.  It is an event, no proof: when
 * it can't be sent, or nobody listens, nothing is said and nothing is lost.
 */
void notify(const char *state);

#endif
