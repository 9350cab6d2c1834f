/* Replays every tests/screen/NAME.scr; see the README beside it. */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "lib/unit.h"
#include "screen/script.h"

static glob_t scripts;

START_TEST(screen__script__shows_what_it_says)
{
	const char *rewrite = getenv("HEARTH_SCREENS");

	script_run(scripts.gl_pathv[_i], rewrite && *rewrite);
}
END_TEST

int
main(void)
{
	const char *top = getenv("top_srcdir");
	char *pattern = xasprintf("%s/tests/screen/*.scr", top ? top : ".");
	Suite *suite = suite_create("screen");
	TCase *t = tcase_create("script");
	int failed;

	/* Nothing of the surroundings may show on a screen. */
	unsetenv("NO_COLOR");
	unsetenv("CLICOLOR");
	unsetenv("LANGUAGE");
	if (glob(pattern, 0, NULL, &scripts))
		return 1;
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(
	    t, screen__script__shows_what_it_says, 0, (int)scripts.gl_pathc);
	suite_add_tcase(suite, t);
	failed = unit_run(suite);
	globfree(&scripts);
	free(pattern);
	return failed;
}
