/*
 * The one loop: it sleeps in net_wait() on the terminal, the transfers and
 * the signals' pipe together, drains the keyboard, and paints one frame when
 * something changed. Nothing wakes it while nothing happens.
 */
#ifndef HEARTH_CLIENT_LOOP_H
#define HEARTH_CLIENT_LOOP_H

#include "client/panel.h"

struct loop {
	struct screens *screens;
	int keys;    /* the terminal's descriptor */
	int signals; /* the pipe's reading end, -1: none */
	int barren;  /* wake-ups by the terminal that brought no key */
};

/* Catches the signals that a full-screen program must answer. */
bool loop_signals_open(struct loop *loop, struct err *err);
void loop_signals_close(struct loop *loop);

/* Paints when due, sleeps at most `most` milliseconds (-1: as long as need
 * be), handles what came. */
void loop_step(struct loop *loop, int most);
/* Until the user ends it; the exit status. */
int loop_run(struct loop *loop);

#endif
