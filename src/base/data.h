/*
 * Where the programs' own data stand (measures, for one): a folder of that
 * name below $HEARTH_DATA; else below etc/ beside the program, as in a build
 * tree; else where it was installed. So the programs run from where they were
 * built, without installation.
 */
#ifndef HEARTH_BASE_DATA_H
#define HEARTH_BASE_DATA_H

/* The folder; the caller frees. When there is none, the installed place's
 * name, which an error message can show. */
char *data_find(const char *name);

#endif
