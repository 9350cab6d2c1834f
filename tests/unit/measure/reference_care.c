/*
 * Round 2's adoption, long care and stability measures, maltreatment in care,
 * visits and data quality, plainly: measures.md 3.1, 3.3-3.5, 4.6, 5.1, 6.1.
 */
#include "base/date.h"
#include "reference_rules.h"

static int32_t
least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static bool
exit_home(int reason)
{
	return home(reason);
}

/* The later of the days on which the rights of mother and father ended, both
 * after any earlier adoption and not after this discharge. */
static int32_t
freed(const struct kid *k, int i)
{
	int32_t adopted = DATE_MISSING, last = DATE_MISSING;

	for (int j = 0; j < i; j++)
		if (closed(&k->stays[j]) &&
		    k->stays[j].reason == DISCHARGE_ADOPTION)
			adopted = k->stays[j].out;
	for (int r = 0; r < RIGHTS_END; r++) {
		if (k->rights[r] == DATE_NEVER || k->rights[r] <= adopted ||
		    k->rights[r] > k->stays[i].out)
			return DATE_NEVER;
		last = k->rights[r] > last ? k->rights[r] : last;
	}
	return last;
}

/* The last exit of the period for a reason; *out: only exits without any. */
static int
last_exit(
    const struct kid *k, const struct measure_period *p, int reason, bool *out)
{
	int found = -1;

	*out = false;
	for (int known = 0; known < 2; known++)
		for (int i = 0; i < k->stays_n; i++)
			if (is_in(k->stays[i].out, p->from, p->to) &&
			    k->stays[i].reason == (known ? reason : 0)) {
				found = i;
				*out = !known;
			}
	return found;
}

static struct answer
c2_1(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = last_exit(k, p, DISCHARGE_ADOPTION, &out);
	const struct stay *s = &k->stays[i < 0 ? 0 : i];

	if (i < 0)
		return NO;
	if (out || s->out < s->in)
		return OUT;
	return says(date_months(s->in, s->out) < 24);
}

static struct answer
c2_2(const struct kid *k, const struct measure_period *p)
{
	bool out;
	int i = last_exit(k, p, DISCHARGE_ADOPTION, &out);
	const struct stay *s = &k->stays[i < 0 ? 0 : i];

	if (i < 0)
		return NO;
	if (out || s->out < s->in)
		return OUT;
	return (struct answer){VERDICT_MET, s->out - s->in, 1};
}

/* In care on the first day for so many months. */
static bool
there(const struct stay *s, const struct measure_period *p, int months)
{
	return s->in < p->from && s->out >= p->from &&
	       date_months(s->in, p->from) >= months;
}

static struct answer
c2_3(const struct kid *k, const struct measure_period *p)
{
	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		bool left = is_in(s->out, p->from, p->to);

		if (!there(s, p, 17))
			continue;
		if (left && (s->reason == 0 || exit_home(s->reason)))
			return OUT;
		return says(left && s->reason == DISCHARGE_ADOPTION);
	}
	return NO;
}

static struct answer
c2_4(const struct kid *k, const struct measure_period *p)
{
	int32_t half = date_addmonths(p->from, 6);

	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		int32_t free = freed(k, i);

		if (!there(s, p, 17) || free < p->from)
			continue;
		if (free >= half && s->out < half &&
		    (s->reason == 0 || exit_home(s->reason)))
			return OUT;
		return says(free < half);
	}
	return NO;
}

static struct answer
c2_5(const struct kid *k, const struct measure_period *p)
{
	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		int32_t free = freed(k, i);
		bool soon;

		if (!is_in(free, date_addmonths(p->from, -12), p->from - 1))
			continue;
		soon = closed(s) && date_months(free, s->out) < 12;
		if (soon && s->reason == 0)
			return OUT;
		return says(soon && s->reason == DISCHARGE_ADOPTION);
	}
	return NO;
}

static struct answer
c3_1(const struct kid *k, const struct measure_period *p)
{
	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		bool left = is_in(s->out, p->from, p->to);

		if (!there(s, p, 24))
			continue;
		if (k->birth == DATE_MISSING)
			return OUT;
		if (adult_on(k, p->from))
			continue;
		if (k->birth > s->in || (left && s->reason == 0))
			return OUT;
		return says(
		    left && permanent(s->reason) && before_18(k, s->out));
	}
	return NO;
}

static struct answer
c3_2(const struct kid *k, const struct measure_period *p)
{
	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];

		if (!is_in(s->out, p->from, p->to) || freed(k, i) > s->out)
			continue;
		if (s->out < s->in || s->reason == 0 || k->birth > s->in)
			return OUT;
		if (!permanent(s->reason))
			return says(false);
		return k->birth == DATE_MISSING ? OUT
						: says(before_18(k, s->out));
	}
	return NO;
}

static struct answer
c3_3(const struct kid *k, const struct measure_period *p)
{
	int32_t adult = date_birthday(k->birth, 18);
	bool doubtful = false;

	for (int i = k->stays_n - 1; i >= 0; i--) {
		const struct stay *s = &k->stays[i];
		bool young = is_in(s->out, p->from, p->to) && s->out < adult;

		if (s->in > p->to || s->out < p->from)
			continue;
		if (k->birth == DATE_MISSING || (young && s->reason == 0)) {
			doubtful = true;
			continue;
		}
		if (!(young && s->reason == DISCHARGE_EMANCIPATION) &&
		    !(is_in(adult, p->from, p->to) && s->in <= adult &&
			s->out >= adult))
			continue;
		if (s->out < s->in || k->birth > s->in)
			return OUT;
		return says(date_months(s->in, least(s->out, adult)) >= 36);
	}
	return doubtful ? OUT : NO;
}

/* --- stability ----------------------------------------------------------- */

/* The child's last stay that touches the period; -1: none. */
static int
served(const struct kid *k, const struct measure_period *p)
{
	for (int i = k->stays_n - 1; i >= 0; i--)
		if (k->stays[i].in <= p->to && k->stays[i].out >= p->from)
			return i;
	return -1;
}

static bool
is_absence(int setting)
{
	return setting == SETTING_TRIAL || setting == SETTING_RUNAWAY ||
	       setting == SETTING_HOSPITAL;
}

/* -1: nothing is known of them. */
static int
settings(const struct stay *s, int32_t until)
{
	int n = 0;

	if (s->settings >= 0)
		return s->settings;
	if (s->spells_n == 0)
		return -1;
	for (int i = 0; i < s->spells_n; i++)
		n += !is_absence(s->spells[i].setting) &&
		     s->spells[i].from <= until;
	return n;
}

static struct answer
stable(const struct kid *k, const struct measure_period *p, int from, int below)
{
	int i = served(k, p), n;
	const struct stay *s = &k->stays[i < 0 ? 0 : i];
	int32_t end = least(s->out, p->to);

	if (i < 0 || end < s->in || (from == 0 && end - s->in < 8) ||
	    date_months(s->in, end) < from || date_months(s->in, end) >= below)
		return NO;
	n = settings(s, end);
	return n < 0 ? OUT : says(n <= 2);
}

static struct answer
c4_1(const struct kid *k, const struct measure_period *p)
{
	return stable(k, p, 0, 12);
}

static struct answer
c4_2(const struct kid *k, const struct measure_period *p)
{
	return stable(k, p, 12, 24);
}

static struct answer
c4_3(const struct kid *k, const struct measure_period *p)
{
	return stable(k, p, 24, 100000);
}

/* --- maltreatment in care ------------------------------------------------ */

static bool
is_victim(const struct harm *h)
{
	return h->disposition == DISPOSITION_SUBSTANTIATED ||
	       h->disposition == DISPOSITION_INDICATED;
}

static struct answer
r2_s2(const struct kid *k, const struct measure_period *p)
{
	bool harmed = false;

	if (served(k, p) < 0)
		return NO;
	for (int r = 0; r < k->reports_n; r++)
		for (int i = 0; i < k->stays_n; i++)
			harmed |=
			    is_victim(&k->reports[r]) &&
			    k->reports[r].perpetrator != PERPETRATOR_PARENT &&
			    is_in(k->reports[r].date, p->from, p->to) &&
			    k->stays[i].in <= k->reports[r].date &&
			    k->reports[r].date <= k->stays[i].out;
	return says(!harmed);
}

/* A day at least a week into care, before care ended; of a child who stays
 * also the period's last day. */
static bool
in_time(int32_t d, const struct stay *s, int32_t end, bool stays)
{
	return d >= s->in + 7 && (stays ? d <= end : d < end);
}

static int
harms(const struct kid *k, const struct stay *s, const struct measure_period *p,
    int32_t over)
{
	int32_t end = least(over, p->to), kept = DATE_MISSING;
	bool stays = over > p->to;
	int n = 0;

	for (int r = 0; r < k->reports_n; r++) {
		const struct harm *h = &k->reports[r];

		if (!is_victim(h) || !is_in(h->date, p->from, p->to) ||
		    !in_time(h->date, s, end, stays) ||
		    (h->incident != DATE_MISSING &&
			!in_time(h->incident, s, end, stays)) ||
		    (kept != DATE_MISSING && h->date - kept <= 1))
			continue;
		kept = h->date;
		n++;
	}
	return n;
}

static struct answer
s1(const struct kid *k, const struct measure_period *p)
{
	struct answer sum = NO;
	bool any = false;

	for (int i = 0; i < k->stays_n; i++) {
		const struct stay *s = &k->stays[i];
		int32_t start = s->in < p->from ? p->from : s->in;
		int32_t adult = date_birthday(k->birth, 18), over, end;

		if (s->in > p->to || s->out < p->from ||
		    (k->birth != DATE_MISSING && adult_on(k, start)))
			continue;
		if (sum.verdict == VERDICT_OUTSIDE)
			sum.verdict = VERDICT_EXCLUDED;
		if (k->birth == DATE_MISSING || s->out < s->in ||
		    k->birth > s->in)
			continue;
		over = least(s->out, adult);
		if (over <= p->to && over - s->in < 8)
			continue;
		any = true;
		end = least(over, p->to);
		sum.numerator += harms(k, s, p, over);
		sum.denominator +=
		    end - start + (s->in < p->from && over > p->to);
	}
	if (sum.denominator > p->to - p->from + 1)
		sum.denominator = p->to - p->from + 1;
	if (any && sum.denominator > 0)
		sum.verdict = VERDICT_MET;
	else
		sum.numerator = sum.denominator = 0;
	return sum;
}

/* --- visits ------------------------------------------------------------ */

struct months {
	int required, made, residence;
};

/* One calendar month, if the child had to be visited in it. */
static void
month(struct months *m, const struct kid *k, int32_t first, int32_t last)
{
	bool required = false, made = false, residence = false;

	for (int i = 0; i < k->stays_n; i++)
		required |= k->stays[i].in <= first && k->stays[i].out >= last;
	if (!required || adult_on(k, first))
		return;
	for (int v = 0; v < k->visits_n; v++) {
		const struct seen *s = &k->visits[v];

		if (s->kind != VISIT_WORKER || !is_in(s->date, first, last))
			continue;
		made = true;
		residence |= s->place == PLACE_RESIDENCE;
	}
	m->required++;
	m->made += made;
	m->residence += residence;
}

static struct months
all_months(const struct kid *k, const struct measure_period *p)
{
	struct months m = {0};

	if (k->birth == DATE_MISSING)
		return m;
	for (int32_t d = p->from; d <= p->to; d++) {
		int32_t last = date_addmonths(d, 1) - 1;

		if (date_month_start(d) == d && last <= least(p->to, p->as_of))
			month(&m, k, d, last);
	}
	return m;
}

/* Who has months to be visited in at all. */
static bool
to_visit(const struct kid *k, const struct measure_period *p, struct months *m,
    struct answer *a)
{
	*m = all_months(k, p);
	*a = served(k, p) >= 0 && k->birth == DATE_MISSING ? OUT : NO;
	return served(k, p) >= 0 && m->required > 0;
}

/* A child with a month left out has missed the measure. */
static struct answer
share(int made, int required)
{
	return (struct answer){
	    made < required ? VERDICT_MISSED : VERDICT_MET, made, required};
}

static struct answer
wv_1(const struct kid *k, const struct measure_period *p)
{
	struct answer a;
	struct months m;

	if (!to_visit(k, p, &m, &a))
		return a;
	return share(m.made, m.required);
}

static struct answer
wv_2(const struct kid *k, const struct measure_period *p)
{
	struct answer a;
	struct months m;

	if (!to_visit(k, p, &m, &a) || m.made == 0)
		return a;
	return share(m.residence, m.made);
}

static struct answer
wv_3(const struct kid *k, const struct measure_period *p)
{
	struct answer a;
	struct months m;

	if (!to_visit(k, p, &m, &a))
		return a;
	return says(m.residence >= m.required / 2 + 1);
}

static struct answer
wv_4(const struct kid *k, const struct measure_period *p)
{
	struct answer a;
	struct months m;

	if (!to_visit(k, p, &m, &a))
		return a;
	return says(m.made == m.required);
}

/* --- data quality ------------------------------------------------------- */

static struct answer
dq_a2(const struct kid *k, const struct measure_period *p)
{
	int i = served(k, p);

	return i < 0			  ? NO
	       : k->birth == DATE_MISSING ? OUT
					  : says(k->birth > k->stays[i].in);
}

/* The last exit of the period, whatever its reason. */
static int
any_exit(const struct kid *k, const struct measure_period *p)
{
	int found = -1;

	for (int i = 0; i < k->stays_n; i++)
		if (is_in(k->stays[i].out, p->from, p->to))
			found = i;
	return found;
}

static struct answer
dq_a3(const struct kid *k, const struct measure_period *p)
{
	int i = any_exit(k, p);

	return i < 0			  ? NO
	       : k->birth == DATE_MISSING ? OUT
					  : says(k->birth > k->stays[i].out);
}

static struct answer
dq_a5(const struct kid *k, const struct measure_period *p)
{
	int i = any_exit(k, p);

	return i < 0 ? NO : says(k->stays[i].in == k->stays[i].out);
}

static struct answer
dq_a6(const struct kid *k, const struct measure_period *p)
{
	int i = any_exit(k, p);

	return i < 0 ? NO : says(k->stays[i].out < k->stays[i].in);
}

static struct answer
dq_a7(const struct kid *k, const struct measure_period *p)
{
	return served(k, p) < 0 ? NO : says(k->birth == DATE_MISSING);
}

static struct answer
dq_a9(const struct kid *k, const struct measure_period *p)
{
	int i = any_exit(k, p);

	return i < 0 ? NO : says(k->stays[i].reason == 0);
}

static struct answer
dq_a10(const struct kid *k, const struct measure_period *p)
{
	int i = served(k, p);

	return i < 0 ? NO : says(settings(&k->stays[i], DATE_NEVER) < 0);
}

static struct answer
dq_a11(const struct kid *k, const struct measure_period *p)
{
	int i = served(k, p);

	return i < 0 ? NO : says(i == 0);
}

/* Whether the child has a record in a file that ended in those days. */
static bool
in_file(const struct kid *k, int32_t from, int32_t to)
{
	for (int i = 0; i < k->stays_n; i++)
		for (int f = 0; f < k->files_n; f++)
			if (k->stays[i].settings >= 0 &&
			    k->files[f] >= k->stays[i].in &&
			    is_in(k->files[f], from, to))
				return true;
	return false;
}

/* The last stay that began by the period's end, of a child in its file. */
static int
filed(const struct kid *k, const struct measure_period *p)
{
	int found = -1;

	if (in_file(k, p->to, p->to))
		for (int i = 0; i < k->stays_n; i++)
			if (k->stays[i].in <= p->to)
				found = i;
	return found;
}

static struct answer
dq_a1(const struct kid *k, const struct measure_period *p)
{
	return filed(k, p) < 0 ? NO : says(!in_file(k, p->to + 1, p->to + 190));
}

static struct answer
dq_a4(const struct kid *k, const struct measure_period *p)
{
	int i = filed(k, p);

	return i < 0 ? NO
		     : says(!in_file(k, p->to + 1, p->to + 190) &&
			    k->stays[i].out > p->to);
}

static struct answer
cm_2(const struct kid *k, const struct measure_period *p)
{
	for (int i = 0; i < k->stays_n; i++)
		if (k->stays[i].in <= p->to && k->stays[i].out > p->to)
			return says(true);
	return NO;
}

/* In care on the day, free by then or not. */
static struct answer
in_care_free(const struct kid *k, const struct measure_period *p, bool free)
{
	for (int i = k->stays_n - 1; i >= 0; i--)
		if (k->stays[i].in <= p->to && k->stays[i].out > p->to &&
		    (freed(k, i) <= p->to) == free)
			return says(true);
	return NO;
}

static struct answer
cd_1(const struct kid *k, const struct measure_period *p)
{
	return in_care_free(k, p, false);
}

static struct answer
cd_3(const struct kid *k, const struct measure_period *p)
{
	return in_care_free(k, p, true);
}

const struct reference *
reference_care(int i)
{
	static const struct reference list[] = {
	    {"c2.1", 0, c2_1},
	    {"c2.2", 0, c2_2},
	    {"c2.3", 0, c2_3},
	    {"c2.4", 0, c2_4},
	    {"c2.5", 0, c2_5},
	    {"c3.1", 0, c3_1},
	    {"c3.2", 0, c3_2},
	    {"c3.3", 0, c3_3},
	    {"c4.1", 0, c4_1},
	    {"c4.2", 0, c4_2},
	    {"c4.3", 0, c4_3},
	    {"cd-1", 0, cd_1},
	    {"cd-3", 0, cd_3},
	    {"cm-2", 0, cm_2},
	    {"r2-s2", 0, r2_s2},
	    {"s1", 0, s1},
	    {"wv-1", 0, wv_1},
	    {"wv-2", 0, wv_2},
	    {"wv-3", 0, wv_3},
	    {"wv-4", 0, wv_4},
	    {"dq-a1", 6, dq_a1},
	    {"dq-a2", 0, dq_a2},
	    {"dq-a3", 0, dq_a3},
	    {"dq-a4", 6, dq_a4},
	    {"dq-a5", 0, dq_a5},
	    {"dq-a6", 0, dq_a6},
	    {"dq-a7", 0, dq_a7},
	    {"dq-a9", 0, dq_a9},
	    {"dq-a10", 0, dq_a10},
	    {"dq-a11", 0, dq_a11},
	};

	return i < (int)(sizeof list / sizeof *list) ? &list[i] : NULL;
}
