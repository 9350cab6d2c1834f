#include "service/page.h"

#include "base/i18n.h"

bool
page_read(struct context *c, struct page *p, page_is *is, void *of)
{
	const char *after = context_text(c, API_AFTER);
	size_t limit = (size_t)context_number(c, API_LIMIT, API_ROWS);
	size_t i = 0;

	while (after != NULL && i < p->n && !is(of, i, after))
		i++;
	if (after != NULL && i == p->n)
		return context_refuse(c, ERR_BAD_VALUE, API_AFTER,
		    _("the list has changed: begin again without after"));
	p->first = after != NULL ? i + 1 : 0;
	p->end = p->n - p->first < limit ? p->n : p->first + limit;
	return true;
}
