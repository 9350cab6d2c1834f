#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>

#include "lib/unit.h"

static bool
speaks(const char *locale, const char *languages)
{
	setenv("LC_ALL", locale, 1);
	if (languages == NULL)
		unsetenv("LANGUAGE");
	else
		setenv("LANGUAGE", languages, 1);
	i18n_init();
	return i18n_speaks("es");
}

/* As gettext's manual has it: LANGUAGE counts more than the locale, but not
 * where that is C; of its list the first language that there are texts in. */
START_TEST(i18n__speaks__what_gettext_finds)
{
	ck_assert(speaks("C.UTF-8", "es"));
	ck_assert(speaks("C.UTF-8", "es_MX"));
	ck_assert(speaks("C.UTF-8", "fr:es:en"));
	ck_assert(!speaks("C.UTF-8", "en_US:es"));
	ck_assert(!speaks("C.UTF-8", "est"));
	ck_assert(!speaks("C.UTF-8", NULL));
	ck_assert(!speaks("C", "es"));
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("i18n");
	TCase *t = tcase_create("i18n");

	tcase_add_test(t, i18n__speaks__what_gettext_finds);
	suite_add_tcase(s, t);
	return unit_run(s);
}
