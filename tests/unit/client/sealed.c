#include "sealed.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "poms/content.h"
#include "proto/revision.h"
#include "unit/poms/rig.h"

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
finish(struct rig *g, int n, sealed_give *give, void *arg)
{
	struct revision r = {.revision = 1,
	    .packet = "PK",
	    .instrument = "poms-example",
	    .by = "monitor",
	    .head = HEAD,
	    .lines = 1,
	    .sealed_ms = 1000};
	struct buf content = {0}, body = {0};
	struct err err;

	content_write(&content, g->r);
	snprintf(r.record, sizeof r.record, "%032x", n);
	snprintf(r.review, sizeof r.review, "%s", review_id(g->r));
	r.content = buf_text(&content);
	r.content_len = content.len;
	ck_assert_msg(revision_write(&body, &r, &err), "%s", err.text);
	give(arg, r.record, &body);
	buf_free(&content);
	buf_free(&body);
	rig_close(g);
}

void
sealed_reviews(sealed_give *give, void *arg)
{
	struct rig g;

	begin(&g, "RV-1-2011", "Home 1", "PV1", 2011);
	rig_say(&g, "", "R15", "100");
	rig_say(&g, "", "A09", "1");
	finish(&g, 1, give, arg);
	begin(&g, "RV-1-2012", "Home 1", "PV1", 2012);
	rig_say(&g, "", "R15", "312");
	rig_say(&g, "", "A06", "1");
	rig_say(&g, "", "A09", "1");
	rig_add(&g, "CC/K1", "", "label=Kid One;drawn=drawn;placed=2012-02-03");
	rig_say(&g, "CC/K1", "PN03", "N");
	rig_say(&g, "", "Z03a", "2012-12-01");
	finish(&g, 2, give, arg);
	begin(&g, "RV-2-2012", "Home 2", "PV2", 2012);
	finish(&g, 3, give, arg);
}
