/*
 * What the codes of CWS/CMS mean (etc/providers/cwscms.cfg): by number, or by
 * the label that the system's own table of codes (SYS_CD_C) gives a number.
 * Each entry says how sure it is and since when it stands; those that are only
 * assumed are told when an import goes by them.
 */
#ifndef HEARTH_INGEST_CWSCMS_CODES_H
#define HEARTH_INGEST_CWSCMS_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct faults; /* base/fault.h */

/* What a facility is. */
enum cws_facility {
	CWS_FACILITY_UNKNOWN,
	CWS_FACILITY_FFA,
	CWS_FACILITY_CERTIFIED,
	CWS_FACILITY_FOSTER,
	CWS_FACILITY_GROUP,
	CWS_FACILITY_INSTITUTION,
	CWS_FACILITY_RELATIVE,
	CWS_FACILITY_PREADOPTIVE,
	CWS_FACILITY_INDEPENDENT,
	CWS_FACILITIES
};

enum cws_family {
	CWS_PLC_FCLC,  /* enum cws_facility */
	CWS_TERM_TY_C, /* DISCHARGE_... */
	CWS_AGY_RSPC,  /* DEPARTMENT_..., or left out */
	CWS_ALG_DSPC,  /* DISPOSITION_..., or left out */
	CWS_PLCG_RNC,  /* REQUESTED_... */
	CWS_SCP_RLTC,  /* 1 relative, 2 not */
	CWS_CLS_RSNC,  /* 1 Kin-GAP */
	CWS_FAMILIES
};

#define CWS_LEFT_OUT 100 /* a meaning: rows with it are passed over */
#define CWS_WORD 64

struct cws_entry {
	enum cws_family family;
	char code[8];	      /* "1417"; "" when only by label */
	char label[CWS_WORD]; /* "" when only by number */
	int meaning;
	bool assumed, told; /* told: by SYS_CD_C, not by the file */
	char mark[16], dated[11];
	uint64_t used;
};

/* A rule of counting; its value is 0 or 1, or a number of days. */
enum cws_rule {
	CWS_RULE_KIN_GAP_DAYS,
	CWS_RULE_NOTICE,      /* INT_NTC_DT: the provider asked */
	CWS_RULE_DISPOSED,    /* received on DISPSN_DT where nothing else */
	CWS_RULE_IN_FACILITY, /* PLC_FCLC of an allegation: by its people */
	CWS_RULES
};

struct cws_codes {
	struct cws_entry *list;
	size_t n, cap;
	struct cws_rule_entry {
		int value;
		bool assumed;
		char mark[16], dated[11];
		uint64_t used;
	} rules[CWS_RULES];
	/* Columns that are called otherwise: "TABLE.STANDARD" -> name. */
	struct cws_column {
		char table[12], standard[16], name[32];
	} * columns;
	size_t columns_n, columns_cap;
};

bool cws_codes_read(struct cws_codes *c, const char *path, struct err *err);
bool cws_codes_parse(struct cws_codes *c, const char *path, const char *text,
    struct faults *faults);
void cws_codes_free(struct cws_codes *c);

/* -1 when there is no such family. */
int cws_family_named(const char *name, size_t len);
/* What a number means; 0 when nobody says. Counts its use. */
int cws_meaning(
    struct cws_codes *c, enum cws_family family, const char *code, size_t len);
/* SYS_CD_C: what is known by the label is known by the number from here on. */
void cws_label(struct cws_codes *c, enum cws_family family, const char *code,
    size_t code_len, const char *label, size_t label_len);
/* The column's name in the files. */
const char *cws_column_name(
    const struct cws_codes *c, const char *table, const char *standard);
int cws_rule(struct cws_codes *c, enum cws_rule rule);
const char *cws_rule_name(enum cws_rule rule);
const char *cws_family_name(enum cws_family family);

#endif
