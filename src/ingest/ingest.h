/*
 * The front of the room: what a path is, and reading it.
 *
 *   struct intake in;
 *   intake_init(&in, &sink);
 *   ingest_list() for each path on the command line
 *   ingest_read() for each file and folder in the list
 *   history_new(), victims_new() over all raw records
 *   ingest_finish()
 *   intake_fini()
 */
#ifndef HEARTH_INGEST_INGEST_H
#define HEARTH_INGEST_INGEST_H

#include "ingest/bytes.h"
#include "ingest/intake.h"

/* A way in which data come. The first row whose probe knows a file's first
 * bytes reads it. */
struct format {
	const char *name;  /* "afcars1993": as the store's sources say */
	const char *title; /* for people; translate */
	const char *kind;  /* RAW_AFCARS or RAW_NCANDS */
	bool (*probe)(const char *s, size_t len);
	int32_t (*period)(const char *s, size_t len);
	bool (*read)(struct intake *in, struct bytes *b, struct err *err);
};

struct ingest_item {
	char *path;
	bool folder;		     /* an extract, or tables of CWS/CMS */
	bool cwscms;		     /* the latter */
	const struct format *format; /* of a federal file */
	const char *instead; /* no format: what it is, if that is told */
	int32_t period;	     /* told by its first bytes: an import that is added
			      * replaces what an earlier one kept of it; 0: none */
};

/* What there is to read, extracts first, so that their tree and children are
 * known when federal files come. */
struct ingest_list {
	struct ingest_item *items;
	size_t n, cap;
};

/* Adds what a path names: an extract's folder, a federal file, or a folder of
 * federal files (those that are none are passed over with a sentence). */
bool ingest_add(
    struct ingest_list *list, struct intake *in, char *path, struct err *err);
void ingest_list_free(struct ingest_list *list);
bool ingest_read(
    struct intake *in, const struct ingest_item *item, struct err *err);
/* The tree's rows that federal records need, and the flags of all files. */
bool ingest_finish(struct intake *in, struct err *err);

#endif
