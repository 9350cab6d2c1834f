/*
 * The table: rows and columns with a focused row. Every screen is one. It
 * sorts, filters, finds, scrolls and fits its columns to the width, so that
 * a panel only says what is in a cell.
 *
 * A table may have several layouts (sets of columns) under section rows, as
 * the opening board has. Cell texts live in the table until table_clear().
 *
 * It may hold a window of a longer list: cursor and top are places in the
 * whole, rows that are not here are painted as dots, and whoever fills the
 * table brings others when table_wants() says so. Order, filter and search
 * are then the filler's: they concern rows that are not here.
 */
#ifndef HEARTH_CLIENT_WIDGET_TABLE_H
#define HEARTH_CLIENT_WIDGET_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "client/term.h"

#define TABLE_COLUMNS 32
#define TABLE_LAYOUTS 4

struct table_column {
	const char *id;
	const char *title; /* translated */
	bool right;	   /* numbers */
	/* 0: never left out. Columns with greater numbers go first when the
	 * width does not suffice. */
	int priority;
	int max;   /* widest, 0: no limit */
	bool flex; /* takes what is left over; may be cut down to min */
	int min;
	bool middle; /* cut in the middle: titles differ at their ends */
	bool glyph;  /* its first character says it, if need be */
	bool hidden; /* by the user */
	/* The figures of a cell, NULL-ended: the panel's own words. A cell has
	 * as many parts as figures, apart by "/"; figures beyond the parts are
	 * what the whole cell leaves out (a complement). */
	const char *const *figures;
};

/* A figure of the focused row: of which column, and which of its figures. */
struct table_figure {
	int column; /* -1: the row itself */
	int part;
};

/* A list has a hundred thousand rows: what most cells lack stands apart. */
struct table_cell {
	const char *text;
};

struct table_mark {
	double number; /* for sorting; NAN: no number, sorts last */
	bool numeric;
	enum term_role glyph; /* of the first character; else ROLE_TEXT */
};

struct table_extra {
	const char *brief; /* for the first cell where its text is cut */
	struct table_mark marks[]; /* one a cell */
};

struct table_row {
	const char *key; /* what a refresh knows it by */
	const char *id;	 /* the panel's own; in the table's arena */
	struct table_cell *cells;
	struct table_extra *extra; /* NULL: none */
	int tag;		   /* the panel's own */
	int8_t layout;
	bool section; /* a title; never focused, sorted or filtered */
	bool pinned;  /* stays on top whatever the order */
};

struct table {
	struct table_column columns[TABLE_LAYOUTS][TABLE_COLUMNS];
	int widths[TABLE_LAYOUTS][TABLE_COLUMNS]; /* widest cell */
	int n_columns[TABLE_LAYOUTS];
	int layouts;
	struct arena arena;
	struct arena texts; /* of cells, side by side */
	char *chunk;	    /* of texts: where the next one goes */
	size_t chunk_left;
	const char **lately; /* texts kept, by hash: most come again */
	char **folded;	     /* rows as text_fold(); NULL: not yet needed */
	size_t folded_n;
	struct table_row *rows;
	size_t n, cap;
	size_t base, total; /* a window: place of the first row, rows in all */
	size_t *view;	    /* rows shown, in order */
	size_t shown, view_cap;
	size_t cursor, top; /* in view */
	int height;	    /* rows painted last */
	int painted_y;	    /* where, and what was on top then */
	size_t painted_top;
	bool painted;
	uint32_t visible[TABLE_LAYOUTS]; /* bit c: column c was painted */
	int left;			 /* columns scrolled away */
	int sort;			 /* column, -1: as filled */
	bool reverse;
	bool fixed;    /* sections: no sorting */
	bool served;   /* the rows come sorted */
	bool spans;    /* a section's title has its line for itself */
	char *filter;  /* folded; NULL: all */
	char *focus;   /* key to return to after a refill */
	size_t offset; /* and its screen row */
	struct table_figure figure; /* kept from row to row */
	bool moved; /* the focused record changed under the user's hands */
};

void table_init(struct table *t);
void table_fini(struct table *t);
/* Adds a column to a layout; its index. */
int table_column_add(
    struct table *t, int layout, const struct table_column *column);

/* Begins a refill: rows go, the focused row is remembered by its key. */
void table_clear(struct table *t);
/* Other rows altogether will follow: nothing is remembered. */
void table_forget(struct table *t);
struct table_row *table_add(struct table *t, int layout, const char *key);
/* A section's title row; it also shows the layout's column titles, unless
 * t->spans. */
void table_section(struct table *t, int layout, const char *title);
/* Between table_clear() and table_fill(): the rows added are those from place
 * base on, of total in all. */
void table_window(struct table *t, size_t base, size_t total);
/* Whether there are more rows than those here. */
bool table_windowed(const struct table *t);
/* Between the same: the focus goes to that place, whatever had it. */
void table_go(struct table *t, size_t place);
/* How many rows of the list, within margin of those on the screen, are not
 * here. */
size_t table_wants(const struct table *t, size_t margin);
/* Cell texts are copied. */
void table_text(
    struct table *t, struct table_row *row, int column, const char *text);
void table_number(struct table *t, struct table_row *row, int column,
    const char *text, double number);
/* A copy of the text that lives as long as the rows. */
const char *table_keep(struct table *t, const char *text);
/* A cell's; an empty one where there is none. */
struct table_mark table_mark(const struct table_row *row, int column);
/* The colour of a cell's first character. */
void table_glyph(
    struct table *t, struct table_row *row, int column, enum term_role role);
/* What the first cell says where there is no room for its text. */
void table_brief(struct table *t, struct table_row *row, const char *text);
/* Ends a refill: filters, sorts and returns to the remembered row on its
 * screen row. False when that row is gone: a neighbour has the focus. */
bool table_fill(struct table *t);

/* The focused row; NULL: there is none, or it is not here. */
struct table_row *table_focused(const struct table *t);
/* The row at a place of the view, NULL when it is not here. */
struct table_row *table_at(const struct table *t, size_t place);
/* To the next (1) or the previous (-1) figure of the focused row that is on
 * the screen; past the last comes the row itself. False: it has none. */
bool table_figure_step(struct table *t, int dir);
/* The focused figure's word, NULL when the row itself has the focus. */
const char *table_figure(const struct table *t);
void table_move(struct table *t, long n); /* rows; LONG_MIN/MAX: the ends */
void table_page(struct table *t, int n);
void table_side(struct table *t, int n);	      /* columns into view */
void table_filter(struct table *t, const char *text); /* NULL, "": all */
/* To the next row (dir 1) or the one before (-1) that holds text. */
bool table_find(struct table *t, const char *text, int dir);
void table_sort(struct table *t, int column, bool reverse);
/* Between table_clear() and table_fill(): the row to begin at, when there
 * was none before. */
void table_want(struct table *t, const char *key);

/* How many columns, right of those shown, a width has no room for. */
int table_beyond(const struct table *t, int width);

/* Paints titles and rows in height lines from y, and puts the cursor on the
 * focused row. */
void table_draw(struct table *t, struct term *term, int y, int height);

#endif
