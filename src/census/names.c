/* The words of counts and feeds, and what stands beside a fed answer. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "census/index.h"

static const struct census_count_info counts[CENSUS_COUNTS] = {
#define COUNT(id, word, question, feed, title, rule) \
	[CENSUS_##id] = {word, question, CENSUS_FEED_##feed, title, rule},
#include "census/counts.def"
#undef COUNT
};

static const struct {
	const char *word, *table, *title;
} feeds[CENSUS_FEEDS] = {
#define FEED(id, word, table, title) [CENSUS_FEED_##id] = {word, table, title},
#include "census/feeds.def"
#undef FEED
};

const struct census_count_info *
census_count_info(enum census_count count)
{
	return &counts[count];
}

int
census_count_find(const char *word)
{
	int i = 0;

	while (i < CENSUS_COUNTS && strcmp(counts[i].word, word) != 0)
		i++;
	return i < CENSUS_COUNTS ? i : -1;
}

const char *
census_feed_word(enum census_feed feed)
{
	return feeds[feed].word;
}

const char *
census_feed_title(enum census_feed feed)
{
	return feeds[feed].title;
}

bool
census_fed(const struct census *c, enum census_feed feed)
{
	return c->fed[feed];
}

void
census_source(const struct census *c, enum census_count count,
    const struct census_span *span, char out[static CENSUS_SOURCE])
{
	const struct facts_about *about = facts_about(c->facts);
	char from[DATE_TEXT], to[DATE_TEXT], through[DATE_TEXT];
	const char *source = *about->source != '\0' ? about->source : "?";

	date_format(about->data_through, through);
	snprintf(out, CENSUS_SOURCE, "%.60s, %s: %s, %s..%s, generation %u",
	    source, through, feeds[counts[count].feed].table,
	    date_format(span->from, from), date_format(span->to, to),
	    about->generation);
}
