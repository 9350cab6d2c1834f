#include "service/columns.h"

#include <string.h>

#include "base/date.h"
#include "measure/attribute.h"
#include "service/shape.h"

static struct column_value
text_value(const char *text)
{
	return (struct column_value){.text = text, .n = COLUMN_NONE};
}

static struct column_value
number_value(int64_t n)
{
	return (struct column_value){.n = n};
}

static struct column_value
date_value(int32_t day)
{
	return number_value(date_known(day) ? day : COLUMN_NONE);
}

static const struct facts *
row_facts(const struct column_row *r)
{
	return r->context->facts;
}

/* The day of discharge, as far as it was known on the list's day. */
static int32_t
row_out(const struct column_row *r)
{
	int32_t out =
	    facts_i32(row_facts(r), FACTS_REMOVAL_DISCHARGE)[r->entry.removal];

	return out > r->as_of ? DATE_NEVER : out;
}

/* The last day on which there is something to say of the episode. */
static int32_t
row_last(const struct column_row *r)
{
	int32_t out = row_out(r);

	return date_known(out) ? out : r->as_of;
}

/* --- one function a column ------------------------------------------- */

static struct column_value
column_child_id(const struct column_row *r)
{
	return text_value(shape_child_id(r->context, r->entry.child));
}

static struct column_value
column_name(const struct column_row *r)
{
	return text_value(shape_name(r->context, r->entry.child));
}

static struct column_value
column_age(const struct column_row *r)
{
	int32_t birth =
	    facts_i32(row_facts(r), FACTS_CHILD_BIRTH)[r->entry.child];

	return number_value(date_known(birth) && birth <= r->as_of
				? date_years(birth, r->as_of)
				: COLUMN_NONE);
}

static struct column_value
column_code(const struct column_row *r, enum facts_column column, int codes)
{
	return text_value(
	    shape_word(codes, facts_u8(row_facts(r), column)[r->entry.child]));
}

static struct column_value
column_sex(const struct column_row *r)
{
	return column_code(r, FACTS_CHILD_SEX, CODES_SEX);
}

static struct column_value
column_race_group(const struct column_row *r)
{
	return column_code(r, FACTS_CHILD_RACE_GROUP, CODES_RACE_GROUP);
}

static struct column_value
column_hispanic(const struct column_row *r)
{
	return column_code(r, FACTS_CHILD_HISPANIC, CODES_YESNO);
}

static struct column_value
column_legal_status(const struct column_row *r)
{
	int32_t freed =
	    facts_i32(row_facts(r), FACTS_CHILD_FREE)[r->entry.child];

	return text_value(shape_word(CODES_LEGAL_STATUS,
	    freed <= row_last(r) ? LEGAL_STATUS_FREE : LEGAL_STATUS_NOT_FREE));
}

static struct column_value
column_goal(const struct column_row *r)
{
	return text_value(shape_word(CODES_GOAL,
	    shape_goal_on(r->context, r->entry.child, row_last(r))));
}

static struct column_value
column_entry(const struct column_row *r)
{
	return date_value(
	    facts_i32(row_facts(r), FACTS_REMOVAL_DATE)[r->entry.removal]);
}

static struct column_value
column_discharge(const struct column_row *r)
{
	return date_value(row_out(r));
}

static struct column_value
column_discharge_reason(const struct column_row *r)
{
	int code =
	    facts_u8(row_facts(r), FACTS_REMOVAL_WHY_OUT)[r->entry.removal];

	return text_value(
	    date_known(row_out(r)) ? shape_word(CODES_DISCHARGE, code) : NULL);
}

static struct column_value
column_days_in_care(const struct column_row *r)
{
	int32_t in =
	    facts_i32(row_facts(r), FACTS_REMOVAL_DATE)[r->entry.removal];

	return number_value(row_last(r) - in);
}

static struct column_value
column_setting(const struct column_row *r)
{
	return text_value(shape_word(CODES_SETTING,
	    (int)attribute_value(&(struct attribute_of){.facts = row_facts(r),
				     .row = r->entry.removal,
				     .day = row_last(r),
				     .as_of = row_last(r)},
		ATTRIBUTE_SETTING)));
}

static struct column_value
column_last_pprt(const struct column_row *r)
{
	return date_value(
	    shape_last_review(r->context, r->entry.child, r->as_of));
}

/* Duties stand in order of removal. */
static const struct duty *
row_duty(const struct column_row *r)
{
	size_t first = 0, end = r->reviews != NULL ? r->reviews->rows_n : 0;

	while (first < end) {
		size_t mid = first + (end - first) / 2;
		const struct duty *d = &r->reviews->rows[mid];

		if (d->removal == r->entry.removal)
			return d;
		if (d->removal < r->entry.removal)
			first = mid + 1;
		else
			end = mid;
	}
	return NULL;
}

static struct column_value
column_next_due(const struct column_row *r)
{
	const struct duty *d = row_duty(r);

	return date_value(d != NULL ? d->due : DATE_NEVER);
}

static struct column_value
column_bucket(const struct column_row *r)
{
	const struct duty *d = row_duty(r);

	return text_value(
	    shape_word(CODES_BUCKET, d != NULL ? d->bucket : BUCKET_NONE));
}

static struct column_value
column_level(const struct column_row *r, int level)
{
	uint32_t node = facts_path_node(row_facts(r), r->entry.path, level);

	return text_value(node == FACTS_NO_ROW
			      ? NULL
			      : facts_str(row_facts(r), FACTS_NODE_NAME, node));
}

static struct column_value
column_worker(const struct column_row *r)
{
	return column_level(r, LEVEL_WORKER);
}

static struct column_value
column_unit(const struct column_row *r)
{
	return column_level(r, LEVEL_UNIT);
}

static struct column_value
column_county(const struct column_row *r)
{
	return column_level(r, LEVEL_COUNTY);
}

static struct column_value
column_status(const struct column_row *r)
{
	return text_value(shape_word(CODES_VERDICT, r->entry.verdict));
}

static struct column_value
column_reason(const struct column_row *r)
{
	const char *reason = result_reason(r->result, r->index);

	return text_value(
	    reason[0] != '\0'
		? reason
		: _(code_label(&codesets[CODES_VERDICT], r->entry.verdict)));
}

static struct column_value
column_flags(const struct column_row *r)
{
	uint32_t bits =
	    facts_u32(row_facts(r), FACTS_CHILD_FLAGS)[r->entry.child];
	const char *text = NULL;

	if (r->entry.removal != FACTS_NO_ROW)
		bits |= facts_u32(
		    row_facts(r), FACTS_REMOVAL_FLAGS)[r->entry.removal];

#define FLAG(bit, id, code, sentence, field)                           \
	if ((bits >> (bit)&1) != 0)                                    \
		text = text == NULL ? code                             \
				    : arena_printf(&r->context->arena, \
					  "%s %s", text, code);
#include "facts/flags.def"
#undef FLAG
	return text_value(text);
}

static struct column_value
column_denominator(const struct column_row *r)
{
	return number_value(r->entry.denominator);
}

static struct column_value
column_numerator(const struct column_row *r)
{
	return number_value(r->entry.numerator);
}

/* --- reports and in-home cases: rows that the list's subject sees ----- */

static uint32_t
row_of(const struct column_row *r, enum facts_table table)
{
	return over_row(
	    row_facts(r), result_over(r->result), table, r->entry.row);
}

static struct column_value
own_text(const struct column_row *r, enum facts_column column)
{
	uint32_t row = row_of(r, facts_column_info(column)->table);
	const char *text = facts_str(row_facts(r), column, row);

	return text_value(text[0] != '\0' ? text : NULL);
}

/* What had happened by the list's day. */
static struct column_value
own_time(const struct column_row *r, enum facts_column column)
{
	uint32_t row = row_of(r, FACTS_REPORT);
	int32_t minute = facts_i32(row_facts(r), column)[row];
	char text[DATE_TIME_TEXT];

	if (!date_known(minute) || minute / DATE_MINUTES > r->as_of)
		return text_value(NULL);
	date_time_format(minute, text);
	text[10] = ' ';
	return text_value(arena_printf(&r->context->arena, "%s", text));
}

static struct column_value
own_day(const struct column_row *r, enum facts_column column)
{
	uint32_t row = row_of(r, facts_column_info(column)->table);
	int32_t day = facts_i32(row_facts(r), column)[row];

	return date_value(day > r->as_of ? DATE_NEVER : day);
}

static struct column_value
column_report_id(const struct column_row *r)
{
	return own_text(r, FACTS_REPORT_ID);
}

static struct column_value
column_received(const struct column_row *r)
{
	return own_time(r, FACTS_REPORT_RECEIVED);
}

static struct column_value
column_first_contact(const struct column_row *r)
{
	return own_time(r, FACTS_REPORT_CONTACT);
}

static struct column_value
column_track(const struct column_row *r)
{
	return text_value(shape_word(
	    CODES_TRACK, facts_u8(row_facts(r),
			     FACTS_REPORT_TRACK)[row_of(r, FACTS_REPORT)]));
}

static struct column_value
column_concluded(const struct column_row *r)
{
	return own_day(r, FACTS_REPORT_CONCLUDED);
}

static struct column_value
column_conclusion(const struct column_row *r)
{
	uint32_t row = row_of(r, FACTS_REPORT);

	if (own_day(r, FACTS_REPORT_CONCLUDED).n == COLUMN_NONE)
		return text_value(NULL);
	return text_value(shape_word(CODES_CONCLUSION,
	    facts_u8(row_facts(r), FACTS_REPORT_CONCLUSION)[row]));
}

static struct column_value
column_case_id(const struct column_row *r)
{
	return own_text(r, FACTS_SERVICE_ID);
}

static struct column_value
column_opened(const struct column_row *r)
{
	return own_day(r, FACTS_SERVICE_OPENED);
}

static struct column_value
column_closed(const struct column_row *r)
{
	return own_day(r, FACTS_SERVICE_CLOSED);
}

static struct column_value
column_risk(const struct column_row *r)
{
	return own_text(r, FACTS_SERVICE_RISK);
}

static struct column_value
column_opened_for(const struct column_row *r)
{
	return own_text(r, FACTS_SERVICE_REASON);
}

/* --- the table ------------------------------------------------------- */

const struct column_info column_info[COLUMNS] = {
#define COLUMN_OF_ANY FACTS_TABLES
#define COLUMN_OF_CHILD FACTS_CHILD
#define COLUMN_OF_REMOVAL FACTS_REMOVAL
#define COLUMN_OF_REPORT FACTS_REPORT
#define COLUMN_OF_SERVICE FACTS_SERVICE
#define COLUMN(name, title, type, shown, of) \
	[COLUMN_##name] = {#name, title, COLUMN_##type, shown, COLUMN_OF_##of},
#include "service/columns.def"
#undef COLUMN
};

static struct column_value (*const column_functions[COLUMNS])(
    const struct column_row *r) = {
#define COLUMN(name, title, type, shown, of) [COLUMN_##name] = column_##name,
#include "service/columns.def"
#undef COLUMN
};

const char *
column_word(const void *arg, size_t i)
{
	(void)arg;
	return i < COLUMNS ? column_info[i].name : NULL;
}

enum column_id
column_named(const char *name)
{
	int i = 0;

	while (i < COLUMNS && strcmp(column_info[i].name, name) != 0)
		i++;
	return (enum column_id)i;
}

bool
column_speaks(enum column_id column)
{
	const char *name = column_info[column].name;
	enum attribute a = attribute_find(name, strlen(name));

	return column == COLUMN_bucket || column == COLUMN_status ||
	       (a != ATTRIBUTES && !attribute_is_level(a));
}

struct column_value
column_value(const struct column_row *row, enum column_id column)
{
	enum facts_table of = column_info[column].of;

	if (of != FACTS_TABLES &&
	    over_row(row_facts(row), result_over(row->result), of,
		row->entry.row) == FACTS_NO_ROW)
		return (struct column_value){.n = COLUMN_NONE};
	return column_functions[column](row);
}

static bool
column_unknown(enum column_id column, const struct column_value *v)
{
	return column_info[column].type == COLUMN_TEXT ? v->text == NULL
						       : v->n == COLUMN_NONE;
}

int
column_compare(enum column_id column, const struct column_value *a,
    const struct column_value *b, bool down)
{
	bool no_a = column_unknown(column, a), no_b = column_unknown(column, b);
	int order;

	if (no_a || no_b)
		return no_a - no_b;
	order = column_info[column].type == COLUMN_TEXT
		    ? strverscmp(a->text, b->text)
		    : (a->n > b->n) - (a->n < b->n);
	return down ? -order : order;
}

void
column_write(
    struct json *j, enum column_id column, const struct column_value *v)
{
	json_key(j, column_info[column].name);
	if (column_unknown(column, v))
		json_null(j);
	else if (column_info[column].type == COLUMN_TEXT)
		json_string(j, v->text);
	else if (column_info[column].type == COLUMN_DATE)
		json_date(j, (int32_t)v->n);
	else
		json_int(j, v->n);
}
