/*
 * Whose terminal this is.
 */
#ifndef HEARTH_BASE_LOGIN_H
#define HEARTH_BASE_LOGIN_H

/* The name in USER, or where that is not set (a service manager, a bare
 * container) the one that goes with the process's user; "" when there is none.
 * Lives until the environment changes or the next call; for one thread. */
const char *login_name(void);

#endif
