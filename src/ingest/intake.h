/*
 * One import under way: what its files have in common while they are read.
 * Importers report rows, set-aside rows and flags through it, so that they are
 * counted in one place and the limit on set-aside rows holds for every format.
 */
#ifndef HEARTH_INGEST_INTAKE_H
#define HEARTH_INGEST_INTAKE_H

#include "ingest/ids.h"
#include "ingest/places.h"
#include "ingest/sink.h"
#include "ingest/tally.h"

/* What became of one file. */
struct intake_file {
	char *name;	    /* without its folder; owned */
	const char *format; /* "extract", "afcars1993" ... */
	int32_t period;	    /* 201309, 2013 for NCANDS; 0: none */
	uint64_t rows, kept;
	struct tally asides, flags;
	char first[192]; /* where the first row set aside stands */
};

struct intake {
	const struct sink *sink;
	unsigned max_aside; /* percent of a file's rows */
	struct intake_file *files;
	size_t n, cap;
	uint64_t rows;	       /* of all files */
	struct ids carried;    /* children of the generation added to; value
				* 1: with a removal */
	struct ids children;   /* of this import's extracts; value: birth */
	struct ids histories;  /* children of AFCARS records */
	struct ids nodes;      /* nodes of the tree */
	struct ids providers;  /* of this import's extracts */
	struct ids incidents;  /* likewise */
	struct ids keys;       /* (table, key) given, for doubles */
	struct places places;  /* the tree that federal files imply */
	int32_t through;       /* latest end of a period, or a manifest's */
	const char *cwscms;    /* file of the codes of CWS/CMS; NULL: none */
	char *agency, *source; /* of the first manifest; NULL: none */
	bool invented;
	bool told; /* carried children with a removal are an
		    * extract's, whose rows count */
};

void intake_init(struct intake *in, const struct sink *sink);
void intake_fini(struct intake *in);

/* A file's name without its folder, as it is told and kept: printable and
 * valid UTF-8 whatever the name holds. The caller frees. */
char *intake_name(const char *path);

/* Begins a file; every call below speaks of the last begun. */
void intake_begin(struct intake *in, const char *name, const char *format);
/* Ends it. False when more rows than the limit were set aside: ERR_REFUSED
 * with the codes that dominate. */
bool intake_end(struct intake *in, struct err *err);
struct intake_file *intake_current(const struct intake *in);

/* A row was read; now and then this tells the sink how far it is. */
void intake_count(struct intake *in);

struct fault {
	const char *file; /* NULL: the current one */
	uint64_t line;
	const char *column; /* NULL: the whole row */
	const char *rule;
	const char *value; /* may hold any bytes; NULL: none */
	size_t len;
};

/* Sets the row aside; the value is cut and made printable. */
bool intake_aside(
    struct intake *in, const struct fault *fault, struct err *err);
/* The name of the file of a period or year, borrowed; otherwise: of a record
 * that none of this import's files brought. */
const char *intake_file_of(
    const struct intake *in, int32_t period, const char *otherwise);
/* Flags n rows, which are kept; told to the sink by intake_give_flags(). */
void intake_flag(struct intake *in, const char *rule, uint64_t n);
/* The flags of all files, each rule once; at the end of the import. */
bool intake_give_flags(struct intake *in, struct err *err);
bool intake_row(struct intake *in, enum extract_table table,
    const struct cell *cells, struct err *err);
/* A sentence for the operator, "FILE: " before it. */
void intake_say(struct intake *in, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A period's or a manifest's last day; the latest counts. */
void intake_through(struct intake *in, int32_t day);

#endif
