#include "service/cache.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "lib/unit.h"

static struct cache *cache;
static int freed;

static void
count_free(void *data)
{
	freed++;
	free(data);
}

static void
setup(void)
{
	freed = 0;
	cache = cache_new(NULL, 100);
}

static void
teardown(void)
{
	cache_free(cache);
}

/* Puts a value of that size and lets go of it; returns its data. */
static void *
put(const char *key, size_t bytes)
{
	struct cache_value v = {xstrdup(key), count_free, bytes, NULL};
	struct cache_entry *e = cache_put(cache, key, &v);
	void *data = cache_data(e);

	cache_release(cache, e);
	return data;
}

static bool
has(const char *key)
{
	struct cache_entry *e = cache_find(cache, key);

	if (e == NULL)
		return false;
	ck_assert_str_eq(cache_data(e), key);
	cache_release(cache, e);
	return true;
}

START_TEST(cache__full__forgets_the_least_lately_used)
{
	put("a", 40);
	put("b", 40);
	ck_assert(has("a")); /* now b is the oldest */
	put("c", 40);
	ck_assert(has("a"));
	ck_assert(!has("b"));
	ck_assert(has("c"));
	ck_assert_int_eq(freed, 1);
	ck_assert_uint_eq(cache_bytes(cache), 80);
}
END_TEST

START_TEST(cache__value_larger_than_it__is_kept_alone)
{
	put("a", 40);
	put("b", 1000);
	ck_assert(!has("a"));
	ck_assert(has("b"));
	put("c", 1);
	ck_assert(!has("b"));
}
END_TEST

START_TEST(cache__held_while_forgotten__stays_usable)
{
	struct cache_value v = {xstrdup("a"), count_free, 90, NULL};
	struct cache_entry *e = cache_put(cache, "a", &v);

	put("b", 90);
	ck_assert(!has("a"));
	ck_assert_int_eq(freed, 0);
	ck_assert_str_eq(cache_data(e), "a");
	cache_release(cache, e);
	ck_assert_int_eq(freed, 1);
}
END_TEST

START_TEST(cache__put_twice__the_first_counts)
{
	void *first = put("a", 10);

	ck_assert_ptr_eq(put("a", 10), first);
	ck_assert_int_eq(freed, 1);
	ck_assert_uint_eq(cache_bytes(cache), 10);
}
END_TEST

START_TEST(cache__many_keys__each_found)
{
	char key[16];

	cache_free(cache);
	cache = cache_new(NULL, 5000);
	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %d", i);
		put(key, 1);
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %d", i);
		ck_assert(has(key));
	}
	ck_assert_int_eq(freed, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("cache");
	TCase *t = tcase_create("cache");

	suite_add_tcase(s, t);
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, cache__full__forgets_the_least_lately_used);
	tcase_add_test(t, cache__value_larger_than_it__is_kept_alone);
	tcase_add_test(t, cache__held_while_forgotten__stays_usable);
	tcase_add_test(t, cache__put_twice__the_first_counts);
	tcase_add_test(t, cache__many_keys__each_found);
	return unit_run(s);
}
