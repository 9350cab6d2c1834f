/* Records of AFCARS 1993, made of the worked one of formats.md 1. */
#ifndef HEARTH_TESTS_REC93_H
#define HEARTH_TESTS_REC93_H

#include "ingest/afcars93.h"
#include "rig.h"

/* The worked record. */
void rec93_worked(char rec[AF93_WIDTH + 1]);
/* Sets elements: "21=20120214 56=" (blank), separated by spaces. */
void rec93_set(char rec[AF93_WIDTH + 1], const char *what);
/* A file of lines from changes of the worked record, NULL-terminated; the
 * caller frees. */
char *rec93_lines(const char *const *changes, const char *eol);
/* The same, imported under that name. */
void rec93_read(struct rig *rig, const char *name, const char *const *changes);

#endif
