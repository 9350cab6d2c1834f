#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/duties.h"
#include "client/figures.h"

bool
cmd_child_ask(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_CHILD_ONE, call->words[0]);
	return call_get(call, &target, err);
}

/* The child's own values; those with a vocabulary are said in its words, and
 * what ought to be known and is not is said to be so (empty). */
static const struct {
	const char *key, *title, *attribute, *empty;
} facts[] = {
    {"name", N_("Name"), NULL, NULL},
    {"birth_date", N_("Born"), NULL, N_("not known")},
    {"age", N_("Age"), NULL, N_("not known")},
    {"sex", N_("Sex"), "sex", N_("not known")},
    {"race_group", N_("Race and ethnicity"), "race_group", N_("not known")},
    {"hispanic", N_("Hispanic"), "hispanic", N_("not known")},
    {"disabilities", N_("Disabilities"), NULL, N_("none recorded")},
    {"goal", N_("Goal"), "goal", N_("not known")},
    {"legal_status", N_("Legal status"), "legal_status", N_("not known")},
    {"legally_free_date", N_("Legally free since"), NULL, NULL},
    {"days_in_care", N_("Days in care"), NULL, NULL},
    {"setting", N_("Setting"), "setting", NULL},
};

static void
record(struct doc *doc, const cJSON *child)
{
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
		const char *text = answer_text(doc, child, facts[i].key);

		if (*text == '\0' && facts[i].empty != NULL &&
		    cJSON_HasObjectItem(child, facts[i].key))
			text = _(facts[i].empty);
		else if (*text != '\0' && facts[i].attribute != NULL)
			text = figures_label(facts[i].attribute, text);
		doc_field(doc, _(facts[i].title), text);
	}
}

/* A table straight from an array: its members, their headings. */
struct part {
	const char *key, *title;
	struct {
		const char *id, *title;
		enum doc_type type;
	} columns[6];
};

static const struct part timeline = {"timeline", N_("Timeline"),
    {{"date", N_("From"), DOC_DATE}, {"end", N_("To"), DOC_DATE},
	{"lane", N_("Lane"), DOC_ID}, {"kind", N_("What"), DOC_WORDS},
	{"text", N_("Detail"), DOC_WORDS}}};

static const struct part siblings = {"siblings", N_("Brothers and sisters"),
    {{"id", N_("Child"), DOC_ID}, {"name", N_("Name"), DOC_WORDS},
	{"age", N_("Age"), DOC_NUMBER}, {"in_care", N_("In care"), DOC_ID},
	{"goal", N_("Goal"), DOC_WORDS},
	{"setting", N_("Setting"), DOC_WORDS}}};

static const struct part flags = {"flags", N_("Doubts about the data"),
    {{"code", N_("Rule"), DOC_ID}, {"text", N_("What"), DOC_WORDS},
	{"field", N_("Field"), DOC_WORDS}}};

static void
part_table(struct doc *doc, const cJSON *answer, const struct part *p)
{
	const cJSON *rows = answer_item(answer, p->key), *row;
	struct doc_table *t;
	size_t n = 0;

	if (cJSON_GetArraySize(rows) == 0)
		return;
	t = doc_table(doc, _(p->title));
	for (; n < 6 && p->columns[n].id != NULL; n++)
		doc_column(t, p->columns[n].id, _(p->columns[n].title),
		    p->columns[n].type, DOC_BOTH);
	cJSON_ArrayForEach(row, rows) for (size_t i = 0; i < n; i++)
	    doc_cell(t, figures_label(p->columns[i].id,
			    answer_text(doc, row, p->columns[i].id)));
}

static void
duties(struct doc *doc, const cJSON *answer)
{
	const cJSON *list = answer_item(answer, "duties"), *duty;
	struct doc_table *t;

	if (cJSON_GetArraySize(list) == 0)
		return;
	t = duties_table(doc, _("Duties"), NULL);
	cJSON_ArrayForEach(duty, list) duties_row(t, duty);
}

void
cmd_child_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *child = answer_item(answer, "child");

	doc_title(doc, _("Child %s"), answer_text(doc, child, "id"));
	if (answer_true(child, "restricted"))
		doc_text(doc, "%s",
		    _("This record is restricted: every look at it is "
		      "reviewed."));
	doc_field(doc, _("Place"), answer_path(doc, answer));
	record(doc, child);
	part_table(doc, answer, &timeline);
	duties(doc, answer);
	part_table(doc, answer, &siblings);
	part_table(doc, answer, &flags);
	answer_about(doc, answer);
}
