#include "base/lazy.h"

#include <math.h>
#include <string.h>

#include "lib/unit.h"

static struct err err;

START_TEST(lazy__finds__what_the_library_has)
{
	void *handle = NULL;
	bool whole = true;
	double (*root)(double);

	ck_assert_msg(lazy_open(&handle, "libm.so.6", &err), "%s", err.text);
	root = (double (*)(double))lazy_find(handle, "sqrt", &whole);
	ck_assert(whole && root(9) == 3);
	lazy_find(handle, "no_such_function", &whole);
	ck_assert(!whole);
}
END_TEST

START_TEST(lazy__names__the_library_that_is_missing)
{
	void *handle = NULL;

	ck_assert(!lazy_open(&handle, "libnone.so.0", &err));
	ck_assert_ptr_nonnull(strstr(err.text, "libnone.so.0"));
	ck_assert_int_eq(err_exit(err.code), 6);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lazy");
	TCase *t = tcase_create("lazy");

	tcase_add_test(t, lazy__finds__what_the_library_has);
	tcase_add_test(t, lazy__names__the_library_that_is_missing);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
