#include "base/lazy.h"

#include <math.h>
#include <string.h>

#include "lib/unit.h"

static struct err err;

#define ROOTS(F) F(sqrt) F(floor)
#define OTHERS(F) F(sqrt) F(strlen) F(lazy_fill)

START_TEST(lazy__finds__what_the_library_has)
{
	LAZY(roots, ROOTS) lib = {0};

	ck_assert_msg(
	    lazy_load(&lib, "libm.so.6", ROOTS, &err), "%s", err.text);
	ck_assert(lib.sqrt(9) == 3 && lib.floor(2.5) == 2);
}
END_TEST

START_TEST(lazy__loads__once)
{
	LAZY(roots, ROOTS) lib = {0};

	ck_assert(lazy_load(&lib, "libm.so.6", ROOTS, &err));
	ck_assert(lazy_load(&lib, "libnone.so.0", ROOTS, &err));
	ck_assert(lib.sqrt(9) == 3);
}
END_TEST

START_TEST(lazy__names__the_library_that_is_missing)
{
	LAZY(roots, ROOTS) lib = {0};

	ck_assert(!lazy_load(&lib, "libnone.so.0", ROOTS, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "libnone.so.0"));
	ck_assert_int_eq(err_exit(err.code), 6);
}
END_TEST

START_TEST(lazy__names__the_function_that_is_missing)
{
	LAZY(others, OTHERS) lib = {0};

	for (int i = 0; i < 2; i++) {
		ck_assert(!lazy_load(&lib, "libm.so.6", OTHERS, &err));
		ck_assert_ptr_nonnull(strstr(err.text, "libm.so.6"));
		ck_assert_ptr_nonnull(strstr(err.text, "lazy_fill"));
		ck_assert_int_eq(err_exit(err.code), 6);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("lazy");
	TCase *t = tcase_create("lazy");

	tcase_add_test(t, lazy__finds__what_the_library_has);
	tcase_add_test(t, lazy__loads__once);
	tcase_add_test(t, lazy__names__the_library_that_is_missing);
	tcase_add_test(t, lazy__names__the_function_that_is_missing);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
