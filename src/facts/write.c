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
#include "facts/origins.h"

#define MANY_ROWS 1000000 /* whose columns are let go one by one */

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
	case MINUTE_NEVER:
		return (int32_t)v == DATE_MISSING ? (uint32_t)DATE_NEVER : v;
	case COPY:
		break;
	}
	return v;
}

static const char *
source_of(const struct origin *o, size_t i)
{
	return (const char *)o->data +
	       (o->order != NULL ? o->order[i] : i) * o->size;
}

/* Called with each size as a constant: a call of memcpy() for every value was
 * a twelfth of an import. */
static inline void
copy_sized(char *to, const struct origin *o, size_t offset, size_t size)
{
	for (size_t i = 0; i < o->n; i++)
		memcpy(to + i * size, source_of(o, i) + offset, size);
}

static void
copy_column(char *to, const struct origin *o, size_t offset, size_t size)
{
	if (size == 1)
		copy_sized(to, o, offset, 1);
	else if (size == 2)
		copy_sized(to, o, offset, 2);
	else if (size == 4)
		copy_sized(to, o, offset, 4);
	else
		copy_sized(to, o, offset, size);
}

static void
fill_column(struct writer *w, const struct origin *o, const struct source *s)
{
	size_t size = facts_type_size(facts_column_info(s->column)->type);
	char *to = at(w, (int)s->column);

	if (s->how == COPY || size != sizeof(uint32_t)) {
		copy_column(to, o, s->offset, size);
		return;
	}
	for (size_t i = 0; i < o->n; i++) {
		uint32_t word = word_of(w, s->how, source_of(o, i) + s->offset);

		memcpy(to + i * size, &word, size);
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
	uint32_t n = w->header.rows[facts_column_info(c)->table];

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
		is_victim[i] = victim_is(&list[i]);
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
	    {FACTS_RANGE_CHILD_SERVED, b->staged[EXTRACT_SERVED].first},
	    {FACTS_RANGE_CHILD_SVISIT, b->staged[EXTRACT_SVISIT].first},
	    {FACTS_RANGE_CHILD_INVOLVED, b->staged[EXTRACT_INVOLVED].first},
	    {FACTS_RANGE_CHILD_MEDICINE, b->staged[EXTRACT_MEDICINE].first},
	    {FACTS_RANGE_REMOVAL_PLACEMENTS, b->placement_first},
	    {FACTS_RANGE_REMOVAL_CARE, b->care.first},
	    {FACTS_RANGE_SERVED_HOME, b->home.first},
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

/* Where a report, a case or a visitor belongs: to the unit that is named, as
 * the tree stood that day. */
static void
find_paths(struct facts_builder *b)
{
	struct report *reports = ROWS(b, REPORT, report);
	struct service *services = ROWS(b, SERVICE, service);
	struct served *served = ROWS(b, SERVED, served);
	struct visit *visits = ROWS(b, VISITS, visit);
	int32_t until;

	for (uint32_t i = 0; i < ROWS_N(b, REPORT); i++)
		reports[i].node = tree_path(b->tree, reports[i].node,
		    minute_day(reports[i].received, DATE_MISSING), &until);
	for (uint32_t i = 0; i < ROWS_N(b, SERVICE); i++)
		services[i].node = tree_path(
		    b->tree, services[i].node, services[i].opened, &until);
	for (uint32_t i = 0; i < ROWS_N(b, SERVED); i++)
		served[i].path = served[i].service == FACTS_NO_ROW
				     ? 0
				     : services[served[i].service].node;
	for (uint32_t i = 0; i < ROWS_N(b, VISITS); i++)
		visits[i].by =
		    tree_path(b->tree, visits[i].by, visits[i].date, &until);
}

/* What is in the file need not be in memory as well: its pages come back when
 * they are asked for. */
static void
let_go(struct writer *w)
{
	madvise(w->map, (size_t)w->columns_end, MADV_DONTNEED);
}

/* Nor do its rows, when nothing else is made of them. */
static void
drop_rows(struct writer *w, enum facts_table table)
{
	static const struct {
		enum facts_table table;
		enum extract_table staged;
	} done[] = {{FACTS_VISITS, EXTRACT_VISITS},
	    {FACTS_SVISIT, EXTRACT_SVISIT}, {FACTS_ASSIGN, EXTRACT_ASSIGN},
	    {FACTS_GOALS, EXTRACT_GOALS}, {FACTS_LEGALS, EXTRACT_LEGALS},
	    {FACTS_REPORT, EXTRACT_REPORT}, {FACTS_SERVED, EXTRACT_SERVED}};

	for (size_t i = 0; i < sizeof done / sizeof *done; i++)
		if (done[i].table == table) {
			free(w->b->staged[done[i].staged].data);
			w->b->staged[done[i].staged].data = NULL;
		}
}

static void
fill(struct writer *w)
{
	struct origin list[ORIGINS];

	origins(w->b, list);
	for (int i = 0; i < ORIGINS; i++) {
		for (size_t s = 0; s < list[i].n_sources; s++) {
			fill_column(w, &list[i], &list[i].sources[s]);
			if (list[i].n > MANY_ROWS)
				let_go(w);
		}
		drop_rows(w, list[i].table);
	}
	fill_links(w);
	fill_victims(w);
	fill_meetings(w);
	fill_lost(w);
	fill_ranges(w);
	let_go(w);
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
	for (int i = 0; i < FACTS_SECTION_STRINGS; i++) {
		facts_section_sum(
		    at(w, i), (size_t)w->entries[i].length, w->entries[i].sum);
		if (w->entries[i].length > MANY_ROWS)
			let_go(w);
	}
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

	find_paths(b);
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
