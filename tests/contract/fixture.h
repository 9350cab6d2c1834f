/* A store made of tests/contract/data, in a folder of its own. */
#ifndef HEARTH_TESTS_FIXTURE_H
#define HEARTH_TESTS_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "service/service.h"

struct fixture {
	char *folder;
	char *definitions, *instruments;
	char *audit;
	int refresh_days;
	char *signing_key; /* NULL: the service issues no packets */
	bool recalls;
	struct service *service;
};

/* loaded false: a store in which nothing was imported. Aborts the test when
 * it cannot be made. */
void fixture_open(struct fixture *f, bool loaded);
/* Loads the extract once more, as the next generation. */
void fixture_publish(struct fixture *f);
/* The same with other data: texts of its files replaced, through that day,
 * loaded so many seconds after the first. */
struct fixture_edit {
	const char *file; /* "removals.csv" */
	const char *from, *to;
};
struct fixture_data {
	int32_t through;
	int64_t later;
	const struct fixture_edit *edits;
	size_t edits_n;
};
void fixture_publish_data(struct fixture *f, const struct fixture_data *data);
void fixture_withdraw(struct fixture *f, uint32_t generation);
/* Opens the service anew with definitions edited in the same way. */
void fixture_define(
    struct fixture *f, const struct fixture_edit *edits, size_t n);
/* Opens the service anew, with data agreed to come every so many days. */
void fixture_refresh(struct fixture *f, int days);
/* Opens the service anew, with a key to sign packets with; public gets the
 * other half. */
void fixture_sign(struct fixture *f, uint8_t *public);
/* Opens the service anew, as hearthd does: with the figures that it kept. */
void fixture_recall(struct fixture *f);
void fixture_close(struct fixture *f);
/* A file of the source tree; the caller frees. */
char *fixture_source(const char *path);

#endif
