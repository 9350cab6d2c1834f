/*
 * HTTP over one door: libmicrohttpd's event threads, with what it leaves open
 * closed here. Ambiguous framing is refused (two lengths, a length and a
 * transfer encoding: the means of smuggling), every request has a deadline
 * (its timeout counts only silence, so a byte a second would hold a
 * connection for ever), and who asks is found out by the door.
 */
#ifndef HEARTH_SERVICE_HTTP_H
#define HEARTH_SERVICE_HTTP_H

#include <stdbool.h>

#include "base/err.h"
#include "service/door.h"
#include "service/log.h"
#include "service/service.h"

struct http_options {
	struct service *service;
	const struct log *log;
	unsigned threads, connections;
	unsigned memory;	       /* bytes of a connection */
	unsigned idle;		       /* seconds between requests */
	unsigned header, request;      /* seconds a request may take */
	const char *certificate, *key; /* PEM text; NULL: plain */
	bool trust_loopback;
};

struct http;

/* Serves the door until http_stop(). The door's descriptor is taken over:
 * its fd is -1 afterwards. The options' strings are borrowed. */
bool http_start(struct http **http, struct door *door,
    const struct http_options *options, struct err *err);
/* Serves a connection of the door's that somebody else accepted, without
 * blocking, and talked to up to the end of a request. */
void http_adopt(struct http *http, int fd);
/* Takes no more connections; later requests on open ones are refused as
 * stopping. */
void http_quiesce(struct http *http);
/* Waits until the answers in flight have gone, at most so many seconds, then
 * closes all connections and frees. */
void http_stop(struct http *http, unsigned seconds);

#endif
