#include "client/figures.h"

#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/judged.h"
#include "proto/words.h"

const char *
figures_label(const char *attribute, const char *word)
{
	enum attribute a = attribute_find(attribute, strlen(attribute));
	int code;

	if (a == ATTRIBUTES || attribute_is_level(a))
		return word;
	code = attribute_value_find(a, word, strlen(word));
	return code >= 0 ? _(attribute_value_label(a, code)) : word;
}

const char *
figures_heading(const char *attribute)
{
	enum attribute a = attribute_find(attribute, strlen(attribute));

	return a == ATTRIBUTES ? attribute : _(attribute_label(a));
}

static bool
is_level(const char *word)
{
	enum attribute a = attribute_find(word, strlen(word));

	return a != ATTRIBUTES && attribute_is_level(a);
}

void
figures_begin(struct figures *f, struct doc *doc, const cJSON *answer)
{
	const cJSON *measure = answer_item(answer, "measure"), *by;

	*f = (struct figures){.doc = doc, .answer = answer};
	f->id = answer_text(doc, measure, "id");
	f->title = answer_text(doc, measure, "title");
	f->unit = answer_text(doc, measure, "unit");
	ANSWER_EACH(by, answer, "by")
	{
		if (!cJSON_IsString(by) || f->n_by == 2)
			continue;
		f->level = is_level(by->valuestring);
		f->by[f->n_by++] = doc_string(doc, by->valuestring);
	}
	if (f->level)
		f->n_by = 0;
}

static const char *
value_at(const struct figures *f, const cJSON *row, int i)
{
	const cJSON *values = answer_item(row, "values");
	const cJSON *item = cJSON_GetArrayItem(values, i);

	return cJSON_IsString(item) ? doc_string(f->doc, item->valuestring)
				    : "";
}

const char *
figures_name(const struct figures *f, const cJSON *row)
{
	const char *name = "";

	for (int i = 0; i < f->n_by; i++) {
		const char *word = figures_label(f->by[i], value_at(f, row, i));

		name = i == 0
			   ? word
			   : arena_printf(&f->doc->arena, "%s, %s", name, word);
	}
	if (*name == '\0')
		name = answer_text(f->doc, row, "name");
	return *name != '\0' ? name : answer_text(f->doc, row, "key");
}

const char *
figures_period(const struct figures *f, const cJSON *window)
{
	const char *from = answer_text(f->doc, window, "from");
	const char *to = answer_text(f->doc, window, "to");

	if (*from == '\0' || strcmp(from, to) == 0)
		return to;
	return arena_printf(&f->doc->arena, _("%s to %s"), from, to);
}

const char *
figures_words(const struct figures *f, const char *command)
{
	const char *by = answer_join(f->doc, f->answer, "by");
	int windows = cJSON_GetArraySize(answer_item(f->answer, "trend"));
	struct buf words = {0};
	const char *text;

	buf_printf(&words, "%s %s", command, f->id);
	if (*by != '\0')
		buf_str(&words, " --by ");
	for (; *by != '\0'; by++)
		if (*by != ' ')
			buf_char(&words, *by);
	if (windows > 0)
		buf_printf(&words, " --trend %d", windows);
	text = doc_string(f->doc, buf_text(&words));
	buf_free(&words);
	return text;
}

/* --- the table ----------------------------------------------------------- */

/* "Result", or "Result (per 1,000 days)" where the unit is long. */
static const char *
result_heading(const struct figures *f)
{
	if (*f->unit == '\0' || strcmp(f->unit, "%") == 0)
		return _("Result");
	return arena_printf(&f->doc->arena, _("Result (%s)"), _(f->unit));
}

static const char *
short_unit(const struct figures *f)
{
	return strcmp(f->unit, "%") == 0 ? f->unit : "";
}

static bool
has_trend(const struct figures *f)
{
	return cJSON_GetArraySize(answer_item(f->answer, "trend")) > 0;
}

static bool
has_rows(const struct figures *f)
{
	return cJSON_GetArraySize(answer_item(f->answer, "by")) > 0;
}

/* Windows of a trend have none. */
static bool
has_interval(const struct figures *f)
{
	return !has_trend(f) && answer_item(f->answer, "judging") != NULL;
}

/* Files first, in the contract's order; then what a page shows. */
static void
columns(const struct figures *f, struct doc_table *t, unsigned in)
{
	const unsigned data = in & DOC_DATA, page = in & DOC_PAGE;
	const unsigned coded = f->coded ? data : 0;

	doc_column(t, "measure", _("Measure"), DOC_ID, data);
	doc_column(t, "node", _("Unit id"), DOC_ID, data);
	doc_column(t, "level", _("Level"), DOC_ID, data);
	doc_column(t, "name", _("Name"), DOC_WORDS, data);
	doc_column(t, "period_start", _("From"), DOC_DATE, data);
	doc_column(t, "period_end", _("To"), DOC_DATE, data);
	for (int i = 0; i < f->n_by; i++)
		doc_column(
		    t, f->by[i], figures_heading(f->by[i]), DOC_WORDS, data);
	doc_column(t, "denominator", _("Denominator"), DOC_NUMBER, data);
	doc_column(t, "numerator", _("Numerator"), DOC_NUMBER, data);
	doc_column(t, "value", _("Value"), DOC_NUMBER, data);
	doc_column(t, "unit", _("Unit"), DOC_ID, data);
	doc_column(t, "goal", _("Goal"), DOC_NUMBER, data);
	doc_column(t, "status", _("Status"), DOC_ID, data);
	doc_column(t, "excluded", _("Left out"), DOC_NUMBER, data);
	doc_column(t, "pending", _("Pending"), DOC_NUMBER, data);
	doc_column(t, "too_few", _("Too few"), DOC_ID, data);
	doc_column(t, "unknown", _("Unknown"), DOC_NUMBER, coded);
	doc_column(t, "at_least", _("At least"), DOC_NUMBER, coded);
	doc_column(t, "at_most", _("At most"), DOC_NUMBER, coded);
	doc_column(t, "reference", _("Reference code"), DOC_ID, coded);
	for (int i = 0; i < f->n_by; i++)
		doc_column(t, "", figures_heading(f->by[i]), DOC_WORDS, page);
	doc_column(t, "", _("Unit"), DOC_WORDS, f->n_by == 0 ? page : 0);
	if (has_trend(f))
		doc_column(t, "", _("Period"), DOC_WORDS, page);
	doc_column(t, "", result_heading(f), DOC_NUMBER, page);
	doc_column(t, "", _("Counts"), DOC_NUMBER, page);
	if (has_interval(f))
		doc_column(t, "", judged_interval_title(f->doc, f->answer),
		    DOC_NUMBER, page);
	doc_column(t, "", _("Goal"), DOC_NUMBER, page);
	doc_column(t, "", _("Status"), DOC_WORDS, page);
	doc_column(t, "", _("Left out"), DOC_NUMBER, page);
	doc_column(t, "", _("Pending"), DOC_NUMBER, page);
	doc_column(
	    t, "", _("If the unknown were known"), DOC_NUMBER, page & DOC_HEAR);
	doc_column(t, "", _("Reference code"), DOC_ID, page & DOC_HEAR);
}

/* Who a row is about: itself where rows are units, else the place asked. */
static const cJSON *
subject(const struct figures *f, const cJSON *row)
{
	return f->level && answer_item(row, "level") != NULL
		   ? row
		   : answer_item(f->answer, "at");
}

static void
row_identity(const struct figures *f, struct doc_table *t, const cJSON *row,
    const cJSON *window)
{
	const cJSON *who = subject(f, row);
	const char *id = answer_text(f->doc, who, "key");

	doc_cell(t, f->id);
	doc_cell(t, *id != '\0' ? id : answer_text(f->doc, who, "id"));
	doc_cell(t, answer_text(f->doc, who, "level"));
	doc_cell(t, answer_text(f->doc, who, "name"));
	doc_cell(t, answer_text(f->doc, window, "from"));
	doc_cell(t, answer_text(f->doc, window, "to"));
	for (int i = 0; i < f->n_by; i++)
		doc_cell(t, value_at(f, row, i));
}

static const char *
goal_shown(const struct figures *f, const cJSON *figure)
{
	const char *goal = answer_text(f->doc, figure, "goal");

	return *goal == '\0' || *short_unit(f) == '\0'
		   ? goal
		   : arena_printf(&f->doc->arena, "%s %s", goal, short_unit(f));
}

/* Bounds of a figure for missing data, "35.0-37.1 (3 unknown)", or "". */
static const char *
figures_bounds(struct doc *doc, const cJSON *figure)
{
	const char *low = answer_text(doc, figure, "at_least");

	return *low == '\0' ? ""
			    : arena_printf(&doc->arena, _("%s-%s (%s unknown)"),
				  low, answer_text(doc, figure, "at_most"),
				  answer_text(doc, figure, "unknown"));
}

void
figures_unknown(const struct figures *f)
{
	struct doc_table *t = NULL;
	const cJSON *row;

	ANSWER_EACH(row, f->answer, "rows")
	{
		const char *bounds = figures_bounds(f->doc, row);

		if (*bounds == '\0')
			continue;
		if (t == NULL) {
			t = doc_table(
			    f->doc, _("If the unknown were known, row by row"));
			doc_column(t, "", _("Unit"), DOC_WORDS, DOC_LOOK);
			doc_column(t, "", _("Result"), DOC_NUMBER, DOC_LOOK);
			doc_column(t, "", _("Between"), DOC_NUMBER, DOC_LOOK);
		}
		doc_cell(t, figures_name(f, row));
		doc_cell(t, answer_value(f->doc, row, short_unit(f)));
		doc_cell(t, bounds);
	}
}

/* row says whose, figure what: they differ where a row has a trend. */
static void
add_row(const struct figures *f, struct doc_table *t, const cJSON *row,
    const cJSON *figure, const cJSON *window)
{
	static const char *const plain[] = {"denominator", "numerator", "value",
	    "unit", "goal", "status", "excluded", "pending"};
	static const char *const beside[] = {
	    "unknown", "at_least", "at_most", "ref"};
	const char *value = answer_value(f->doc, figure, short_unit(f));

	row_identity(f, t, row, window);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		const char *text = answer_text(f->doc, figure, plain[i]);

		doc_cell(t, *text == '\0' && i == 3 ? f->unit : text);
	}
	doc_cell(t, answer_true(figure, "too_few") ? "y" : "n");
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
		doc_cell(t, answer_text(f->doc, figure, beside[i]));
	for (int i = 0; i < f->n_by; i++)
		doc_cell(t, figures_label(f->by[i], value_at(f, row, i)));
	doc_cell(t, figures_name(f, row));
	if (has_trend(f))
		doc_cell(t, figures_period(f, window));
	doc_cell(t, *value != '\0' ? value : _("no data"));
	doc_cell(t, answer_counts(f->doc, figure));
	if (has_interval(f))
		doc_cell(t, judged_interval(f->doc, figure));
	doc_cell(t, goal_shown(f, figure));
	doc_cell(t, answer_status(f->doc, figure));
	doc_cell(t, answer_text(f->doc, figure, "excluded"));
	doc_cell(t, answer_text(f->doc, figure, "pending"));
	doc_cell(t, figures_bounds(f->doc, figure));
	doc_cell(t, answer_text(f->doc, figure, "ref"));
}

static void
add_windows(const struct figures *f, struct doc_table *t, const cJSON *row,
    const cJSON *windows)
{
	const cJSON *w;

	cJSON_ArrayForEach(w, windows) add_row(f, t, row, w, w);
}

void
figures_table(const struct figures *f, unsigned in)
{
	struct doc_table *t = doc_table(f->doc, "");
	const cJSON *total = answer_item(f->answer, "total"), *row;

	columns(f, t, in);
	if (!has_rows(f) && has_trend(f))
		add_windows(f, t, total, answer_item(f->answer, "trend"));
	else if (!has_rows(f))
		add_row(f, t, total, total, f->answer);
	ANSWER_EACH(row, f->answer, "rows")
	{
		const cJSON *windows = answer_item(row, "trend");

		if (!has_rows(f))
			break;
		if (windows != NULL)
			add_windows(f, t, row, windows);
		else
			add_row(f, t, row, row, f->answer);
	}
}
