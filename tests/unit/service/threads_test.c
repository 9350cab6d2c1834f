/*
 * One service asked by several threads while new generations are published
 * and its small memory forgets results all the time. Of use under the thread
 * and address sanitizers above all.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "contract/fixture.h"
#include "lib/unit.h"

#define ASKERS 4
#define ROUNDS 60

static struct fixture data;

static const struct {
	const char *path, *query;
} asked[] = {
    {"/v1/report", "measure=p1&by=unit&trend=3"},
    {"/v1/report", "measure=p1&by=sex"},
    {"/v1/list", "measure=p1&sort=-age"},
    {"/v1/countdown", "clock=pprt&by=worker"},
    {"/v1/child/I", NULL},
    {"/v1/board", NULL},
    {"/v1/why", "measure=p1&child=C"},
    {"/v1/report", "measure=p1&generation=1"},
    {"/v1/search", "q=jones"},
    {"/v1/status", NULL},
};
#define ASKED (sizeof asked / sizeof *asked)

static void *
ask(void *arg)
{
	atomic_int *failed = arg;

	for (size_t i = 0; i < ROUNDS * ASKED; i++) {
		struct request r = {
		    .method = "GET",
		    .path = asked[i % ASKED].path,
		    .query = asked[i % ASKED].query,
		    .who = {WHO_LOCAL, "test"},
		};
		struct answer a = {0};

		service_answer(data.service, &r, &a);
		if (a.status != 200)
			atomic_fetch_add(failed, 1);
		answer_free(&a);
	}
	return NULL;
}

START_TEST(service__asked_by_threads_while_publishing__answers_all)
{
	pthread_t threads[ASKERS];
	atomic_int failed = 0;

	fixture_open(&data, true);
	for (int i = 0; i < ASKERS; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, ask, &failed), 0);
	for (int i = 0; i < 3; i++)
		fixture_publish(&data);
	for (int i = 0; i < ASKERS; i++)
		pthread_join(threads[i], NULL);
	ck_assert_int_eq(failed, 0);
	fixture_close(&data);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("threads");
	TCase *t = tcase_create("threads");

	suite_add_tcase(s, t);
	tcase_set_timeout(t, 120);
	tcase_add_test(
	    t, service__asked_by_threads_while_publishing__answers_all);
	return unit_run(s);
}
