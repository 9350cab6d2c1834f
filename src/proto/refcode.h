/*
 * Reference codes: everything that fixes a figure in about twenty signs that
 * can be read aloud and typed from paper, "7KQ4-M2XN-9PDR-0TVB-HW3C". A code
 * needs no register: it holds the period, the day and the number of the
 * generation, and short hashes of the words for measure, version, unit and
 * filters, by which whoever has the data finds them again. It holds no name
 * and no child's id. Pure.
 *
 * The signs are Crockford's base 32: no I, L, O or U; i and l are read as 1,
 * o as 0, in either case; hyphens and blanks do not count. The last two signs
 * check the others: any two wrong signs, or two that changed places, are
 * noticed.
 *
 * Hashes are salted: whoever writes a code tries salts until each hash stands
 * for one word only among those that could be meant.
 */
#ifndef HEARTH_PROTO_REFCODE_H
#define HEARTH_PROTO_REFCODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define REFCODE_TEXT 400 /* the longest code as text, with its NUL */
#define REFCODE_FILTERS 16
#define REFCODE_SALTS 8

/* Numbers are on paper: only added to. */
enum refcode_kind {
	REFCODE_REPORT = 1,
	REFCODE_LIST,
	REFCODE_COUNTDOWN,
	REFCODE_BOARD,
	REFCODE_CHANGES, /* of verdicts */
	REFCODE_MOVES,	 /* of duties */
	REFCODE_QUALITY, /* from here on three bits do not hold it: refcode.c */
	REFCODE_ENTRY,
	REFCODE_COMPARE,
	REFCODE_KINDS
};

/* Bits of the hashes. */
enum {
	REFCODE_SUBJECT = 12,
	REFCODE_VERSION = 15,
	REFCODE_MARK = 8,
	REFCODE_NODE = 20,
	REFCODE_ATTRIBUTE = 10,
	REFCODE_VALUE = 10
};

struct refcode_filter {
	uint32_t attribute;
	bool node; /* value is the hash of a node's id, not of a word */
	uint32_t value;
};

/* The other side of a comparison. */
struct refcode_side {
	uint32_t version, generation;
	int32_t as_of; /* DATE_NEVER: the generation's data-through day */
};

struct refcode {
	enum refcode_kind kind;
	unsigned salt;
	uint32_t subject, version; /* of the measure or clock */
	uint32_t generation;
	uint32_t mark;	  /* of the generation itself: another store has it,
			   * too, but not with this mark */
	int32_t from, to; /* DATE_MISSING: it has no period */
	int32_t as_of;	  /* DATE_NEVER: the generation's data-through day */
	bool placed;	  /* at a node; else at the root */
	uint32_t node;
	int view;  /* a list's set, a countdown's bucket; 0: none */
	int trend; /* windows, 0: none */
	uint32_t by[2];
	int by_n;
	struct refcode_filter where[REFCODE_FILTERS];
	int where_n;
	bool compares;
	struct refcode_side other;
	/* Of REFCODE_COMPARE: a set of peers by name, and its version. */
	bool peered;
	uint32_t peers, peers_version;
};

/* The hash of a word under a salt. */
uint32_t refcode_hash(unsigned salt, const char *word, int bits);

/* Writes the code in groups of four; returns text. */
char *refcode_write(const struct refcode *r, char text[static REFCODE_TEXT]);
/* ERR_BAD_VALUE when it is no code or was mistyped. */
bool refcode_read(struct refcode *r, const char *text, struct err *err);
/* Whether the text is a code with right check signs: what a field for words
 * or codes asks. */
bool refcode_is(const char *text);

#endif
