/*
 * Panels: one screen each. A panel says which question it asks the service,
 * what is in its rows' cells, and what opening a row means; asking, waiting,
 * cancelling, history, breadcrumb, messages, keys, sorting and finding are
 * done once, here and in the widgets.
 *
 * To add a panel: a file panel_NAME.c with one `const struct panel_ops`, its
 * line in panels.h, a row in requests.def for a new key, tests/screen/NAME.scr.
 */
#ifndef HEARTH_CLIENT_PANEL_H
#define HEARTH_CLIENT_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cJSON.h>

#include "base/buf.h"
#include "client/net.h"
#include "client/screen_scope.h"
#include "client/term.h"
#include "client/widget_prompt.h"
#include "client/widget_table.h"

enum screen_request {
#define GROUP(id, title)
#define REQUEST(id, name, keys, handler, bar, help) REQUEST_##id,
#include "client/requests.def"
#undef GROUP
#undef REQUEST
	REQUESTS
};

struct panel;
struct screens;

struct panel_ops {
	const char *name;
	/* The question to ask for p->scope; NULL: this panel asks nothing. */
	void (*path)(struct panel *p, struct buf *path);
	/* Adds the rows of p->json (NULL for a panel that asks nothing). */
	void (*fill)(struct panel *p);
	/* The line under the breadcrumb. */
	void (*title)(const struct panel *p, struct buf *out);
	/* Paints what stands above the rows in at most height lines from y;
	 * the lines it took. NULL: nothing. */
	int (*head)(struct panel *p, int y, int height);
	/* A sentence on the focused row, shown where there is room. */
	void (*detail)(const struct panel *p, struct buf *out);
	/* The focused row is opened. */
	void (*open)(struct panel *p);
	/* A figure of the focused row is opened, by its column's word. */
	void (*figure)(struct panel *p, const char *word);
	/* What that figure is; NULL: the words of the column's figures. */
	void (*words)(const struct panel *p, const char *word, struct buf *out);
	/* Narrows the scope to the focused row, for views of it. */
	void (*focus)(const struct panel *p, struct scope *s);
	/* Takes a request itself; false: the general handler does it. */
	bool (*request)(struct panel *p, enum screen_request request);
	/* The command that gives the same; NULL: there is none. */
	void (*command)(const struct panel *p, struct buf *out);
	/* The rows may be a window of a longer list: path then ends with
	 * panel_window(), and fill with panel_window_fill(). */
	bool windowed;
	bool wraps; /* fill depends on the width */
	/* Of the whole agency, whatever place one came from. */
	bool placeless;
	/* Takes a key before anybody else does: a panel in which one types, or
	 * whose letters are choices. False: not its own. */
	bool (*key)(struct panel *p, int key);
	/* Paints what stands between the title and line end, instead of rows,
	 * and places the cursor. */
	void (*body)(struct panel *p, int y, int end);
	/* The key bar's text, where the general one would say what does not
	 * hold here. */
	void (*bar)(const struct panel *p, struct buf *out);
	/* Adds the rows at which something may be written: acts.h. */
	const struct panel_acts *acts;
	/* Ends p->own. */
	void (*fini)(struct panel *p);
};

/* What can be written from a panel. */
struct panel_acts {
	/* The kinds (AT_...) of the focused row and, new and the caller's, its
	 * members; NULL when there is none: what is done without a row. */
	unsigned (*at)(const struct panel *p, cJSON **row);
};

struct crumb {
	char *id, *name, *level;
};

struct panel {
	const struct panel_ops *ops;
	struct screens *app;
	struct scope scope;
	struct table table;
	cJSON *json;	 /* the last answer */
	uint64_t asked;	 /* the question under way, 0: none */
	size_t asked_at; /* where the focus was then */
	int seek;	 /* ... is for the next (1) or last (-1) row found */
	bool preparing;	 /* ... lets the service prepare for looking */
	bool windowed;	 /* the rows are a window of a list */
	bool narrowed;	 /* ... with other words than those on show */
	char words[101]; /* only rows with them, of such a list */
	bool ahead;	 /* asked for rows beyond those on the screen */
	bool refreshing; /* the same question again: a lost row is news */
	bool stale;	 /* what is shown is older than the last attempt */
	struct err err;	 /* why there is nothing to show */
	struct crumb *path;
	size_t n_path, path_cap;
	int turn; /* what TURN has chosen, the panel's own */
	char *finding;
	struct arena kept; /* the panel's own, for its life */
	void *own;	   /* the panel's own; ops->fini ends it */
};

#define PANELS_KEPT 64
/* Rows asked for at a time of a long list: some screens up and down from the
 * focus. The answer takes a millisecond or two. */
#define PANEL_WINDOW ((size_t)400)

struct screens {
	struct term *term;
	struct net *net;
	const char *source; /* the store or the service, as named; or NULL */
	struct panel *stack[PANELS_KEPT];
	int n, current;
	struct prompt prompt;
	char message[512];
	bool dirty, quit, suspended;
	int status; /* the program's, when it quits */
	/* Until then a new screen may stay away: most answers are quicker, and
	 * a frame that says "loading" would only be sent in vain. */
	int64_t hold_until;
	int64_t rest_until; /* rows are coming: no frame before then */
	size_t window;	    /* rows of a long list that are asked for */
	bool lost;	    /* the service did not answer last time */
	int64_t retry_at;   /* 0: never */
	int retry_ms;
	int64_t (*clock)(void);
	bool guard;	 /* no opening until what changed was painted */
	cJSON *measures; /* the catalogue, NULL until it came */
	uint64_t measures_asked;
	char me[81];	/* whose terminal this is; "": not known */
	char user[81];	/* as whom one writes; "": not asked yet */
	int32_t today;	/* 0: this machine's; tests set one */
	bool remembers; /* what was seen, for the next time */
	uint32_t seen;	/* the import that the user saw last; 0: none yet */
	uint64_t code_asked; /* a figure's reference code */
	char data_through[11];
	bool invented;
	bool stale_data; /* older than was agreed */
	long last_frame; /* bytes */
	struct scope home;
};

struct panel *screens_panel(const struct screens *s);

/* Opens a panel after the current one; what lay ahead in history is gone. */
struct panel *panel_open(
    struct screens *s, const struct panel_ops *ops, const struct scope *scope);
/* The same with the panel's own, which is ops->fini's to end. */
struct panel *panel_open_own(struct screens *s, const struct panel_ops *ops,
    const struct scope *scope, void *own);
/* The same panel for another scope: what is on show stays until the answer
 * comes. */
void panel_rescope(struct panel *p, const struct scope *scope);
/* Asks (again) for p->scope. */
void panel_ask(struct panel *p);
void panel_cancel(struct panel *p);
/* Fills the rows anew from p->json. */
void panel_refill(struct panel *p);
/* Leaves for the panel n steps away in history; false: there is none. */
bool panel_go(struct screens *s, int n);
/* Leaves the current panel and n - 1 before it for good, and asks anew for
 * what is on show then: it was written in between. */
void panel_leave(struct screens *s, int n);
/* Sends p's question; ahead: for rows that are not on the screen yet. */
void panel_send(struct panel *p, bool ahead);
void panel_free(struct panel *p);
/* The object (or, at the end, array) of p->json along keys; NULL if absent. */
const cJSON *panel_get(const struct panel *p, const char *key);

void screens_say(struct screens *s, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Asks for the catalogue unless it is there. */
void screens_want_measures(struct screens *s);
/* After the window changed its size. */
void screens_resized(struct screens *s);
/* Asks again for what is on show, now. */
void screens_retry(struct screens *s);

/* --- panel_window.c ------------------------------------------------------ */

/* Most answers over a local socket are there by then. */
#define PANEL_HOLD_MS 80

/* Adds which rows of a list are wanted, in which order: those around the
 * focus, or around the next one that is looked for. */
void panel_window(const struct panel *p, struct buf *path);
/* After the rows were added: which of the list they are. */
void panel_window_fill(struct panel *p);
/* Sorts, turns round or filters a windowed list, or ends that; false: it is
 * another request, or done with the rows that are here. */
bool panel_window_request(struct panel *p, enum screen_request request);
/* Asks for rows around the focus when some that are near it are not here. */
void panel_more(struct panel *p);
/* Whether what is out is only for later: all rows of the screen are here, and
 * there is nothing to say or to paint. */
bool panel_ahead(const struct panel *p);
/* Asks as panel_ask() does, but goes on taking keys while the answer is out:
 * for rows that are looked for as one types or moves. */
void panel_ask_aside(struct panel *p);
/* To the next (1) or the last (-1) row, of those that are not here either,
 * with the text in p->finding. */
void panel_find(struct panel *p, int dir);
/* The user is about to look for something: the service may lay out a long
 * list's texts while it is typed. */
void panel_prepare(struct panel *p);

/* --- panel_paint.c ------------------------------------------------------- */

/* Paints the current panel, whole. */
void panel_paint(struct screens *s);
/* Puts text in at most rows lines from y, broken at spaces; lines used. */
int panel_wrap(struct term *term, int y, int rows, const char *text);

/* --- panel_request.c ----------------------------------------------------- */

struct request_info {
	const char *name;
	const char *keys;
	void (*handler)(struct screens *s);
	const char *bar;  /* N_(), or NULL */
	const char *help; /* N_() */
};

struct request_group {
	const char *title; /* N_() */
	enum screen_request first;
};

extern const struct request_info request_infos[REQUESTS];
extern const struct request_group request_groups[];
extern const size_t request_group_count;

/* REQUESTS for a key that asks for nothing. */
enum screen_request request_of_key(int key);
void request_do(struct screens *s, enum screen_request request);
/* A key as the user typed it: for the prompt, or a request. */
void screens_key(struct screens *s, int key);

#endif
