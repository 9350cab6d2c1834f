#include "facts/orders.h"

#include <string.h>

#include "base/date.h"
#include "facts/builder.h"

static int
order_text(const struct intern *strings, uint32_t a, uint32_t b)
{
	return a == b
		   ? 0
		   : strcmp(intern_text(strings, a), intern_text(strings, b));
}

#define NUMBER(member)              \
	if (a->member != b->member) \
		return a->member < b->member ? -1 : 1;
#define TEXT(member)                                                  \
	if ((order = order_text(strings, a->member, b->member)) != 0) \
		return order;
#define ORDER(name, row, members)                                     \
	int order_##name(const void *x, const void *y, void *strings) \
	{                                                             \
		const struct row *a = x, *b = y;                      \
		int order = 0;                                        \
                                                                      \
		(void)strings;                                        \
		members;                                              \
		return order;                                         \
	}
#define KEYED(name, row, members) ORDER(name, row, members NUMBER(s.seq))
#include "facts/orders.def"
#undef NUMBER
#undef TEXT
#undef ORDER
#undef KEYED

/* A number and a text have one key when they are the same number: each text
 * is held once. */
#define NUMBER(member) &&a->member == b->member
#define TEXT(member) NUMBER(member)
#define ORDER(name, row, members)
#define KEYED(name, row, members)                      \
	bool same_##name(const void *x, const void *y) \
	{                                              \
		const struct row *a = x, *b = y;       \
                                                       \
		return true members;                   \
	}
#include "facts/orders.def"

bool
same_removals(const void *x, const void *y)
{
	const struct removal *a = x, *b = y;

	return a->date == b->date && a->date != DATE_MISSING;
}
