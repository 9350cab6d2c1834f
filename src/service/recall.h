/*
 * What the opening board needs, kept from one run of the service to the next:
 * a private service starts with every program, and what a user waits for then
 * are these figures. They are a function of the snapshot, the definitions and
 * the program, and are kept in figures.kept beside the snapshot with a stamp
 * of all three; whatever is not exactly what is asked for is left alone, and
 * nothing ever depends on the file being there.
 */
#ifndef HEARTH_SERVICE_RECALL_H
#define HEARTH_SERVICE_RECALL_H

#include "service/context.h"

/* Puts what was kept for the serving snapshot into the results cache. */
void recall_read(struct service *svc);
/* Keeps what is in the cache, unless the file has it or something is missing:
 * then nobody looked at the board. */
void recall_write(struct service *svc);

#endif
