/* A provider with a year's review: P7, Willow Grove, with children, houses, an
 * agreement and a draw, as plan_test.c and laptop_test.c need it. */
#ifndef HEARTH_TESTS_WILLOW_H
#define HEARTH_TESTS_WILLOW_H

#include "contract/fixture.h"

/* n children at P7 (N1 ...), the first of them at another site; gone: so many
 * of them have left on the last of August. Four more (Q1 ...) left before. */
void willow_publish(struct fixture *f, int n, int gone, const char *site);

/* Eight children, nobody gone, and other files edited as well; at most ten. */
void willow_publish_with(
    struct fixture *f, const struct fixture_edit *more, size_t n);

#define WILLOW_TERMS                                                       \
	"\"provider\":\"P7\",\"programme\":\"gh\",\"agreement\":\"A-77\"," \
	"\"year\":2022,\"from\":\"2022-07-01\",\"to\":\"2025-06-30\","     \
	"\"co_monitors\":[\"ann\"]"
#define WILLOW_CONTRACT "{\"version\":0," WILLOW_TERMS ",\"monitor\":\"mk\"}"
#define WILLOW_STAFF                                                   \
	"\"staff\":[{\"key\":\"s1\",\"label\":\"Staff one\","          \
	"\"hired\":\"2024-01-15\"},{\"key\":\"s2\",\"social_worker\":" \
	"true},{\"key\":\"s3\"},{\"key\":\"s4\"},{\"key\":\"s5\"},"    \
	"{\"key\":\"s6\"},{\"key\":\"s7\"}]"
#define WILLOW_DRAW "{\"version\":0,\"on\":\"2024-06-30\"," WILLOW_STAFF "}"

#endif
