/* The keys, from the table of requests, and what W opens, from that of acts;
 * Enter does what the row says. */
#include <stdlib.h>

#include "base/i18n.h"
#include "client/acts.h"
#include "client/panels.h"

/* What may be written, by the kinds of rows at which it is. */
static void
help_acts(struct table *t)
{
	unsigned at = 0;

	for (int i = 0; i < ACTS; i++) {
		char *keys = xasprintf("W %c", acts[i].key);
		struct table_row *row;

		if (acts[i].at != at)
			table_section(t, 0, _(act_at_title(acts[i].at)));
		at = acts[i].at;
		row = table_add(t, 0, acts[i].name);
		row->tag = REQUESTS + i;
		table_text(t, row, 0, keys);
		table_text(t, row, 1, _(acts[i].title));
		free(keys);
	}
}

static void
help_fill(struct panel *p)
{
	struct table *t = &p->table;
	struct table_column help = {
	    .id = "help", .title = _("What it does"), .flex = true, .min = 16};
	struct table_column keys = {.id = "keys", .title = _("Keys")};
	size_t group = 0;

	t->spans = true;
	if (!t->layouts) {
		table_column_add(t, 0, &keys);
		table_column_add(t, 0, &help);
	}
	for (int r = 0; r < REQUESTS; r++) {
		struct table_row *row;

		if (group < request_group_count &&
		    request_groups[group].first == (enum screen_request)r)
			table_section(t, 0, _(request_groups[group++].title));
		row = table_add(t, 0, request_infos[r].name);
		row->tag = r;
		table_text(t, row, 0, request_infos[r].keys);
		table_text(t, row, 1, _(request_infos[r].help));
	}
	help_acts(t);
}

static void
help_title(const struct panel *p, struct buf *out)
{
	(void)p;
	buf_str(out, _("Keys (Enter does it, / finds one)"));
}

static void
help_detail(const struct panel *p, struct buf *out)
{
	const struct table_row *row = table_focused(&p->table);

	if (row)
		buf_str(out, row->cells[1].text);
}

static void
help_open(struct panel *p)
{
	struct screens *s = p->app;
	int request = table_focused(&p->table)->tag;

	panel_go(s, -1);
	if (request >= REQUESTS)
		panel_acts_do(s, &acts[request - REQUESTS]);
	else
		request_do(s, (enum screen_request)request);
}

const struct panel_ops panel_help = {
    .name = "help",
    .fill = help_fill,
    .title = help_title,
    .detail = help_detail,
    .open = help_open,
};
