/*
 * The extract: a folder of CSV files and a manifest (hearth-extract(5)). Its
 * tables and columns are those of proto/extract.def; rows go to the sink as
 * they are read, so memory is one row and the known ids.
 */
#ifndef HEARTH_INGEST_EXTRACT_H
#define HEARTH_INGEST_EXTRACT_H

#include <stdbool.h>

#include "base/csv.h"
#include "ingest/intake.h"

/* Whether the folder is one: it has a manifest or a file of a table. */
bool extract_probe(const char *folder);
bool extract_read(struct intake *in, const char *folder, struct err *err);
/* One file of a table. */
bool extract_read_table(struct intake *in, struct csv *csv,
    enum extract_table table, struct err *err);

/* One value of a column. NULL when it is good, else the rule it breaks. */
const char *extract_cell(const struct column *column,
    const struct csv_field *field, struct cell *cell);

#endif
