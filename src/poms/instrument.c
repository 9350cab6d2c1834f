#include "poms/instrument.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "poms/loader.h"

#define FILE_MAX (4 << 20)

/* --- reading --- */

static const char *
hash_text(struct arena *arena, const char *text)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof hash + 1];

	crypto_hash_sha256(hash, (const unsigned char *)text, strlen(text));
	sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
	return arena_strndup(arena, hex, strlen(hex));
}

static void
loader_known(struct instrument *in)
{
	static const char *const ids[KNOWNS] = {
#define KNOWN(id, question) question,
#include "poms/known.def"
#undef KNOWN
	};

	for (int i = 0; i < KNOWNS; i++)
		in->known[i] = instrument_question(in, ids[i], strlen(ids[i]));
}

static void
loader_root(struct loader *l, const config_setting_t *root)
{
	loader_about(l, root);
	loader_tables(l, root);
	loader_sections(l, root);
	loader_indicators(l, root);
	loader_checks(l, root);
	loader_late(l);
	loader_cycles(l);
	loader_known(l->in);
}

struct instrument *
instrument_parse(const char *file, const char *text, struct faults *faults)
{
	struct instrument *in = xcalloc(1, sizeof *in);
	struct loader l = {.in = in,
	    .cfg = {.arena = &in->arena, .faults = faults, .source = text}};
	size_t before = faults->n;
	config_t config;

	l.cfg.file = in->file = arena_strndup(&in->arena, file, strlen(file));
	in->about.hash = hash_text(&in->arena, text);
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_FALSE) {
		int line = config_error_line(&config);

		fault_add(faults, file, line, source_column(text, line, NULL),
		    "%s", config_error_text(&config));
	} else {
		loader_root(&l, config_root_setting(&config));
	}
	config_destroy(&config);
	if (faults->n == before) {
		depend_build(in);
		return in;
	}
	instrument_free(in);
	return NULL;
}

bool
instrument_read(struct instrument **in, const char *path, struct faults *faults,
    struct err *err)
{
	struct buf text = {0};
	bool ok = file_read(&text, path, FILE_MAX, err);

	*in = NULL;
	if (!ok)
		err_prefix(err, "instrument");
	else if (strlen(buf_text(&text)) != text.len)
		fault_add(faults, path, 1, 0, _("this is not a text"));
	else
		*in = instrument_parse(path, buf_text(&text), faults);
	buf_free(&text);
	return ok;
}

bool
instrument_load(struct instrument **in, const char *path, struct err *err)
{
	struct faults faults = {0};
	bool ok = instrument_read(in, path, &faults, err);

	if (ok && faults.n > 0)
		ok = fault_err(&faults.list[0], err);
	faults_free(&faults);
	return ok;
}

void
instrument_free(struct instrument *in)
{
	if (in == NULL)
		return;
	free(in->questions);
	arena_free(&in->arena);
	free(in);
}

/* --- asking --- */

const struct instrument_about *
instrument_about(const struct instrument *in)
{
	return &in->about;
}

#define TABLE(type, name, function)                                      \
	const struct type *function(const struct instrument *in, int *n) \
	{                                                                \
		*n = in->name##_n;                                       \
		return in->name;                                         \
	}

TABLE(question, questions, instrument_questions)
TABLE(section, sections, instrument_sections)
TABLE(area, areas, instrument_areas)
TABLE(indicator, indicators, instrument_indicators)
TABLE(check, checks, instrument_checks)
TABLE(deadline, deadlines, instrument_deadlines)
TABLE(limit, limits, instrument_limits)
TABLE(benchmark, benchmarks, instrument_benchmarks)

const struct sample_rule *
instrument_sample(const struct instrument *in)
{
	return &in->sample;
}

static int
compare_id(const char *id, size_t len, const char *other)
{
	int c = strncmp(id, other, len);

	return c != 0 ? c : -(other[len] != '\0');
}

int
instrument_question(const struct instrument *in, const char *id, size_t len)
{
	int low = 0, high = in->by_id != NULL ? in->questions_n : 0;

	while (low < high) {
		int middle = (low + high) / 2;
		int c =
		    compare_id(id, len, in->questions[in->by_id[middle]].id);

		if (c == 0)
			return in->by_id[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return -1;
}

#define FIND(name, function)                                                  \
	int function(const struct instrument *in, const char *id, size_t len) \
	{                                                                     \
		for (int i = 0; i < in->name##_n; i++)                        \
			if (compare_id(id, len, in->name[i].id) == 0)         \
				return i;                                     \
		return -1;                                                    \
	}

FIND(indicators, instrument_indicator)
FIND(deadlines, instrument_deadline)
FIND(limits, instrument_limit)

const int *
instrument_slots(const struct instrument *in, enum unit unit, int *n)
{
	*n = in->slots_n[unit];
	return in->slots[unit];
}

int
question_option(const struct question *q, const char *id, size_t len)
{
	for (int i = 0; i < q->options_n; i++)
		if (compare_id(id, len, q->options[i].id) == 0)
			return i;
	return -1;
}

const struct benchmark *
instrument_benchmark(const struct instrument *in, int indicator,
    int contract_year, enum programme programme)
{
	for (int i = 0; i < in->benchmarks_n; i++) {
		const struct benchmark *b = &in->benchmarks[i];

		if (b->indicator == indicator &&
		    contract_year >= b->contract_year &&
		    contract_year <= b->contract_until &&
		    b->programme == programme)
			return b;
	}
	return NULL;
}

/* --- days --- */

/* 1 counts, 0 does not, -1 outside the calendar's reach. */
static int
day_counts(const struct instrument *in, int32_t day, enum day_kind kind)
{
	const struct calendar *c = &in->calendars[kind];

	if (kind == DAYS_CALENDAR)
		return 1;
	if (day < c->from || day > c->to)
		return -1;
	return (c->closed[(day - c->from) / 8] >> ((day - c->from) % 8) & 1) ==
	       0;
}

int32_t
instrument_add_days(
    const struct instrument *in, int32_t start, int n, enum day_kind kind)
{
	int32_t day = start;

	if (!date_known(start) || n < 0)
		return DATE_MISSING;
	if (kind == DAYS_CALENDAR)
		return start > DATE_LAST - n ? DATE_MISSING : start + n;
	while (n > 0) {
		int counts = day_counts(in, ++day, kind);

		if (counts < 0)
			return DATE_MISSING;
		n -= counts;
	}
	return day;
}

int32_t
instrument_reach(
    const struct instrument *in, enum day_kind kind, const char **certainty)
{
	const struct calendar *c = &in->calendars[kind];

	if (certainty != NULL)
		*certainty = c->certainty != NULL ? c->certainty : "";
	return kind == DAYS_CALENDAR ? DATE_LAST
	       : c->from > c->to     ? DATE_MISSING
				     : c->to;
}

int
instrument_count_days(
    const struct instrument *in, int32_t a, int32_t b, enum day_kind kind)
{
	int n = 0;

	if (!date_known(a) || !date_known(b))
		return -1;
	if (kind == DAYS_CALENDAR)
		return b > a ? b - a : 0;
	for (int32_t d = a + 1; d <= b; d++) {
		int counts = day_counts(in, d, kind);

		if (counts < 0)
			return -1;
		n += counts;
	}
	return n;
}
