/* Helpers do what they are asked once, or leave it to whoever asked. */
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/helpers.h"
#include "lib/unit.h"

static struct helpers *helpers;

static void
setup(void)
{
	helpers = helpers_new();
}

static void
teardown(void)
{
	helpers_free(helpers);
}

static void
count(void *counter)
{
	atomic_fetch_add((atomic_int *)counter, 1);
}

/* Asks for one piece and does it itself if nobody has begun. */
static void
count_once(atomic_int *counter)
{
	struct helper *helper = helpers_ask(helpers, count, counter);

	if (helper == NULL || helpers_recall(helpers, helper))
		count(counter);
	else
		helpers_wait(helpers, helper);
}

START_TEST(helpers__piece_after_piece__each_is_done_once)
{
	atomic_int counter = 0;

	for (int i = 1; i <= 5000; i++) {
		count_once(&counter);
		ck_assert_int_eq(atomic_load(&counter), i);
	}
}
END_TEST

/* What is at work when it is recalled goes on to its end. */
struct gate {
	atomic_bool begun, open, done;
};

static void
pass(void *gate)
{
	struct gate *g = gate;

	atomic_store(&g->begun, true);
	while (!atomic_load(&g->open))
		sched_yield();
	atomic_store(&g->done, true);
}

static struct helper *
begun(struct gate *g)
{
	struct helper *helper = helpers_ask(helpers, pass, g);

	ck_assert_ptr_nonnull(helper);
	while (!atomic_load(&g->begun))
		sched_yield();
	return helper;
}

START_TEST(helpers__recall__what_has_begun_goes_on)
{
	struct gate g = {false};
	struct helper *helper = begun(&g);

	ck_assert(!helpers_recall(helpers, helper));
	atomic_store(&g.open, true);
	helpers_wait(helpers, helper);
	ck_assert(atomic_load(&g.done));
}
END_TEST

/* With every helper at work there is no help; with one free there is again. */
START_TEST(helpers__all_at_work__no_help)
{
	enum { MOST = 4096 };
	static struct gate gates[MOST];
	static struct helper *at_work[MOST];
	atomic_int counter = 0;
	int n = 0;

	at_work[n] = begun(&gates[n]);
	for (n = 1; n < MOST; n++) {
		at_work[n] = helpers_ask(helpers, pass, &gates[n]);
		if (at_work[n] == NULL)
			break;
	}
	ck_assert_int_lt(n, MOST);
	while (n-- > 0) {
		atomic_store(&gates[n].open, true);
		if (!helpers_recall(helpers, at_work[n]))
			helpers_wait(helpers, at_work[n]);
	}
	count_once(&counter);
	ck_assert_int_eq(atomic_load(&counter), 1);
}
END_TEST

static void *
ask_often(void *counter)
{
	for (int i = 0; i < 2000; i++)
		count_once(counter);
	return NULL;
}

START_TEST(helpers__asked_by_many_at_once)
{
	enum { THREADS = 4 };
	pthread_t threads[THREADS];
	atomic_int counter[THREADS] = {0};

	for (int i = 0; i < THREADS; i++)
		ck_assert_int_eq(
		    pthread_create(&threads[i], NULL, ask_often, &counter[i]),
		    0);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_int_eq(atomic_load(&counter[i]), 2000);
	}
}
END_TEST

/* A fork has none of its parent's threads, and both end well. The thread
 * sanitizer ends a fork that starts a thread, so there it is not tried. */
#ifndef __SANITIZE_THREAD__
START_TEST(helpers__after_a_fork__has_its_own)
{
	atomic_int counter = 0;
	int status;
	pid_t child;

	count_once(&counter);
	child = fork();
	if (child == 0) {
		for (int i = 0; i < 100; i++)
			count_once(&counter);
		helpers_free(helpers);
		_exit(atomic_load(&counter) == 101 ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	count_once(&counter);
	ck_assert_int_eq(atomic_load(&counter), 2);
}
END_TEST
#endif

int
main(void)
{
	Suite *s = suite_create("helpers");
	TCase *t = tcase_create("helpers");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, helpers__piece_after_piece__each_is_done_once);
	tcase_add_test(t, helpers__recall__what_has_begun_goes_on);
	tcase_add_test(t, helpers__all_at_work__no_help);
	tcase_add_test(t, helpers__asked_by_many_at_once);
#ifndef __SANITIZE_THREAD__
	tcase_add_test(t, helpers__after_a_fork__has_its_own);
#endif
	suite_add_tcase(s, t);
	return unit_run(s);
}
