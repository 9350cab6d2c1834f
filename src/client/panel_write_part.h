/* Inside of panel_write*.c: the form of a writing. */
#ifndef HEARTH_CLIENT_PANEL_WRITE_PART_H
#define HEARTH_CLIENT_PANEL_WRITE_PART_H

#include "client/field.h"
#include "client/panels.h"
#include "client/writing.h"

enum write_step {
	WRITE_TYPING,
	WRITE_ASKING, /* whether it is to be written */
	WRITE_SENDING,
	WRITE_CONFLICT
};

struct form_panel {
	struct writing *w;
	enum write_step step;
	bool taken;	    /* what stands was read */
	bool leaving;	    /* Esc once */
	size_t at, top;	    /* the field with the cursor; n: go on */
	struct field typed; /* of that field */
	uint64_t sent;
	int leave;
};

struct form_panel *write_own(const struct panel *p);
/* Whether the field with the cursor is chosen, not typed. */
bool write_is_choice(const struct form_panel *f);

/* panel_ops' title, bar and body (panel_write_paint.c). */
void write_title(const struct panel *p, struct buf *out);
void write_bar(const struct panel *p, struct buf *out);
void write_paint(struct panel *p, int y, int end);

#endif
