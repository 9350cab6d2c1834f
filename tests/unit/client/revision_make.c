/*
 * Makes sealed revisions for the tests of whole programs: revision_make FOLDER
 * writes RECORD.json for each (sealed.h) and says its record and name.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "sealed.h"

static void
give(void *arg, const char *record, const struct buf *body)
{
	char *name = xasprintf("%s.json", record);
	char *path = file_join(arg, name, NULL);
	struct err err;

	ck_assert_msg(
	    file_replace(path, body->data, body->len, &err), "%s", err.text);
	printf("%s %s\n", record, name);
	free(path);
	free(name);
}

static char *folder;

/* A rig's checks work within a test only. */
START_TEST(reviews__filled_and_sealed)
{
	sealed_reviews(give, folder);
}
END_TEST

int
main(int argc, char **argv)
{
	Suite *s = suite_create("make");
	TCase *t = tcase_create("make");
	SRunner *r;
	int failed;

	if (argc != 2)
		return 2;
	folder = argv[1];
	tcase_add_test(t, reviews__filled_and_sealed);
	suite_add_tcase(s, t);
	r = srunner_create(s);
	srunner_set_fork_status(r, CK_NOFORK);
	srunner_run_all(r, CK_SILENT);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed > 0;
}
