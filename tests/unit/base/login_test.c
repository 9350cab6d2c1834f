#include "base/login.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/unit.h"

START_TEST(login__is_the_environments__or_the_systems)
{
	const struct passwd *me = getpwuid(geteuid());

	setenv("USER", "zoe", 1);
	ck_assert_str_eq(login_name(), "zoe");
	setenv("USER", "", 1);
	ck_assert_str_eq(login_name(), me != NULL ? me->pw_name : "");
	unsetenv("USER");
	ck_assert_str_eq(login_name(), me != NULL ? me->pw_name : "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("login");
	TCase *t = tcase_create("login");

	tcase_add_test(t, login__is_the_environments__or_the_systems);
	suite_add_tcase(suite, t);
	return unit_run(suite);
}
