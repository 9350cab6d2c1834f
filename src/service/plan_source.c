/* What a plan is made of: papers, what came from the field and the providers;
 * and what these say of one review. */
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "service/frame.h"
#include "service/plan_part.h"

static int32_t
day_of(int64_t ms)
{
	return (int32_t)(ms / 86400000);
}

const char *
plan_keep(struct plan_source *s, const char *text)
{
	return arena_strndup(&s->c->arena, text, strlen(text));
}

/* --- reading --------------------------------------------------------- */

static struct plan_received *
find_received(const struct plan_source *s, const char *review)
{
	for (size_t i = 0; i < s->received_n; i++)
		if (strcmp(s->received[i].review, review) == 0)
			return &s->received[i];
	return NULL;
}

const struct plan_received *
plan_received_of(const struct plan_source *s, const char *review)
{
	return find_received(s, review);
}

/* An approval is of the very revision that was looked at. */
int32_t
plan_approved_on(
    const struct plan_source *s, const struct plan_received *received)
{
	const struct paper *p = papers_find(&s->states, received->record);

	return p != NULL &&
		       body_word(p->body, "state", CODES_REVIEW_STEP) ==
			   REVIEW_STEP_APPROVED &&
		       body_int(p->body, "revision") ==
			   (int64_t)received->revision
		   ? day_of(p->at_ms)
		   : DATE_MISSING;
}

static bool
take_received(void *arg, const struct store_revision *r, struct err *err)
{
	struct plan_source *s = arg;
	struct plan_received *known = find_received(s, r->review);

	(void)err;
	if (r->state != STORE_REVISION_APPLIED)
		return true;
	if (known != NULL) {
		if (r->revision > known->revision)
			known->revision = r->revision;
		if (day_of(r->at_ms) < known->first)
			known->first = day_of(r->at_ms);
		return true;
	}
	if (s->received_n == s->received_cap) {
		size_t cap = s->received_cap * 2 + 32;
		struct plan_received *more =
		    arena_alloc(&s->c->arena, cap * sizeof *more);

		if (s->received_n > 0)
			memcpy(more, s->received, s->received_n * sizeof *more);
		s->received = more;
		s->received_cap = cap;
	}
	s->received[s->received_n++] =
	    (struct plan_received){plan_keep(s, r->review),
		plan_keep(s, r->record), r->revision, day_of(r->at_ms)};
	return true;
}

static bool
read_papers(struct plan_source *s)
{
	static const struct {
		const char *kind;
		size_t at;
	} kinds[] = {
	    {PAPER_CONTRACT, offsetof(struct plan_source, contracts)},
	    {PAPER_PLAN, offsetof(struct plan_source, plans)},
	    {PAPER_DRAW, offsetof(struct plan_source, draws)},
	    {PAPER_PACKET, offsetof(struct plan_source, packets)},
	    {PAPER_CLAIM, offsetof(struct plan_source, claims)},
	    {PAPER_REVIEW_STATE, offsetof(struct plan_source, states)},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const struct shelf_ask ask = {.kind = kinds[i].kind};

		if (!papers_read(s->c, &ask, (void *)((char *)s + kinds[i].at)))
			return false;
	}
	return shelf_heads(
	    s->c->svc->shelf, NULL, take_received, s, &s->c->err);
}

bool
plan_read_all(struct plan_source *s)
{
	if (!read_papers(s))
		return false;
	if (s->bare)
		return true;
	s->census = frame_census(s->c);
	if (s->census != NULL || s->c->err.code != ERR_NO_DATA)
		return s->census != NULL;
	s->c->err = (struct err){0};
	return true;
}

/* --- what is known of a review --------------------------------------- */

const struct paper *
plan_packet_of(const struct plan_source *s, const char *review)
{
	const struct paper *found = NULL;

	for (size_t i = 0; i < s->packets.n; i++) {
		const struct paper *p = &s->packets.list[i];
		const char *of = json_get_string(p->body, "review");
		const char *state = json_get_string(p->body, "state");

		if (of != NULL && strcmp(of, review) == 0 && state != NULL &&
		    strcmp(state, "recalled") != 0 &&
		    (found == NULL || p->at_ms >= found->at_ms))
			found = p;
	}
	return found;
}

/* Who took it first, of those who still have it. */
const char *
plan_claimed_by(const struct plan_source *s, const char *review)
{
	const struct paper *first = NULL;

	for (size_t i = 0; i < s->claims.n; i++) {
		const struct paper *p = &s->claims.list[i];
		const char *of = json_get_string(p->body, "review");

		if (of != NULL && strcmp(of, review) == 0 &&
		    body_bool(p->body, "taken") &&
		    (first == NULL || p->at_ms < first->at_ms))
			first = p;
	}
	return first != NULL ? body_text(first->body, "by") : NULL;
}

bool
plan_is_annual_of(const char *review, const char *contract)
{
	size_t n = strlen(contract);

	return strncmp(review, contract, n) == 0 && review[n] == '-' &&
	       strlen(review + n + 1) == 4 &&
	       strspn(review + n + 1, "0123456789") == 4;
}

/* Whether the review was of that provider's programme. */
static bool
is_of(const struct plan_source *s, const char *review, const cJSON *contract)
{
	for (size_t i = 0; i < s->contracts.n; i++) {
		const struct paper *p = &s->contracts.list[i];

		if (plan_is_annual_of(review, p->id) &&
		    strcmp(body_text(p->body, "provider"),
			body_text(contract, "provider")) == 0 &&
		    strcmp(body_text(p->body, "programme"),
			body_text(contract, "programme")) == 0)
			return true;
	}
	return false;
}

const struct plan_received *
plan_last_of(
    const struct plan_source *s, const char *review, const cJSON *contract)
{
	const struct plan_received *last = NULL;

	for (size_t i = 0; i < s->received_n; i++) {
		const struct plan_received *r = &s->received[i];

		if (strcmp(r->review, review) != 0 &&
		    r->first < s->plan->span.to &&
		    (last == NULL || r->first > last->first) &&
		    is_of(s, r->review, contract))
			last = r;
	}
	return last;
}
