/* The findings letter of a review, as it would go out; TURN: in the other
 * tongue. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/panel_rows.h"
#include "client/panels.h"
#include "client/requests.h"
#include "client/review_score.h"
#include "client/screen_cells.h"
#include "client/unit_words.h"

static bool
is_spanish(const struct panel *p)
{
	return (review_tongue() == TONGUE_ES) != (p->turn > 0);
}

static void
letter_path(struct panel *p, struct buf *path)
{
	api_target(path, ROUTE_LETTER, p->scope.review);
	if (is_spanish(p))
		api_query(path, API_TONGUE, "es");
	scope_add(path, API_ON, p->scope.as_of);
}

static void
letter_fill(struct panel *p)
{
	rows_text(p, cells_text(p->json, "letter"));
}

static void
letter_title(const struct panel *p, struct buf *out)
{
	buf_printf(out, _("Findings letter of %s (a preview)"),
	    p->json ? cells_text(p->json, "review") : p->scope.review);
}

static bool
letter_request(struct panel *p, enum screen_request request)
{
	if (request != REQUEST_TURN)
		return false;
	p->turn = !p->turn;
	panel_ask(p);
	return true;
}

static void
letter_command(const struct panel *p, struct buf *out)
{
	buf_str(out, "hearth review letter");
	rows_word(out, p->scope.review);
	buf_str(out, " --office");
	if (is_spanish(p))
		buf_str(out, " --tongue es");
}

const struct panel_ops panel_letter = {
    .name = "letter",
    .placeless = true,
    .path = letter_path,
    .fill = letter_fill,
    .title = letter_title,
    .request = letter_request,
    .command = letter_command,
    .wraps = true,
};

void
request_letter(struct screens *s)
{
	struct scope to = request_scope(s);

	if (*to.review)
		panel_open(s, &panel_letter, &to);
	else
		screens_say(s, "%s", _("choose a review first (R)"));
}
