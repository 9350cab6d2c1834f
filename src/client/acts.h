/*
 * What people may write from the screens, by the table acts.def: the kinds of
 * papers, and what is done with each. Pure; writing.h carries one out.
 */
#ifndef HEARTH_CLIENT_ACTS_H
#define HEARTH_CLIENT_ACTS_H

#include <cJSON.h>

#include "proto/api.h"
#include "proto/body.h"

/* The kinds of rows at which something can be done; a row may be of several. */
enum act_at {
	AT_PLAN = 1,
	AT_REVIEW = 2,
	AT_CAP = 4,
	AT_CAPS = 8,
	AT_FINDING = 16,
	AT_PROPOSAL = 32,
	AT_IN_FORCE = 64,
	AT_PROVIDER = 128,
};

enum act_where { ACT_WHOLE, ACT_ADDED, ACT_LAST, ACT_KEYED };

enum act_paper {
#define PAPER(id, body, get, put, member, version) PAPER_##id,
#include "client/acts.def"
	ACT_PAPERS
};

enum act_id {
#define ACT(id, key, at, states, paper, where, list, ask, preset, title, says) \
	ACT_##id,
#include "client/acts.def"
	ACTS
};

struct act_paper_info {
	enum body body;
	enum api_route_id get; /* API_ROUTES: there is nothing before */
	enum api_route_id put;
	const char *member, *version;
};

struct act {
	const char *name; /* "PLAN_ASSIGN", for tests */
	char key;
	unsigned at;
	const char *states;
	enum act_paper paper;
	enum act_where where;
	const char *list;
	const char *ask, *preset;
	const char *title, *says; /* N_() */
};

extern const struct act_paper_info act_papers[ACT_PAPERS];
extern const struct act acts[ACTS];

/* The title of a kind of row, for the help: N_(). */
const char *act_at_title(unsigned at);
/* Whether it can be done at a row of these kinds; row may be NULL. */
bool act_applies(const struct act *act, unsigned at, const cJSON *row);
/* What a field is called, for people: translated. */
const char *act_label(const char *field);

#endif
