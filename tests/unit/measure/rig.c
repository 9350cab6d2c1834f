#include "rig.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "lib/unit.h"

struct rig rig;
static char *rows[8192];
static size_t rows_n;

void
rig_open(void)
{
	rig = (struct rig){.measures = rows_measures()};
	rows_n = 0;
}

void
rig_close(void)
{
	if (rig.facts != NULL)
		facts_close(rig.facts);
	for (size_t i = 0; i < rows_n; i++) {
		free(rows[i]);
		rows[i] = NULL;
	}
	measures_free(rig.measures);
}

void
rig_row(const char *format, ...)
{
	char text[512];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	ck_assert(n >= 0 && (size_t)n < sizeof text);
	ck_assert_uint_lt(rows_n, sizeof rows / sizeof *rows - 1);
	rows[rows_n++] = xstrdup(text);
}

void
rig_group(const struct rig_group *g)
{
	static int child;

	for (int i = 0; i < g->n; i++) {
		int32_t in = rows_day(g->in);
		char out[DATE_TEXT];

		child++;
		date_format(date_addmonths(in, 5), out);
		rig_row("children child_id=c%d birth_date=%s", child, g->born);
		rig_row("removals child_id=c%d removal_date=%s%s%s%s", child,
		    g->in, i < g->met ? " discharge_date=" : "",
		    i < g->met ? out : "",
		    i < g->met ? " discharge_reason=reunification" : "");
		rig_row("assignments child_id=c%d node_id=%s start_date=%s",
		    child, g->node, g->in);
	}
}

void
rig_load(const char *data_through)
{
	rows[rows_n] = NULL;
	rig.facts = rows_facts(data_through, (const char *const *)rows);
}

const struct measure *
rig_find(const char *id)
{
	const struct measure *m = measures_find(rig.measures, id);

	ck_assert_msg(m != NULL, "%s", id);
	return m;
}
