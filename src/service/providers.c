/* GET /v1/providers: those who run homes, each with all the homes it runs on
 * the day; homes that another one runs stand with it. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/suggest.h"
#include "service/find.h"
#include "service/homes.h"
#include "service/page.h"
#include "service/rights.h"
#include "service/shape.h"

struct providers {
	struct context *c;
	const struct census *census;
	struct census_span span;
	struct find words;
	struct api_provider *rows;
	size_t n;
	int64_t served, injured; /* of all that are listed */
	bool injured_known;
	size_t offset; /* of the member sorted by */
	enum { BY_TEXT, BY_NUMBER } by;
	bool down;
};

/* --- the order ------------------------------------------------------- */

#define SORT(name, how)                                         \
	{                                                       \
#name, offsetof(struct api_provider, name), how \
	}

static const struct {
	const char *name;
	size_t offset;
	int by;
} sorts[] = {
    SORT(id, BY_TEXT),
    SORT(name, BY_TEXT),
    SORT(programme, BY_TEXT),
    SORT(status, BY_TEXT),
    SORT(sites, BY_NUMBER),
    SORT(certified_homes, BY_NUMBER),
    SORT(capacity, BY_NUMBER),
    SORT(placed, BY_NUMBER),
    SORT(served, BY_NUMBER),
    SORT(discharged, BY_NUMBER),
};

#define SORTS (sizeof sorts / sizeof *sorts)

static const char *
providers_sort_word(const void *arg, size_t i)
{
	(void)arg;
	return i < SORTS ? sorts[i].name : NULL;
}

static bool
providers_sort(struct providers *p)
{
	const char *word = context_text(p->c, API_SORT), *near;
	size_t i = 0;

	if (word == NULL)
		word = "name";
	p->down = *word == '-';
	word += p->down;
	while (i < SORTS && strcmp(sorts[i].name, word) != 0)
		i++;
	if (i == SORTS) {
		near = suggest(word, providers_sort_word, NULL);
		return context_refuse(p->c, ERR_BAD_VALUE, API_SORT,
		    near != NULL ? arena_printf(&p->c->arena,
				       _("did you mean %s?"), near)
				 : _("a column of the list"));
	}
	p->offset = sorts[i].offset;
	p->by = sorts[i].by;
	return true;
}

static int
providers_text(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "");
}

/* What is not known stands last, whichever way round. */
static int
providers_compare(const void *x, const void *y, void *arg)
{
	const struct providers *p = arg;
	const char *a = (const char *)x + p->offset;
	const char *b = (const char *)y + p->offset;
	int64_t n, m;
	int order = 0;

	if (p->by == BY_TEXT) {
		order = providers_text(*(const char *const *)(const void *)a,
		    *(const char *const *)(const void *)b);
	} else {
		n = *(const int64_t *)(const void *)a;
		m = *(const int64_t *)(const void *)b;
		if (n != m && (n == API_NULL || m == API_NULL))
			return n == API_NULL ? 1 : -1;
		order = (n > m) - (n < m);
	}
	if (order != 0)
		return p->down ? -order : order;
	return providers_text(((const struct api_provider *)x)->id,
	    ((const struct api_provider *)y)->id);
}

/* --- which ----------------------------------------------------------- */

/* Whether it is listed: who is run by nobody, of the programme and words asked
 * for. Who is only named, and has nobody in the period, is not. */
static bool
providers_wanted(const struct providers *p, uint32_t org)
{
	struct census_org o = census_org(p->census, org, p->span.on);
	int64_t programme = context_number(p->c, API_PROGRAMME, 0);

	if (census_operator(p->census, org, p->span.on) != org ||
	    (programme != 0 && o.programme != programme))
		return false;
	return p->words.n == 0 || find_match(&p->words, o.name) ||
	       strcmp(o.id, context_text(p->c, API_Q)) == 0;
}

static void
providers_take(struct providers *p)
{
	uint32_t all = census_orgs(p->census);

	p->rows =
	    arena_alloc(&p->c->arena, ((size_t)all + 1) * sizeof *p->rows);
	for (uint32_t org = 0; org < all; org++) {
		struct census_counts counts;

		if (!providers_wanted(p, org))
			continue;
		census_count(&counts, p->census, org, &p->span);
		p->rows[p->n++] = homes_provider(p->c, p->census, org, &counts);
		p->served += counts.at[CENSUS_SERVED].n;
		p->injured += counts.at[CENSUS_INJURED].n;
		p->injured_known = counts.at[CENSUS_INJURED].known;
		census_counts_fini(&counts);
	}
	qsort_r(p->rows, p->n, sizeof *p->rows, providers_compare, p);
}

static bool
providers_is(void *of, size_t i, const char *key)
{
	const struct providers *p = of;

	return strcmp(p->rows[i].id, key) == 0;
}

bool
providers_answer(struct context *c)
{
	struct providers p = {.c = c};
	struct json *j = &c->json;
	struct page page;

	if (!context_facts(c) || !rights_may(c, FACTS_NO_ROW, RIGHT_FIGURES) ||
	    !homes_span(c, &p.span) || !providers_sort(&p))
		return false;
	p.census = homes_census(c);
	p.words = find_of(&c->arena, context_text(c, API_Q));
	providers_take(&p);
	page.n = p.n;
	if (!page_read(c, &page, providers_is, &p))
		return false;
	shape_about(c);
	homes_span_members(c, &p.span);
	json_kv_int(j, "total", (int64_t)p.n);
	/* All of them together: what S4 is held against. */
	json_kv_int(j, "served", p.served);
	if (p.injured_known)
		json_kv_int(j, "injured", p.injured);
	else
		json_kv_string(j, "injured", NULL);
	json_key(j, "rows");
	json_array(j);
	for (size_t i = page.first; i < page.end; i++)
		api_object(j, API_RESOURCE_provider, &p.rows[i]);
	json_array_end(j);
	json_kv_string(j, "next",
	    page.end == p.n || page.end == 0 ? NULL : p.rows[page.end - 1].id);
	return true;
}
