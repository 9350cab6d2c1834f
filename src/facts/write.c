/*
 * From arranged rows to the file. The room for all columns is reserved first
 * (so that a full disk is an error and not a signal), the columns are filled
 * in place, and the strings follow, in the order in which columns use them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "facts/builder.h"
#include "facts/format.h"

/* Where a column's values stand in a staged row. */
enum how { COPY, TEXT, PATH, MINUTE_DAY, MINUTE_END };

struct source {
	enum facts_column column;
	enum how how;
	size_t offset;
};

#define FROM(table, id, how, type, member)                               \
	{                                                                \
		FACTS_##table##_##id, how, offsetof(struct type, member) \
	}

/* clang-format off */
static const struct source node_sources[] = {
	FROM(NODE, ID, TEXT, tree_node, id),
	FROM(NODE, NAME, TEXT, tree_node, name),
	FROM(NODE, LEVEL, COPY, tree_node, level),
	FROM(NODE, KIND, COPY, tree_node, kind),
	FROM(NODE, FIPS, TEXT, tree_node, fips),
	FROM(NODE, UNASSIGNED, COPY, tree_node, unassigned),
};

static const struct source spell_sources[] = {
	FROM(SPELL, NODE, COPY, tree_spell, node),
	FROM(SPELL, PARENT, COPY, tree_spell, parent),
	FROM(SPELL, FROM, COPY, tree_spell, from),
	FROM(SPELL, TO, COPY, tree_spell, to),
};

static const struct source path_sources[] = {
	FROM(PATH, STATE, COPY, tree_path, at[0]),
	FROM(PATH, REGION, COPY, tree_path, at[1]),
	FROM(PATH, CIRCUIT, COPY, tree_path, at[2]),
	FROM(PATH, COUNTY, COPY, tree_path, at[3]),
	FROM(PATH, OFFICE, COPY, tree_path, at[4]),
	FROM(PATH, UNIT, COPY, tree_path, at[5]),
	FROM(PATH, WORKER, COPY, tree_path, at[6]),
};

static const struct source child_sources[] = {
	FROM(CHILD, ID, TEXT, child, id),
	FROM(CHILD, BIRTH, COPY, child, birth),
	FROM(CHILD, SEX, COPY, child, sex),
	FROM(CHILD, RACE, COPY, child, race),
	FROM(CHILD, HISPANIC, COPY, child, hispanic),
	FROM(CHILD, RACE_GROUP, COPY, child, race_group),
	FROM(CHILD, DISABILITIES, COPY, child, disabilities),
	FROM(CHILD, SIBLINGS, TEXT, child, siblings),
	FROM(CHILD, GIVEN, TEXT, child, given),
	FROM(CHILD, FAMILY, TEXT, child, family),
	FROM(CHILD, RESTRICTED, COPY, child, restricted),
	FROM(CHILD, FREE, COPY, child, free),
	FROM(CHILD, FLAGS, COPY, child, flags),
};

static const struct source removal_sources[] = {
	FROM(REMOVAL, CHILD, COPY, removal, s.child),
	FROM(REMOVAL, DATE, COPY, removal, date),
	FROM(REMOVAL, DISCHARGE, COPY, removal, discharge),
	FROM(REMOVAL, WHY_OUT, COPY, removal, why_out),
	FROM(REMOVAL, CUSTODY, COPY, removal, custody),
	FROM(REMOVAL, FINDING, COPY, removal, finding),
	FROM(REMOVAL, FIRST, COPY, removal, first),
	FROM(REMOVAL, COUNT, COPY, removal, count),
	FROM(REMOVAL, REASONS, COPY, removal, reasons),
	FROM(REMOVAL, ENTERED, COPY, removal, entered),
	FROM(REMOVAL, OUT_ENTERED, COPY, removal, out_entered),
	FROM(REMOVAL, THV, COPY, removal, thv),
	FROM(REMOVAL, SETTINGS, COPY, removal, settings),
	FROM(REMOVAL, COUNTED, COPY, removal, counted),
	FROM(REMOVAL, SETTING, COPY, removal, setting),
	FROM(REMOVAL, SETTING_SINCE, COPY, removal, setting_since),
	FROM(REMOVAL, GOAL, COPY, removal, goal),
	FROM(REMOVAL, FREE, COPY, removal, free),
	FROM(REMOVAL, PATH_IN, PATH, removal, path_in),
	FROM(REMOVAL, PATH_OUT, PATH, removal, path_out),
	FROM(REMOVAL, FLAGS, COPY, removal, flags),
};

static const struct source placement_sources[] = {
	FROM(PLACEMENT, REMOVAL, COPY, placement, s.child),
	FROM(PLACEMENT, START, COPY, placement, start),
	FROM(PLACEMENT, STOP, COPY, placement, stop),
	FROM(PLACEMENT, SETTING, COPY, placement, setting),
	FROM(PLACEMENT, MOVE, COPY, placement, is_move),
	FROM(PLACEMENT, PROVIDER, TEXT, placement, provider),
	FROM(PLACEMENT, SITE, TEXT, placement, site),
	FROM(PLACEMENT, REQUESTED, COPY, placement, requested),
};

static const struct source count_sources[] = {
	FROM(COUNTS, CHILD, COPY, count, s.child),
	FROM(COUNTS, REMOVED, COPY, count, removed),
	FROM(COUNTS, ON, COPY, count, on),
	FROM(COUNTS, SETTINGS, COPY, count, settings),
	FROM(COUNTS, SINCE, COPY, count, since),
};

static const struct source goal_sources[] = {
	FROM(GOALS, CHILD, COPY, goal, s.child),
	FROM(GOALS, START, COPY, goal, start),
	FROM(GOALS, GOAL, COPY, goal, goal),
};

static const struct source legal_sources[] = {
	FROM(LEGALS, CHILD, COPY, legal, s.child),
	FROM(LEGALS, DATE, COPY, legal, date),
	FROM(LEGALS, EVENT, COPY, legal, event),
	FROM(LEGALS, DETAIL, TEXT, legal, detail),
};

static const struct source assign_sources[] = {
	FROM(ASSIGN, CHILD, COPY, assign, s.child),
	FROM(ASSIGN, START, COPY, assign, start),
	FROM(ASSIGN, STOP, COPY, assign, stop),
	FROM(ASSIGN, PATH, PATH, assign, node),
};

static const struct source meeting_sources[] = {
	FROM(MEETING, CHILD, COPY, meeting, s.child),
	FROM(MEETING, DATE, COPY, meeting, date),
	FROM(MEETING, KIND, TEXT, meeting, kind),
	FROM(MEETING, ENTERED, COPY, meeting, entered),
};

static const struct source visit_sources[] = {
	FROM(VISITS, CHILD, COPY, visit, s.child),
	FROM(VISITS, DATE, COPY, visit, date),
	FROM(VISITS, PLACE, COPY, visit, place),
	FROM(VISITS, KIND, COPY, visit, kind),
	FROM(VISITS, ENTERED, COPY, visit, entered),
};

static const struct source report_sources[] = {
	FROM(REPORT, ID, TEXT, report, id),
	FROM(REPORT, RECEIVED, COPY, report, received),
	FROM(REPORT, DATE, MINUTE_DAY, report, received),
	FROM(REPORT, TRACK, COPY, report, track),
	FROM(REPORT, PRIORITY, COPY, report, priority),
	FROM(REPORT, CONTACT, COPY, report, contact),
	FROM(REPORT, SEEN, COPY, report, seen),
	FROM(REPORT, CONCLUDED, MINUTE_END, report, concluded),
	FROM(REPORT, CONCLUSION, COPY, report, conclusion),
	FROM(REPORT, GOOD_CAUSE, COPY, report, good_cause),
	FROM(REPORT, KIND, TEXT, report, kind),
	FROM(REPORT, PATH, PATH, report, node),
};

static const struct source victim_sources[] = {
	FROM(VICTIM, CHILD, COPY, victim, s.child),
	FROM(VICTIM, REPORT, COPY, victim, report),
	FROM(VICTIM, DATE, COPY, victim, date),
	FROM(VICTIM, INCIDENT, COPY, victim, incident),
	FROM(VICTIM, DISPOSITION, COPY, victim, disposition),
	FROM(VICTIM, MALTREATMENTS, COPY, victim, maltreatments),
	FROM(VICTIM, PERPETRATORS, COPY, victim, perpetrators),
	FROM(VICTIM, DIED, COPY, victim, died),
};

static const struct source people_sources[] = {
	FROM(POPULATION, FIPS, TEXT, people, fips),
	FROM(POPULATION, YEAR, COPY, people, year),
	FROM(POPULATION, CHILDREN, COPY, people, children),
};
/* clang-format on */

/* The rows that a table of the file is made of. */
struct origin {
	enum facts_table table;
	const void *data;
	size_t size, n;
	const uint32_t *order; /* file row -> row of data; NULL: the same */
	const struct source *sources;
	size_t n_sources;
};

struct writer {
	struct facts_builder *b;
	int fd;
	uint8_t *map;
	uint64_t columns_end; /* where the strings begin */
	struct facts_header header;
	struct facts_entry entries[FACTS_SECTIONS];
	uint32_t *text_at; /* string -> offset in strings */
	struct buf strings;
};

static void *
at(struct writer *w, int section)
{
	return w->map + w->entries[section].offset;
}

/* The string's place among the file's strings, made at its first use. */
static uint32_t
text_offset(struct writer *w, uint32_t string)
{
	const char *s;

	if (string == 0)
		return 0;
	if (w->text_at[string] == 0) {
		s = intern_text(&w->b->strings, string);
		w->text_at[string] = (uint32_t)w->strings.len;
		buf_add(&w->strings, s, strlen(s) + 1);
	}
	return w->text_at[string];
}

static uint32_t
word_of(struct writer *w, enum how how, const void *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof v);
	switch (how) {
	case TEXT:
		return text_offset(w, v);
	case PATH:
		return tree_path_row(w->b->tree, v);
	case MINUTE_DAY:
		return (uint32_t)minute_day((int32_t)v, DATE_MISSING);
	case MINUTE_END:
		return (uint32_t)minute_day((int32_t)v, DATE_NEVER);
	case COPY:
		break;
	}
	return v;
}

static void
fill_column(struct writer *w, const struct origin *o, const struct source *s)
{
	size_t size = facts_type_size(facts_column_info(s->column)->type);
	char *to = at(w, (int)s->column);

	for (size_t i = 0; i < o->n; i++) {
		const char *from =
		    (const char *)o->data + s->offset +
		    (o->order != NULL ? o->order[i] : i) * o->size;
		uint32_t word;

		if (size == sizeof word) {
			word = word_of(w, s->how, from);
			memcpy(to + i * size, &word, size);
		} else {
			memcpy(to + i * size, from, size);
		}
	}
}

static void
fill_pack(struct writer *w, enum facts_column c)
{
	const int32_t *day = at(w, (int)c - 1);
	int32_t *pack = at(w, (int)c);
	uint32_t n = w->header.rows[facts_column_info(c)->table];

	for (uint32_t i = 0; i < n; i++)
		pack[i] = date_pack(day[i]);
}

static void
fill_blocks(struct writer *w, enum facts_column c)
{
	const int32_t *v = at(w, (int)c);
	int32_t *least = at(w, FACTS_SECTION_LEAST + (int)c);
	int32_t *greatest = at(w, FACTS_SECTION_GREATEST + (int)c);
	uint32_t n = w->header.rows[FACTS_REMOVAL];

	for (uint32_t i = 0; i < n; i++) {
		uint32_t block = i / FACTS_BLOCK;

		if (i % FACTS_BLOCK == 0)
			least[block] = greatest[block] = v[i];
		least[block] = v[i] < least[block] ? v[i] : least[block];
		greatest[block] =
		    v[i] > greatest[block] ? v[i] : greatest[block];
	}
}

/* The neighbours of each episode in its child's life, and the child's own
 * dates beside them. */
static void
fill_links(struct writer *w)
{
	const struct facts_builder *b = w->b;
	const struct removal *list = ROWS(b, REMOVAL, removal);
	const struct child *children = ROWS(b, CHILD, child);
	uint32_t *prev = at(w, FACTS_REMOVAL_PREV);
	uint32_t *next = at(w, FACTS_REMOVAL_NEXT);
	int32_t *prev_date = at(w, FACTS_REMOVAL_PREV_DATE);
	int32_t *prev_out = at(w, FACTS_REMOVAL_PREV_OUT);
	int32_t *next_date = at(w, FACTS_REMOVAL_NEXT_DATE);
	int32_t *birth = at(w, FACTS_REMOVAL_BIRTH);
	uint32_t n = ROWS_N(b, REMOVAL);

	for (uint32_t i = 0; i < n; i++) {
		uint32_t row = b->removal_row[i], child = list[i].s.child;
		bool before = i > 0 && list[i - 1].s.child == child;
		bool after = i + 1 < n && list[i + 1].s.child == child;

		prev[row] = before ? b->removal_row[i - 1] : FACTS_NO_ROW;
		next[row] = after ? b->removal_row[i + 1] : FACTS_NO_ROW;
		prev_date[row] = before ? list[i - 1].date : DATE_NEVER;
		prev_out[row] = before ? list[i - 1].discharge : DATE_NEVER;
		next_date[row] = after ? list[i + 1].date : DATE_NEVER;
		birth[row] = children[child].birth;
	}
}

static void
fill_victims(struct writer *w)
{
	const struct victim *list = ROWS(w->b, VICTIM, victim);
	uint8_t *is_victim = at(w, FACTS_VICTIM_VICTIM);

	for (uint32_t i = 0; i < ROWS_N(w->b, VICTIM); i++)
		is_victim[i] =
		    list[i].died == YESNO_YES ||
		    list[i].disposition == DISPOSITION_SUBSTANTIATED ||
		    list[i].disposition == DISPOSITION_INDICATED;
}

static void
fill_meetings(struct writer *w)
{
	const struct meeting *list = ROWS(w->b, MEETING, meeting);
	uint8_t *is_pprt = at(w, FACTS_MEETING_PPRT);

	for (uint32_t i = 0; i < ROWS_N(w->b, MEETING); i++)
		is_pprt[i] = strcmp(intern_text(&w->b->strings, list[i].kind),
				 "pprt") == 0;
}

/* Placements without an episode name none. */
static void
fill_lost(struct writer *w)
{
	uint32_t *removal = at(w, FACTS_PLACEMENT_REMOVAL);

	for (uint32_t i = 0; i < ROWS_N(w->b, PLACEMENT); i++)
		if (removal[i] >= ROWS_N(w->b, REMOVAL))
			removal[i] = FACTS_NO_ROW;
}

static void
fill_ranges(struct writer *w)
{
	const struct facts_builder *b = w->b;
	struct tree_tables tree = tree_tables(b->tree);
	uint32_t *spells =
	    at(w, FACTS_SECTION_RANGES + FACTS_RANGE_NODE_SPELLS);
	const struct {
		enum facts_range_id id;
		const uint32_t *first;
	} ranges[] = {
	    {FACTS_RANGE_CHILD_REMOVALS, b->staged[EXTRACT_REMOVAL].first},
	    {FACTS_RANGE_CHILD_COUNTS, b->staged[EXTRACT_SETTINGS].first},
	    {FACTS_RANGE_CHILD_GOALS, b->staged[EXTRACT_GOALS].first},
	    {FACTS_RANGE_CHILD_LEGALS, b->staged[EXTRACT_LEGALS].first},
	    {FACTS_RANGE_CHILD_ASSIGN, b->staged[EXTRACT_ASSIGN].first},
	    {FACTS_RANGE_CHILD_MEETING, b->staged[EXTRACT_MEETING].first},
	    {FACTS_RANGE_CHILD_VISITS, b->staged[EXTRACT_VISITS].first},
	    {FACTS_RANGE_CHILD_VICTIM, b->staged[EXTRACT_VICTIM].first},
	    {FACTS_RANGE_REMOVAL_PLACEMENTS, b->placement_first},
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		int section = FACTS_SECTION_RANGES + (int)ranges[i].id;

		memcpy(at(w, section), ranges[i].first,
		    (size_t)w->entries[section].length);
	}
	for (uint32_t i = 0; i < tree.n_nodes; i++)
		spells[i] = tree.nodes[i].spell_first;
	spells[tree.n_nodes] = tree.n_spells;
	if (ROWS_N(b, REMOVAL) > 0)
		memcpy(at(w, FACTS_SECTION_CHILD_LIST), b->removal_row,
		    ROWS_N(b, REMOVAL) * sizeof(uint32_t));
}

/* Where a report belongs: to the unit it names, as the tree stood that day. */
static void
find_report_paths(struct facts_builder *b)
{
	struct report *list = ROWS(b, REPORT, report);
	int32_t until;

	for (uint32_t i = 0; i < ROWS_N(b, REPORT); i++)
		list[i].node = tree_path(b->tree, list[i].node,
		    minute_day(list[i].received, DATE_MISSING), &until);
}

#define SOURCES(name) \
	name##_sources, sizeof name##_sources / sizeof *name##_sources
#define STAGED(table, name)                                                  \
	{                                                                    \
		FACTS_##table, b->staged[EXTRACT_##table].data,              \
		    sizeof(struct name), b->staged[EXTRACT_##table].n, NULL, \
		    SOURCES(name)                                            \
	}
#define ORIGINS 15

static void
origins(const struct facts_builder *b, struct origin list[static ORIGINS])
{
	struct tree_tables t = tree_tables(b->tree);
	const struct origin all[ORIGINS] = {
	    {FACTS_NODE, t.nodes, sizeof *t.nodes, t.n_nodes, NULL,
		SOURCES(node)},
	    {FACTS_SPELL, t.spells, sizeof *t.spells, t.n_spells, NULL,
		SOURCES(spell)},
	    {FACTS_PATH, t.paths, sizeof *t.paths, t.n_paths, NULL,
		SOURCES(path)},
	    STAGED(CHILD, child),
	    {FACTS_REMOVAL, b->staged[EXTRACT_REMOVAL].data,
		sizeof(struct removal), b->staged[EXTRACT_REMOVAL].n,
		b->removal_at, SOURCES(removal)},
	    STAGED(PLACEMENT, placement),
	    {FACTS_COUNTS, b->staged[EXTRACT_SETTINGS].data,
		sizeof(struct count), b->staged[EXTRACT_SETTINGS].n, NULL,
		SOURCES(count)},
	    STAGED(GOALS, goal),
	    STAGED(LEGALS, legal),
	    STAGED(ASSIGN, assign),
	    STAGED(MEETING, meeting),
	    STAGED(VISITS, visit),
	    STAGED(REPORT, report),
	    STAGED(VICTIM, victim),
	    {FACTS_POPULATION, b->staged[EXTRACT_POPULATION].data,
		sizeof(struct people), b->staged[EXTRACT_POPULATION].n, NULL,
		SOURCES(people)},
	};

	memcpy(list, all, sizeof all);
}

static void
fill(struct writer *w)
{
	struct origin list[ORIGINS];

	origins(w->b, list);
	for (int i = 0; i < ORIGINS; i++)
		for (size_t s = 0; s < list[i].n_sources; s++)
			fill_column(w, &list[i], &list[i].sources[s]);
	fill_links(w);
	fill_victims(w);
	fill_meetings(w);
	fill_lost(w);
	fill_ranges(w);
	for (int c = 0; c < FACTS_COLUMNS; c++)
		if (facts_column_info((enum facts_column)c)->type == FACTS_PACK)
			fill_pack(w, (enum facts_column)c);
	for (int c = 0; c < FACTS_COLUMNS; c++)
		if (facts_has_blocks((enum facts_column)c))
			fill_blocks(w, (enum facts_column)c);
}

static void
lay_out(struct writer *w)
{
	uint64_t offset = facts_padded(sizeof w->header + sizeof w->entries);
	struct origin list[ORIGINS];

	origins(w->b, list);
	for (int i = 0; i < ORIGINS; i++)
		w->header.rows[list[i].table] = (uint32_t)list[i].n;
	for (int i = 0; i < FACTS_SECTIONS; i++) {
		w->entries[i].offset = offset;
		w->entries[i].length = facts_section_length(i, w->header.rows);
		offset += facts_padded(w->entries[i].length);
	}
	w->columns_end = offset;
}

static bool
reserve(struct writer *w, struct err *err)
{
	int failed;

	if (ftruncate(w->fd, 0) != 0)
		return err_sys(err, ERR_IO, "snapshot");
	failed = posix_fallocate(w->fd, 0, (off_t)w->columns_end);
	if (failed != 0) {
		errno = failed;
		return err_sys(err, ERR_IO, "snapshot");
	}
	w->map = mmap(NULL, (size_t)w->columns_end, PROT_READ | PROT_WRITE,
	    MAP_SHARED, w->fd, 0);
	return w->map != MAP_FAILED || err_sys(err, ERR_IO, "snapshot");
}

static void
write_header(struct writer *w)
{
	struct facts_header *h = &w->header;

	memcpy(h->magic, FACTS_MAGIC, sizeof h->magic);
	h->version = FACTS_VERSION;
	h->endian = FACTS_ENDIAN;
	h->entries = FACTS_SECTIONS;
	h->generation = w->b->about.generation;
	h->loaded_at = w->b->about.loaded_at;
	h->data_through = w->b->about.data_through;
	h->invented = w->b->about.invented;
	h->root = tree_tables(w->b->tree).root;
	facts_layout(h->layout);
	for (int i = 0; i < FACTS_SECTION_STRINGS; i++)
		facts_section_sum(
		    at(w, i), (size_t)w->entries[i].length, w->entries[i].sum);
	facts_section_sum(w->strings.data, w->strings.len,
	    w->entries[FACTS_SECTION_STRINGS].sum);
	facts_header_sum(h, w->entries, h->sum);
	memcpy(w->map, h, sizeof *h);
	memcpy(w->map + sizeof *h, w->entries, sizeof w->entries);
}

/* The strings' length is known only now. */
static bool
write_strings(struct writer *w, struct err *err)
{
	static const char zeros[FACTS_ALIGN];
	uint64_t length = w->strings.len;

	if (length > UINT32_MAX)
		return err_set(
		    err, ERR_TOO_LARGE, "more than 4 GiB of names and ids");
	w->entries[FACTS_SECTION_STRINGS].length = length;
	w->header.size = w->columns_end + facts_padded(length);
	if (lseek(w->fd, (off_t)w->columns_end, SEEK_SET) < 0)
		return err_sys(err, ERR_IO, "snapshot");
	return file_write_all(w->fd, w->strings.data, length, err) &&
	       file_write_all(w->fd, zeros, facts_padded(length) - length, err);
}

static uint32_t
about_text(struct writer *w, const char *s)
{
	uint32_t offset = (uint32_t)w->strings.len;

	if (*s == '\0')
		return 0;
	buf_add(&w->strings, s, strlen(s) + 1);
	return offset;
}

bool
facts_write(struct facts_builder *b, int fd, struct err *err)
{
	struct writer *w = xcalloc(1, sizeof *w);
	bool ok;

	find_report_paths(b);
	tree_arrange(b->tree);
	w->b = b;
	w->fd = fd;
	w->map = MAP_FAILED;
	w->text_at = xcalloc(b->strings.n, sizeof *w->text_at);
	buf_char(&w->strings, '\0');
	w->header.agency = about_text(w, b->agency);
	w->header.source = about_text(w, b->source);
	lay_out(w);
	ok = reserve(w, err);
	if (ok) {
		fill(w);
		ok = write_strings(w, err);
	}
	if (ok)
		write_header(w);
	if (w->map != MAP_FAILED)
		munmap(w->map, (size_t)w->columns_end);
	buf_free(&w->strings);
	free(w->text_at);
	free(w);
	return ok;
}
