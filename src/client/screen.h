/*
 * The screens: what `hearth` shows when no command is given. main() opens
 * the connection and calls screens_run(); everything else happens inside.
 */
#ifndef HEARTH_CLIENT_SCREEN_H
#define HEARTH_CLIENT_SCREEN_H

#include <stdint.h>

#include "base/err.h"
#include "client/net.h"
#include "client/panel.h"
#include "client/settings.h"
#include "client/term.h"

struct screens_conf {
	struct net *net;    /* borrowed; the service may still be starting */
	const char *source; /* what is opened, for the first frame */
	const char *at;	    /* the unit to begin at, NULL: the user's own */
	enum settings_color color;
	enum settings_theme theme;
	enum settings_charset charset;
};

/* Shows the screens on this process's terminal until the user ends them or
 * the terminal goes. Returns the exit status; *err tells why they could not
 * be opened (status by err_exit()). */
int screens_run(const struct screens_conf *conf, struct err *err);

/* For tests: the same on a terminal of their own, step by step. */
void screens_init(struct screens *s, struct term *term, struct net *net,
    int64_t (*clock)(void));
/* Opens the board at a unit (NULL: the user's own). */
void screens_begin(struct screens *s, const char *at);
void screens_fini(struct screens *s);

#endif
