/*
 * Inside of this room: work in two halves, the second by another thread, for
 * as long as it takes. What they share must not change meanwhile.
 */
#ifndef HEARTH_MEASURE_HALVES_H
#define HEARTH_MEASURE_HALVES_H

/* Runs both and comes back when both are done; where there can be no thread
 * one after the other. */
void halves_run(void (*run)(void *half), void *first, void *second);

#endif
