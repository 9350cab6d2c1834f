/* Inside of listing*.c: what stands in a row's columns. */
#ifndef HEARTH_SERVICE_LISTING_PART_H
#define HEARTH_SERVICE_LISTING_PART_H

#include "service/listing.h"

/* Room for a row of any resource. */
union value {
#define RESOURCE(name) struct api_##name name;
#define FIELD(name, type, member)
#define END(name)
#include "proto/resources.def"
#undef RESOURCE
#undef FIELD
#undef END
};

/* A column of a row. */
struct shown_cell {
	const char *text;
	int64_t number;
	bool known;
	size_t at; /* the row's place in the natural order */
};

/* The resource's member of that name, which it has. */
const struct api_field *listing_field(
    const struct listing *l, const char *name);
struct shown_cell listing_cell(
    const struct api_field *f, const union value *value);

/* Adds everything that the rows depend on; which of them are asked for, and in
 * which order, is not. */
void listing_name(
    struct buf *out, const struct context *c, const struct listing *l);

/* All that stands in a row's columns, folded; the rows in natural order. */
struct texts {
	struct buf all;
	size_t *ends; /* of a row's text in all */
};

/* Made, or remembered; they live as long as the request. */
const struct texts *listing_texts(struct context *c, const struct listing *l);
/* Whether the text, folded, is somewhere in the i-th row. */
bool texts_has(const struct texts *t, size_t i, const char *folded);

#endif
