/*
 * Makes sealed revisions of filled reviews for the tests of whole programs:
 * revision_make FOLDER writes N.json for each and says "RECORD N.json". Home 1
 * in 2011 (100 served, 1 hurt) and 2012 (50 served, 1 hurt, 312 would be
 * needed), home 2 in 2012 with nothing counted.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "poms/content.h"
#include "proto/revision.h"
#include "rig.h"

#define HEAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void
fact(struct rig *g, const char *text)
{
	struct event e = event_make(EVENT_UNIT);

	e.review = review_id(g->r);
	e.sequence = review_sequence(g->r) + 1;
	e.group = review_next_group(g->r);
	e.flags = EVENT_PACKET;
	e.fact = FACT_ID;
	e.text = text;
	e.who = "service";
	if (!review_apply(g->r, &e, &g->err))
		abort();
}

static void
begin(struct rig *g, const char *review, const char *label, const char *id,
    int year)
{
	char day[20];

	rig_open_as(g, review, label);
	fact(g, id);
	rig_feed(g, "", "R02", "gh");
	rig_feed(g, "", "R03b", "2010");
	rig_feed(g, "", "R04", "annual");
	snprintf(day, sizeof day, "%d-10-01", year - 1);
	rig_feed(g, "", "R05", day);
	snprintf(day, sizeof day, "%d-09-30", year);
	rig_feed(g, "", "R06", day);
}

static void
finish(struct rig *g, const char *folder, int n)
{
	struct revision r = {.revision = 1,
	    .packet = "PK",
	    .instrument = "poms-example",
	    .by = "monitor",
	    .head = HEAD,
	    .lines = 1,
	    .sealed_ms = 1000};
	struct buf content = {0}, body = {0};
	char *name = xasprintf("%d.json", n);
	char *path = file_join(folder, name, NULL);
	struct err err;

	content_write(&content, g->r);
	snprintf(r.record, sizeof r.record, "%032x", n);
	snprintf(r.review, sizeof r.review, "%s", review_id(g->r));
	r.content = buf_text(&content);
	r.content_len = content.len;
	if (!revision_write(&body, &r, &err) ||
	    !file_replace(path, body.data, body.len, &err))
		abort();
	printf("%s %s\n", r.record, name);
	free(path);
	free(name);
	buf_free(&content);
	buf_free(&body);
	rig_close(g);
}

static const char *folder;

/* A rig's checks work within a test only. */
START_TEST(reviews__filled_and_sealed)
{
	struct rig g;

	begin(&g, "RV-1-2011", "Home 1", "PV1", 2011);
	rig_say(&g, "", "R15", "100");
	rig_say(&g, "", "A09", "1");
	finish(&g, folder, 1);
	begin(&g, "RV-1-2012", "Home 1", "PV1", 2012);
	rig_say(&g, "", "R15", "312");
	rig_say(&g, "", "A06", "1");
	rig_say(&g, "", "A09", "1");
	rig_add(&g, "CC/K1", "", "label=Kid One;drawn=drawn;placed=2012-02-03");
	rig_say(&g, "CC/K1", "PN03", "N");
	rig_say(&g, "", "Z03a", "2012-12-01");
	finish(&g, folder, 2);
	begin(&g, "RV-2-2012", "Home 2", "PV2", 2012);
	finish(&g, folder, 3);
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
