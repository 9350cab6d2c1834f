/* Why one duty is due when it is: where its clock began, its rule and source,
 * what was not counted, and what would stop it. */
#include <string.h>

#include "base/i18n.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/screen_cells.h"
#include "proto/codes.h"

static void
duty_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_COUNTDOWN, NULL);
	scope_add(path, API_CLOCK, p->scope.clock);
	scope_add(path, API_Q, p->scope.child);
	scope_add(path, API_AS_OF, p->scope.as_of);
	scope_add(path, API_GENERATION, p->scope.generation);
}

/* The words may fit others, too: the row whose key it is. */
static const cJSON *
duty_row(const struct panel *p)
{
	const cJSON *d;

	cJSON_ArrayForEach(d, panel_get(p, "rows"))
	{
		if (strcmp(cells_text(d, "key"), p->scope.child) == 0)
			return d;
	}
	return NULL;
}

static void
duty_fill(struct panel *p)
{
	const cJSON *line;
	struct buf text = {NULL, 0, 0};

	cJSON_ArrayForEach(
	    line, cJSON_GetObjectItemCaseSensitive(duty_row(p), "why"))
	{
		if (cJSON_IsString(line))
			buf_printf(&text, "%s\n", line->valuestring);
	}
	rows_text(p, buf_text(&text));
	buf_free(&text);
}

static void
duty_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("%s: why %s is due as it is"),
	    cells_label(CODES_CLOCK, p->scope.clock), p->scope.child);
}

static void
duty_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth why");
	rows_word(out, p->scope.clock);
	rows_word(out, p->scope.child);
}

const struct panel_ops panel_duty = {
    .name = "duty",
    .path = duty_path,
    .fill = duty_fill,
    .title = duty_title,
    .command = duty_command,
    .wraps = true,
};

bool
duty_open(struct panel *p, const char *clock, const char *key)
{
	struct scope s = p->scope;

	if (!code_find(&codesets[CODES_CLOCK], clock, strlen(clock)))
		return false;
	SCOPE_SET(s.clock, clock);
	SCOPE_SET(s.child, key);
	panel_open(p->app, &panel_duty, &s);
	return true;
}
