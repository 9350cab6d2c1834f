/*
 * The head of an HTTP/1.1 reply, as far as hearthd's own replies go: a
 * status and a length. What hearthd never sends (chunks, interim replies) is
 * refused rather than guessed at.
 */
#ifndef HEARTH_CLIENT_NET_REPLY_H
#define HEARTH_CLIENT_NET_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#define NET_REPLY_HEAD 16384 /* bytes of the longest head */

struct net_reply {
	int status;
	size_t length; /* of the body that follows */
	bool close;    /* the other end closes after it */
};

/* Reads the head at data. Its bytes, the empty line included; 0 while it is
 * not whole yet; -1 when it is none. */
long net_reply_head(const char *data, size_t len, struct net_reply *reply);

#endif
