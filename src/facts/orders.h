/*
 * The orders of staged rows and their keys, one of each per row of orders.def
 * (private to this room): order_NAME(), for qsort_r(), and same_NAME().
 */
#ifndef HEARTH_FACTS_ORDERS_H
#define HEARTH_FACTS_ORDERS_H

#include <stdbool.h>

/* Less than, equal to or greater than 0, as x stands before, with or after y.
 * strings is the builder's struct intern. */
typedef int order_fn(const void *x, const void *y, void *strings);
/* Whether two rows have one key. */
typedef bool same_fn(const void *x, const void *y);

#define ORDER(name, row, members) order_fn order_##name;
#define KEYED(name, row, members) \
	order_fn order_##name;    \
	same_fn same_##name;
#include "facts/orders.def"
#undef ORDER
#undef KEYED

/* Episodes by their date; those without a date have no key. */
same_fn same_removals;

#endif
