/* Inside of list*.c: a list while it is answered. */
#ifndef HEARTH_SERVICE_LIST_PART_H
#define HEARTH_SERVICE_LIST_PART_H

#include "service/columns.h"
#include "service/page.h"
#include "service/scope.h"

/* Rows of the result in the order asked for: a list is read page by page,
 * and each page of a long one would cost as much as the first. */
struct list_order {
	size_t n;
	uint32_t rows[];
};

struct list {
	struct context *c;
	struct scope scope;
	struct column_row row; /* what columns look at; entry changes */
	enum column_id columns[COLUMNS];
	size_t columns_n;
	enum column_id sort;
	bool sorted, down;
	const struct list_order *order; /* the cache's */
	struct page page;		/* of order->rows */
};

/* Makes columns look at a row of the result. */
void list_stand_on(struct list *l, uint32_t index);
/* Sets the list's order, remembered or made. */
void list_order_take(struct list *l);
/* The place of the next row with the text that is looked for: from skip on and
 * then from the top, or back from skip and then from the end. */
size_t list_find(struct list *l);

#endif
