/*
 * Rows on their way into a table of the embedded store (private to this room).
 * They are gathered and inserted many at a time: one statement takes them from
 * a virtual table that shows what was gathered. A statement for each row costs
 * three times as much (make import_bench).
 */
#ifndef HEARTH_STORE_LITE_ROWS_H
#define HEARTH_STORE_LITE_ROWS_H

#include <sqlite3.h>

#include "store/db.h"

struct lite_rows;

/* For the shape's table of the connection; NULL when it fails. Whatever fails
 * here, the connection tells why (sqlite3_errmsg()). */
struct lite_rows *lite_rows_new(sqlite3 *to, const struct shape *shape);
/* Before the connection is closed; rows that were not flushed are lost. */
void lite_rows_free(struct lite_rows *r);
/* Strings are copied before it returns. */
bool lite_rows_put(struct lite_rows *r, const struct cell *row);
/* Inserts what was gathered, in the order in which it came. */
bool lite_rows_flush(struct lite_rows *r);

#endif
