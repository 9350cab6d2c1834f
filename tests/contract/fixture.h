/* A store made of tests/contract/data, in a folder of its own. */
#ifndef HEARTH_TESTS_FIXTURE_H
#define HEARTH_TESTS_FIXTURE_H

#include "base/err.h"
#include "service/service.h"

struct fixture {
	char *folder;
	char *definitions;
	char *audit;
	struct service *service;
};

/* loaded false: a store in which nothing was imported. Aborts the test when
 * it cannot be made. */
void fixture_open(struct fixture *f, bool loaded);
/* Loads the extract once more, as the next generation. */
void fixture_publish(struct fixture *f);
void fixture_close(struct fixture *f);
/* A file of the source tree; the caller frees. */
char *fixture_source(const char *path);

#endif
