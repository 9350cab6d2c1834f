/*
 * hearthd as a process over a fixture's store, and connections to it: raw
 * bytes, or libcurl.
 */
#ifndef HEARTH_TESTS_HEARTHD_H
#define HEARTH_TESTS_HEARTHD_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "contract/fixture.h"

#define MOST_ARGS 24
#define PATIENCE 20000 /* ms; a test that waits longer has failed */

#define H "Host: x\r\n"
#define GET "GET /v1/status HTTP/1.1\r\n" H

extern struct fixture hearthd_data;
extern char *hearthd_path; /* of the Unix socket */

struct hearthd {
	pid_t pid;
	int log;	 /* its standard error */
	int line;	 /* the private line, -1: none */
	struct buf text; /* what it has logged so far */
	unsigned port;	 /* of its TCP door, 0: none */
};

struct hearthd_fetch {
	const char *url, *socket, *ca, *host;
	long tls_most;
	long status;
	CURLcode rc;
	struct buf body;
};

/* Starts hearthd over the fixture's store; more arguments end with NULL. */
void hearthd_start(struct hearthd *d, const char *const *more, int line);
/* Reads the log until it holds the text; false at its end. */
bool hearthd_logged(struct hearthd *d, const char *text);
int hearthd_ended(struct hearthd *d);
void hearthd_forget(struct hearthd *d);
int hearthd_stop(struct hearthd *d);
void hearthd_start_unix(struct hearthd *d, const char *setting);
void hearthd_start_tcp(struct hearthd *d, const char *const *settings);
int hearthd_dial(void);
void hearthd_say(int fd, const char *text, size_t n);
/* Whether there is something to read, or the end, in time. */
bool hearthd_heard(int fd, int ms);
/* Until the other side closes. */
void hearthd_listen_all(int fd, struct buf *b);
/* Until the text has come. */
void hearthd_listen_for(int fd, struct buf *b, const char *text);
unsigned hearthd_count(const char *text, const char *what);
/* What the daemon says of its state; empty when it closes at once. */
void hearthd_state(struct buf *b);
void hearthd_alive(void);
void hearthd_fetch(struct hearthd_fetch *f);
long hearthd_status_of(const char *url, const char *host);
void hearthd_setup(void);
void hearthd_teardown(void);

#endif
