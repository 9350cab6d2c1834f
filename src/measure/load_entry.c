#include "base/i18n.h"
#include "measure/feed.h"
#include "measure/load.h"

/* { feed = "visits"; from = "2022-10-01"; days = 30; source; certainty; } */
void
load_entry_limit(struct loader *l, const config_setting_t *group)
{
	static const char *const known[] = {
	    "feed", "from", "days", "source", "certainty", NULL};
	struct measures *ms = l->measures;
	const char *word = load_need(l, group, "feed");
	int64_t days = load_int(l, group, "days", -1);
	struct feed_limit limit = {.from = load_date(l, group, "from", 0),
	    .source = load_need(l, group, "source"),
	    .certainty = load_need(l, group, "certainty")};

	load_unknown(l, group, known);
	if (word == NULL)
		return;
	limit.feed = feed_find(word);
	limit.days = (int)days;
	if (limit.feed == FEEDS || !feed_has_entry(limit.feed))
		load_fault(l, group,
		    _("'%s' is no feed whose day of entry is kept"), word);
	else if (days < 0 || days > 3650)
		load_fault(l, group, _("days: from 0 to 3650"));
	else if (ms->limits_n == ENTRY_LIMITS_MAX)
		load_fault(l, group, _("there can be at most %d entry limits"),
		    ENTRY_LIMITS_MAX);
	else
		ms->limits[ms->limits_n++] = limit;
}
