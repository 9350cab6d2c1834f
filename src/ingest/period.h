/*
 * The half-years of federal reporting, as numbers CCYYMM: 201303 is period A
 * of 2013 (October 2012 to March), 201309 period B (April to September).
 */
#ifndef HEARTH_INGEST_PERIOD_H
#define HEARTH_INGEST_PERIOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 201303 from its six digits; 0 when they name no half-year. */
int32_t period_parse(const char *text, size_t len);
int32_t period_start(int32_t period);
int32_t period_end(int32_t period);
int32_t period_next(int32_t period);

/* Digits as a number, -1 when there is another character or none, or more
 * than nine. */
int32_t digits(const char *text, size_t len);
/* A day from CCYYMMDD or MMDDYYYY; DATE_MISSING for what is no day. */
int32_t day_ccyymmdd(const char text[8]);
int32_t day_mmddyyyy(const char text[8]);
/* Whether all of it is blank. */
bool blank(const char *text, size_t len);

#endif
