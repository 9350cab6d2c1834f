#include <inttypes.h>
#include <stdlib.h>

#include "admin/import.h"
#include "base/date.h"
#include "base/i18n.h"
#include "measure/feed.h"

static void
warn(const struct import *im, enum feed feed, const struct feed_flow *flow)
{
	char day[DATE_TEXT];

	if (flow->state == FEED_HALVED)
		admin_say(im->admin,
		    _("warning: %s have halved: %" PRId64
		      " in the month from %s, %" PRId64 " in a usual one"),
		    feed_label(feed), flow->last, date_format(flow->month, day),
		    flow->usual);
	if (flow->state == FEED_STOPPED)
		admin_say(im->admin,
		    _("warning: no %s since %s, %" PRId64
		      " in a usual month: what reads them is withdrawn from "
		      "that day on"),
		    feed_label(feed), date_format(flow->since, day),
		    flow->usual);
}

/* A feed that stopped or halved is seen when it is loaded, not when somebody
 * wonders about a figure. The import stands either way. */
bool
import_feeds(const struct import *im, uint32_t generation, struct err *err)
{
	struct facts *facts;
	char *path;
	bool ok = store_facts_path(im->store, generation, &path, err);

	if (!ok)
		return false;
	ok = facts_open(&facts, path, err);
	free(path);
	if (!ok)
		return false;
	for (int i = 0; i < FEEDS; i++) {
		struct feed_flow flow = feed_flow(facts, (enum feed)i);

		warn(im, (enum feed)i, &flow);
	}
	facts_close(facts);
	return true;
}
