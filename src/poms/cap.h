/*
 * Corrective action plans: their clocks (poms.md 1.5, Exhibit N), what is
 * late and in which band, addenda, follow-up of open findings, and proposals
 * to hold a provider with the approvals they need. Pure: "today" is given.
 */
#ifndef HEARTH_POMS_CAP_H
#define HEARTH_POMS_CAP_H

#include "poms/review.h"

/* Dates are DATE_MISSING where nothing is known. */
struct cap {
	int32_t notice;	  /* CAP04: the written notice was received */
	bool immediate;	  /* CAP03: due is typed from the notice */
	int32_t due;	  /* CAP05, or typed when immediate */
	int32_t extended; /* CAP06 */
	const char *extended_by;
	int32_t received;    /* CAP07: the first acceptable one */
	int32_t approved;    /* CAP08 */
	int32_t carry_out;   /* CAP09 */
	int32_t carried_out; /* CAP10 */
	int uncovered;	     /* CAP12: of the six, how many are answered No */
	bool safety;	     /* CAP02 */
	bool repeat;	     /* CAP13 */
};

enum cap_stage {
	CAP_AWAITED,   /* the provider's turn */
	CAP_IN_REVIEW, /* the county's turn */
	CAP_ADDENDUM,  /* it does not cover everything */
	CAP_CARRYING,  /* approved, being carried out */
	CAP_DONE
};

enum late_band { LATE_NOT, LATE_1_15, LATE_16_30, LATE_OVER_30 };

struct cap_clock {
	enum cap_stage stage;
	int32_t due;   /* the latest of due and extension */
	int days_left; /* of the stage's own clock; negative: late */
	bool on_time;  /* handed in by due; meaningless until received */
	int late;      /* days; 0 when on time */
	enum late_band band;
	int32_t county_due; /* received + 15 business days; may be missing */
	int county_late;    /* business days; 0; -1 when not known */
	/* How sure the county's day is, or why there is none; "" before it is
	 * the county's turn. */
	char county_words[160];
	bool carried_on_time;
	int carried_late; /* days */
	enum late_band carried_band;
};

/* A review's CAP row as a plan; false when the unit is no CAP row. */
bool cap_of(struct cap *cap, const struct review *r, int unit);
struct cap_clock cap_clock(
    const struct cap *cap, const struct instrument *in, int32_t today);
enum late_band cap_band(int days_late);
const char *late_band_word(enum late_band band);  /* "1-15" */
const char *cap_stage_word(enum cap_stage stage); /* "awaited" */
/* An extension is acceptable: later than what it extends, and by whom. */
bool cap_extend(struct cap *cap, int32_t to, const char *by, struct err *err);

/* --- status of a provider --- */

enum hold_status {
	STATUS_NONE,
	STATUS_HOLD,
	STATUS_DNR, /* do not refer */
	STATUS_DNU  /* do not use */
};
const char *status_word(enum hold_status status); /* "none", "hold", ... */
enum hold_status status_find(const char *word);

/* Who can approve; each may do what the ones before may. */
enum approver { APPROVER_NONE, APPROVER_DIVISION_CHIEF, APPROVER_DIRECTOR };

struct proposal {
	enum hold_status now, to;
	int32_t since;	/* the status in force began */
	int32_t until;	/* it ends, DATE_MISSING: open */
	bool extension; /* to == now: only its end moves */
	int32_t new_until;
	const char *reason;
	int open_findings, late_caps;
	bool danger; /* prima facie evidence of danger or a serious event */
};

#define HOLD_EXTENSION_DAYS 45

/* Whether the proposal can be made at all: one step of the ladder's meaning,
 * a reason, an extension once and by at most 45 days. */
bool proposal_valid(const struct proposal *p, struct err *err);
/* Who has to approve it. */
enum approver proposal_approver(const struct proposal *p);
const char *approver_word(enum approver a);
/* What the record suggests: late plans, repeated findings, danger. Only a
 * suggestion; words in *why (to be translated). */
enum hold_status proposal_suggest(
    const struct cap *caps, size_t n, bool danger, const char **why);

/* --- follow-up of findings --- */

enum followed { FOLLOW_OPEN, FOLLOW_PARTLY, FOLLOW_CORRECTED, FOLLOW_CLOSED };

/* The Y rows of a follow-up review, one per open finding. */
struct follow {
	int unit;
	const char *question; /* of the finding */
	int32_t since, checked;
	enum followed state;
	const char *how; /* seen, words */
};
const struct follow *follow_list(
    const struct review *r, struct arena *arena, int *n);
/* What stands open at a review's end: its own findings, and those it followed
 * up and did not close. A follow-up's packet brings each as a FOL row, its key
 * the question. */
struct open_finding {
	const char *question;
	int32_t since; /* the end of the period that found it first */
};
const struct open_finding *follow_due(
    const struct review *last, struct arena *arena, int *n);
#endif
