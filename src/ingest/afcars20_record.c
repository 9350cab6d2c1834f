#include "ingest/afcars20.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ingest/period.h"

/* clang-format off */
static const struct af20_element elements[AF20_LAST + 1] = {
#define GROUP(id, tag, mark)
#define ELEMENT(number, tag, type, codes) [number] = {tag, AF20_##type, codes},
#include "ingest/afcars20.def"
#undef GROUP
#undef ELEMENT
};

static const struct {
	const char *tag;
	char mark;
} groups[] = {
#define GROUP(id, tag, mark) {tag, mark},
#define ELEMENT(number, tag, type, codes)
#include "ingest/afcars20.def"
#undef GROUP
#undef ELEMENT
};
/* clang-format on */

const struct af20_element *
af20_element(int number)
{
	if (number < 1 || number > AF20_LAST || elements[number].tag == NULL)
		return NULL;
	return &elements[number];
}

/* A tag begins with its element's number. */
int
af20_tag(const char *tag)
{
	int number = *tag == 'E' ? atoi(tag + 1) : 0;
	const struct af20_element *e = af20_element(number);

	return e != NULL && strcmp(e->tag, tag) == 0 ? number : 0;
}

char
af20_mark(const char *tag)
{
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (strcmp(groups[i].tag, tag) == 0)
			return groups[i].mark;
	return 0;
}

/* --- values -------------------------------------------------------- */

static bool
listed(const char *codes, int32_t n)
{
	char *end;

	for (; codes != NULL; codes = *end == ';' ? end + 1 : NULL)
		if (strtol(codes, &end, 10) == n)
			return true;
	return false;
}

static int32_t
decode(const struct af20_element *e, const char *s, size_t len)
{
	int32_t n;

	if (e->type == AF20_DATE)
		return len == 8 ? day_ccyymmdd(s) : DATE_MISSING;
	if (e->type == AF20_ID)
		return 0;
	n = digits(s, len);
	if (n < 0 || (e->type == AF20_CODE && !listed(e->codes, n)) ||
	    (e->type == AF20_MONTH &&
		(len != 6 || n % 100 < 1 || n % 100 > 12)))
		return DATE_MISSING;
	return n;
}

/* --- reading the text form ----------------------------------------- */

void
af20_fini(struct af20_record *r)
{
	free(r->parts);
	free(r->values);
	*r = (struct af20_record){0};
}

static int
push_part(struct af20_record *r, char mark, int parent)
{
	grow(&r->parts, &r->cap, r->n + 1, sizeof *r->parts);
	r->parts[r->n] = (struct af20_part){mark, parent, -1, -1};
	return (int)r->n++;
}

static void
push_value(struct af20_record *r, int part, int element, int32_t n)
{
	struct af20_part *p = &r->parts[part];
	int i = (int)r->values_n++;

	grow(&r->values, &r->values_cap, r->values_n, sizeof *r->values);
	r->values[i] = (struct af20_value){element, n, -1};
	if (p->first < 0)
		p->first = i;
	else
		r->values[p->last].next = i;
	p->last = i;
}

/* One line; *part is where its value goes, and moves at marks. */
static bool
parse_line(struct af20_record *r, const char *s, size_t len, int *part)
{
	const char *equals = memchr(s, '=', len);
	const struct af20_element *e;
	int32_t number;

	if (len == 2 && *s == '+' && r->n < AF20_PARTS) {
		*part = push_part(r, s[1], *part);
		return true;
	}
	if (len == 1 && *s == '-') {
		*part = *part > 0 ? r->parts[*part].parent : 0;
		return true;
	}
	if (equals == NULL)
		return false;
	number = digits(s, (size_t)(equals - s));
	e = af20_element(number);
	if (e == NULL)
		return false;
	equals++;
	push_value(
	    r, *part, number, decode(e, equals, len - (size_t)(equals - s)));
	return true;
}

bool
af20_parse(struct af20_record *r, const char *text, size_t len, struct err *err)
{
	int part;

	r->n = r->values_n = 0;
	part = push_part(r, 0, -1);
	while (len > 0) {
		const char *end = memchr(text, '\n', len);
		size_t n = end != NULL ? (size_t)(end - text) : len;

		if (!parse_line(r, text, n, &part))
			return err_set(
			    err, ERR_CORRUPT, "a kept record is damaged");
		n += end != NULL;
		text += n;
		len -= n;
	}
	return true;
}

int32_t
af20_get(const struct af20_record *r, int part, int element)
{
	for (int i = r->parts[part].first; i >= 0; i = r->values[i].next)
		if (r->values[i].element == element)
			return r->values[i].n;
	return DATE_MISSING;
}

int
af20_next(const struct af20_record *r, int parent, char mark, int after)
{
	for (size_t i = (size_t)(after + 1); i < r->n; i++)
		if (r->parts[i].parent == parent && r->parts[i].mark == mark)
			return (int)i;
	return -1;
}
