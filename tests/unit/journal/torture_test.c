/*
 * A monitor types, the power goes (or the process is killed) at a random byte
 * or call, the machine comes back, again and again; then the file is damaged.
 * A plain list is the model. What must be nothing: answers lost, answers
 * doubled, damage unnoticed. HEARTH_SEEDS says how many lives (make torture:
 * 10,000).
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "lib/unit.h"
#include "rig.h"

#define LIVES 400 /* in make check */
#define ROUNDS 4

struct model {
	struct buf kept;    /* answers that the screen called kept */
	struct buf pending; /* those that it did not */
	unsigned typed, drafts, draft_on_disk;
	int64_t typed_at[4096]; /* when each state of the draft began */
	unsigned lost, doubled, unnoticed, crashes, faults;
};

static void
answer(struct rig *r, struct model *m, struct rng *rng)
{
	static char text[4000];
	size_t n = rng_chance(rng, 50000) ? 3000 : rng_below(rng, 120);
	size_t start;

	memset(text, 'a' + (int)(m->typed % 26), sizeof text);
	start = (size_t)snprintf(text, 16, "%u=", m->typed++);
	text[start] = '-';
	n += start;
	text[n] = '\0';
	if (journal_append(r->j, JOURNAL_EVENT, text, n, &r->err)) {
		buf_add(&m->kept, m->pending.data, m->pending.len);
		buf_reset(&m->pending);
		buf_printf(&m->kept, "%s\n", text);
	} else {
		buf_printf(&m->pending, "%s\n", text);
	}
}

static int64_t
now(struct rig *r)
{
	return r->io->ops->mono_ms(r->io->self);
}

static void
type(struct rig *r, struct model *m, struct rng *rng)
{
	char text[64];
	int step = 100 + (int)rng_below(rng, 300), due;
	bool ok;

	/* The loop comes when it was told to. */
	due = journal_tick(r->j, &ok, &r->err);
	if (due >= 0 && due < step) {
		disk_later(r->disk, due);
		journal_tick(r->j, &ok, &r->err);
		step -= due;
	}
	if (disk_is_cut(r->disk))
		return;
	disk_later(r->disk, step);
	if (m->drafts + 1 >= sizeof m->typed_at / sizeof *m->typed_at)
		return;
	snprintf(text, sizeof text, "%u: draft", ++m->drafts);
	m->typed_at[m->drafts] = now(r);
	journal_draft(r->j, "NOTE", text, strlen(text), &r->err);
}

static void
arm(struct rig *r, struct rng *rng)
{
	static const int faults[] = {EIO, ENOSPC, EDQUOT};

	if (rng_below(rng, 3) == 0)
		disk_fail(r->disk, (enum disk_call)rng_below(rng, DISK_CALLS),
		    1 + rng_below(rng, 30), faults[rng_below(rng, 3)]);
	if (rng_below(rng, 2))
		disk_cut_after(r->disk, rng_below(rng, 9000));
	else
		disk_fail(r->disk, DISK_CALLS, 1 + rng_below(rng, 120),
		    rng_below(rng, 2) ? 0 : -1);
}

/* What stands after the crash: all that was kept, then perhaps some of what
 * was not. */
static void
compare(struct rig *r, struct model *m, uint64_t seed)
{
	char *got = rig_events(r->j);
	size_t n = strlen(got), kept = m->kept.len;
	enum journal_state state = journal_found(r->j)->state;

	if (n < kept || memcmp(got, buf_text(&m->kept), kept) != 0) {
		m->lost++;
		printf("seed %llu: kept %zu bytes, found %zu, state %d\n",
		    (unsigned long long)seed, kept, n, state);
	} else if (n - kept > m->pending.len ||
		   memcmp(got + kept, buf_text(&m->pending), n - kept) != 0) {
		m->doubled++;
		printf("seed %llu: more than was typed\n",
		    (unsigned long long)seed);
	}
	if (state == JOURNAL_DAMAGED) {
		m->lost++;
		printf("seed %llu: a crash taken for damage: line %llu, %llu "
		       "good, %llu after, %llu cut, dropped %llu\n",
		    (unsigned long long)seed,
		    (unsigned long long)journal_found(r->j)->damaged_line,
		    (unsigned long long)journal_found(r->j)->good,
		    (unsigned long long)journal_found(r->j)->after,
		    (unsigned long long)journal_found(r->j)->cut,
		    (unsigned long long)journal_found(r->j)->dropped_bytes);
	}
	/* Go on from what stands. */
	buf_reset(&m->kept);
	buf_reset(&m->pending);
	buf_str(&m->kept, got);
	free(got);
}

/* The draft that came back was on the screen less than a second ago. */
static void
compare_draft(struct rig *r, struct model *m, int64_t crashed_at, uint64_t seed)
{
	const char *key, *text;
	size_t n;
	unsigned k = 0;

	if (journal_drafted(r->j, &key, &text, &n))
		k = (unsigned)strtoul(text, NULL, 10);
	if (k < m->drafts &&
	    m->typed_at[k + 1] + JOURNAL_DRAFT_MS < crashed_at) {
		m->lost++;
		printf("seed %llu: draft %u of %u came back, typed %lld "
		       "crashed %lld\n",
		    (unsigned long long)seed, k, m->drafts,
		    (long long)m->typed_at[k + 1], (long long)crashed_at);
	}
	for (unsigned i = 0; i <= m->drafts; i++)
		m->typed_at[i] = now(r);
	m->drafts = k;
}

static bool
life_round(struct rig *r, struct model *m, struct rng *rng, uint64_t seed)
{
	bool fault = false, power;
	int64_t crashed_at;

	arm(r, rng);
	for (int i = 0; i < 60 && !disk_is_cut(r->disk); i++) {
		if (rng_below(rng, 3))
			answer(r, m, rng);
		else
			type(r, m, rng);
		fault |= journal_health(r->j) == JOURNAL_FAILING &&
			 !disk_is_cut(r->disk);
	}
	m->faults += fault;
	m->crashes++;
	crashed_at = now(r);
	power = rng_below(rng, 2);
	rig_after_cut(r, power);
	if (!rig_reopen(r, false)) {
		m->lost++;
		printf(
		    "seed %llu: %s\n", (unsigned long long)seed, r->err.text);
		return false;
	}
	compare(r, m, seed);
	if (!fault)
		compare_draft(r, m, crashed_at, seed);
	else
		m->drafts = 0;
	return true;
}

/* One piece of damage to a file that was whole: whatever happens, it is never
 * called clean with other answers in it. */
static void
damage(struct rig *r, struct model *m, struct rng *rng, uint64_t seed)
{
	size_t n, at;
	uint8_t *p, *copy = NULL;
	char *got;

	rig_reopen(r, true);
	p = disk_file(r->disk, r->path, &n);
	at = rng_below(rng, (uint32_t)n);
	switch (rng_below(rng, 4)) {
	case 0:
		p[at] ^= (uint8_t)(1u << rng_below(rng, 8));
		break;
	case 1:
		memset(p + at, 0, n - at < 512 ? n - at : 512);
		break;
	case 2:
		copy = memcpy(xmalloc(n), p, n);
		disk_put(r->disk, r->path, copy, at);
		break;
	default:
		memmove(p + at, p + n / 2, n - at < n / 2 ? n - at : n / 2);
		break;
	}
	free(copy);
	if (!rig_reopen(r, true))
		return;
	got = rig_events(r->j);
	if (journal_found(r->j)->state == JOURNAL_CLEAN &&
	    strcmp(got, buf_text(&m->kept)) != 0) {
		m->unnoticed++;
		printf("seed %llu: damage at %zu of %zu unnoticed\n",
		    (unsigned long long)seed, at, n);
	}
	free(got);
}

static void
life(struct model *m, uint64_t seed)
{
	struct rig r;
	struct rng rng;

	rng_seed(&rng, seed);
	rig_init(&r, seed);
	rig_journal(&r);
	m->drafts = m->typed = 0;
	buf_reset(&m->kept);
	buf_reset(&m->pending);
	for (int i = 0; i < ROUNDS; i++)
		if (!life_round(&r, m, &rng, seed))
			break;
	if (r.j != NULL)
		damage(&r, m, &rng, seed);
	rig_fini(&r);
}

START_TEST(promise_01__torture__loses_nothing_doubles_nothing)
{
	static struct model m;
	unsigned lives = rig_seeds(LIVES);

	for (uint64_t seed = 1; seed <= lives; seed++)
		life(&m, seed);
	printf("%u lives, %u crashes, %u with other faults: answers lost %u, "
	       "doubled %u, unnoticed damage %u\n",
	    lives, m.crashes, m.faults, m.lost, m.doubled, m.unnoticed);
	buf_free(&m.kept);
	buf_free(&m.pending);
	ck_assert_uint_eq(m.lost + m.doubled + m.unnoticed, 0);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("torture");
	TCase *t = tcase_create("power cuts");

	tcase_set_timeout(t, 3600);
	tcase_add_test(t, promise_01__torture__loses_nothing_doubles_nothing);
	suite_add_tcase(s, t);
	return unit_run(s);
}
