#include "service/page.h"

#include "base/i18n.h"

static void
page_begin(struct context *c, struct page *p, size_t first)
{
	size_t limit = (size_t)context_number(c, API_LIMIT, API_ROWS);

	p->first = first < p->n ? first : p->n;
	p->end = p->n - p->first < limit ? p->n : p->first + limit;
}

static size_t
page_row(const struct page *p, page_is *is, void *of, const char *key)
{
	size_t i = 0;

	while (i < p->n && !is(of, i, key))
		i++;
	return i < p->n ? i : PAGE_NONE;
}

bool
page_read(struct context *c, struct page *p, page_is *is, void *of)
{
	const char *after = context_text(c, API_AFTER);
	size_t i = after != NULL ? page_row(p, is, of, after) : 0;

	if (i == PAGE_NONE)
		return context_refuse(c, ERR_BAD_VALUE, API_AFTER,
		    _("the list has changed: begin again without after"));
	page_begin(c, p, after != NULL ? i + 1 : 0);
	return true;
}

bool
page_turn(struct context *c, struct page *p, page_is *is, void *of)
{
	size_t skip = (size_t)context_number(c, API_SKIP, 0);
	size_t half = (size_t)context_number(c, API_LIMIT, API_ROWS) / 2;
	const char *around = context_text(c, API_AROUND);

	if (context_text(c, API_AFTER) != NULL)
		return page_read(c, p, is, of);
	/* Most often the row is still in the middle of the page meant. */
	if (around != NULL && skip + half < p->n && is(of, skip + half, around))
		p->found = skip + half;
	else if (around != NULL)
		p->found = page_row(p, is, of, around);
	if (p->found != PAGE_NONE)
		skip = p->found > half ? p->found - half : 0;
	page_begin(c, p, skip);
	return true;
}
