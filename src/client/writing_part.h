/* Inside of writing*.c: the tables' fields, what is offered, values as texts.
 */
#ifndef HEARTH_CLIENT_WRITING_PART_H
#define HEARTH_CLIENT_WRITING_PART_H

#include "client/writing.h"

/* --- fields (writing.c) --------------------------------------------------- */

/* The body's field of that name; NULL: it has none. */
const struct body_field *writing_field_of(
    enum body body, const char *name, size_t len);
/* The list that is written into; NULL: the body itself is. */
const struct body_field *writing_list_field(const struct writing *w);
/* The field of that name that is asked; NULL: it is not. */
struct writing_field *writing_asked(
    const struct writing *w, const char *name, size_t len);
/* The object of the list that is written; NULL: there is none yet. */
cJSON *writing_object_of(const struct writing *w, const cJSON *tree);

/* --- values (writing_value.c) --------------------------------------------- */

/* A member as text, "" when it says nothing; the caller frees. */
char *writing_member_text(const cJSON *o, const char *name);
/* Sets the field; "" takes it away. */
void writing_put_value(cJSON *o, const struct body_field *f, const char *text);

/* --- presets (writing_preset.c) ------------------------------------------- */

struct writing_preset {
	const char *name, *value;
	size_t name_len, value_len;
};

/* The next "field=value" of *word; false at the end. */
bool writing_next_preset(const char **word, struct writing_preset *p);
/* A template with members of the row filled in; the caller frees. */
char *writing_expand(const struct writing *w, const char *text, size_t len);
/* Puts what is offered into fields that are empty and untouched. */
void writing_offer(struct writing *w);
/* What stands in the path: typed, offered, or the row's own; the caller frees.
 */
char *writing_path_value(const struct writing *w, const char *name);

/* --- the body (writing_body.c) -------------------------------------------- */

/* w->err is about that field of the body: leads to the asked one, and calls it
 * by its label. */
void writing_say_wrong(struct writing *w, const char *field, const char *hint);

#endif
