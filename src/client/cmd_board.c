#include "client/call.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/duties.h"

/* What is due of providers stands beside the other duties; a service that
 * cannot tell leaves it out. */
static void
add_dues(struct call *call)
{
	cJSON *clocks =
	    cJSON_GetObjectItemCaseSensitive(call->answer, "clocks");
	struct buf target = {0};
	cJSON *dues = NULL, *one;
	struct err ignored;

	call_target(call, &target, ROUTE_DUES, NULL);
	if (call->given[OPTION_GENERATION] == NULL &&
	    net_get(call->net, buf_text(&target), &dues, &ignored)) {
		cJSON *list = cJSON_GetObjectItemCaseSensitive(dues, "clocks");

		while (list != NULL && (one = list->child) != NULL)
			cJSON_AddItemToArray(
			    clocks, cJSON_DetachItemViaPointer(list, one));
	}
	cJSON_Delete(dues);
	buf_free(&target);
}

bool
cmd_board_ask(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_BOARD, NULL);
	if (!call_get(call, &target, err))
		return false;
	add_dues(call);
	return true;
}

#define LINE 12 /* points of a trend line: a page is narrow */

struct span {
	double least, most;
	const char *first, *last; /* as they were rounded */
	int n;
};

static struct span
span_of(struct doc *doc, const cJSON *headline)
{
	struct span s = {.first = "", .last = ""};
	const cJSON *w;

	ANSWER_EACH(w, headline, "trend")
	{
		const char *text = answer_text(doc, w, "value");
		double v = doc_number(text);

		if (isnan(v))
			continue;
		if (s.n++ == 0) {
			s.least = s.most = v;
			s.first = text;
		}
		s.least = v < s.least ? v : s.least;
		s.most = v > s.most ? v : s.most;
		s.last = text;
	}
	return s;
}

/* The latest points as blocks, oldest first; a gap where nothing is known. */
static const char *
trend_line(struct doc *doc, const cJSON *headline)
{
	struct span s = span_of(doc, headline);
	struct buf line = {0};
	const char *text;
	const cJSON *w;
	int skip = cJSON_GetArraySize(answer_item(headline, "trend")) - LINE;

	ANSWER_EACH(w, headline, "trend")
	{
		double v = doc_number(answer_text(doc, w, "value"));

		if (skip-- > 0)
			continue;
		if (isnan(v))
			buf_char(&line, ' ');
		else
			buf_printf(&line, "\xe2\x96%c",
			    0x81 + (s.most > s.least
					   ? (int)((v - s.least) * 7.99 /
						   (s.most - s.least))
					   : 3));
	}
	text = doc_string(doc, buf_text(&line));
	buf_free(&line);
	return text;
}

static const char *
trend_words(struct doc *doc, const cJSON *headline)
{
	struct span s = span_of(doc, headline);

	return s.n < 2
		   ? ""
		   : arena_printf(&doc->arena, _("from %s to %s in %d periods"),
			 s.first, s.last, s.n);
}

static void
headlines(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, _("How the children fare"));
	const cJSON *h;

	doc_column(t, "measure", _("Id"), DOC_ID, DOC_BOTH);
	doc_column(t, "title", _("Measure"), DOC_WORDS, DOC_BOTH);
	doc_column(t, "period_start", _("From"), DOC_DATE, DOC_DATA);
	doc_column(t, "period_end", _("To"), DOC_DATE, DOC_DATA);
	doc_column(t, "denominator", _("Denominator"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "numerator", _("Numerator"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "value", _("Value"), DOC_NUMBER, DOC_DATA);
	doc_column(t, "", _("Result"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "", _("Counts"), DOC_NUMBER, DOC_PAGE);
	doc_column(t, "goal", _("Goal"), DOC_NUMBER, DOC_BOTH);
	doc_column(t, "status", _("Status"), DOC_ID, DOC_DATA);
	doc_column(t, "", _("Status"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Trend"), DOC_ID, DOC_LOOK);
	doc_column(t, "", _("Trend"), DOC_WORDS, DOC_HEAR);
	ANSWER_EACH(h, answer, "headlines")
	{
		const cJSON *total = answer_item(h, "total");
		const char *unit = answer_text(doc, total, "unit");
		const char *value = answer_value(doc, total,
		    strcmp(unit, "%") == 0 ? unit : ""); /* titles say others */

		doc_cell(t, answer_text(doc, h, "id"));
		doc_cell(t, answer_text(doc, h, "title"));
		doc_cell(t, answer_text(doc, h, "from"));
		doc_cell(t, answer_text(doc, h, "to"));
		doc_cell(t, answer_text(doc, total, "denominator"));
		doc_cell(t, answer_text(doc, total, "numerator"));
		doc_cell(t, answer_text(doc, total, "value"));
		doc_cell(t, *value != '\0' ? value : _("no data"));
		doc_cell(t, answer_counts(doc, total));
		doc_cell(t, answer_text(doc, total, "goal"));
		doc_cell(t, answer_text(doc, total, "status"));
		doc_cell(t, answer_status(doc, total));
		doc_cell(t, trend_line(doc, h));
		doc_cell(t, trend_words(doc, h));
	}
}

static const char *
clock_id(struct doc *doc, const cJSON *c)
{
	const cJSON *clock = answer_item(c, "clock");

	return cJSON_IsObject(clock) ? answer_text(doc, clock, "id")
				     : answer_text(doc, c, "clock");
}

/* The count of a clock's i-th bucket. */
static const char *
count_at(struct doc *doc, const cJSON *clock, int i)
{
	return answer_text(
	    doc, cJSON_GetArrayItem(answer_item(clock, "buckets"), i), "count");
}

/* For files a row for each clock. */
static void
clocks_data(struct doc *doc, const cJSON *list, const cJSON *buckets)
{
	struct doc_table *t = doc_table(doc, _("What is due"));
	const cJSON *c, *b;
	int n = cJSON_GetArraySize(buckets);

	doc_column(t, "clock", "", DOC_ID, DOC_DATA);
	cJSON_ArrayForEach(b, buckets)
	    doc_column(t, answer_text(doc, b, "id"), "", DOC_NUMBER, DOC_DATA);
	cJSON_ArrayForEach(c, list)
	{
		doc_cell(t, clock_id(doc, c));
		for (int i = 0; i < n; i++)
			doc_cell(t, count_at(doc, c, i));
	}
}

/* For pages a row for each bucket: their names are long, the clocks' short. */
static void
clocks_page(struct doc *doc, const cJSON *list, const cJSON *buckets)
{
	struct doc_table *t = doc_table(doc, _("What is due"));
	const cJSON *c, *b;
	int i = 0;

	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	cJSON_ArrayForEach(c, list)
	    doc_column(t, "", clock_id(doc, c), DOC_NUMBER, DOC_PAGE);
	cJSON_ArrayForEach(b, buckets)
	{
		doc_cell(t, duties_bucket(answer_text(doc, b, "id")));
		cJSON_ArrayForEach(c, list) doc_cell(t, count_at(doc, c, i));
		i++;
	}
}

static void
clocks(struct doc *doc, const cJSON *answer)
{
	const cJSON *list = answer_item(answer, "clocks");
	const cJSON *buckets =
	    answer_item(cJSON_GetArrayItem(list, 0), "buckets");

	if (cJSON_GetArraySize(buckets) == 0)
		return;
	clocks_data(doc, list, buckets);
	clocks_page(doc, list, buckets);
}

static void
counts(struct doc *doc, const cJSON *answer)
{
	static const struct {
		const char *key, *title;
	} known[] = {
	    {"in_care", N_("Children in care")},
	    {"entered", N_("Entered in 12 months")},
	    {"left", N_("Left in 12 months")},
	    {"unassigned", N_("Without a worker")},
	};
	const cJSON *c = answer_item(answer, "counts");

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		doc_field(
		    doc, _(known[i].title), answer_text(doc, c, known[i].key));
}

void
cmd_board_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *at = answer_item(answer, "at");

	doc_title(doc, "%s", answer_text(doc, at, "name"));
	doc_field(doc, _("Place"), answer_path(doc, answer));
	doc_field(doc, _("As of"), answer_text(doc, answer, "as_of"));
	counts(doc, answer);
	headlines(doc, answer);
	clocks(doc, answer);
	answer_about(doc, answer);
}
