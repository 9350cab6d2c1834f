#include "facts/facts.h"

#include <assert.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/helpers.h"
#include "facts/format.h"

struct facts {
	const uint8_t *map;
	size_t size;
	const struct facts_header *header;
	const struct facts_entry *entries;
	const char *strings;
	uint64_t strings_len;
	struct facts_about about;
	/* By table: the list of ranges of those of its rows that belong to a
	 * child and stand together; FACTS_RANGE_COUNT: none. */
	uint8_t of_child[FACTS_TABLES];
	struct helpers *helpers;
};

static void
find_child_ranges(struct facts *f)
{
	memset(f->of_child, FACTS_RANGE_COUNT, sizeof f->of_child);
	for (int i = 0; i < FACTS_RANGE_COUNT; i++)
		if (facts_ranges[i].parent == FACTS_CHILD &&
		    i != FACTS_RANGE_CHILD_REMOVALS)
			f->of_child[facts_ranges[i].child] = (uint8_t)i;
}

static bool
damaged(struct err *err, const char *what)
{
	return err_set(err, ERR_CORRUPT, "snapshot: %s", what);
}

static bool
check_header(const struct facts_header *h, size_t size, struct err *err)
{
	uint8_t layout[FACTS_SUM];

	if (memcmp(h->magic, FACTS_MAGIC, sizeof h->magic) != 0)
		return damaged(err, "this is no snapshot");
	if (h->endian != FACTS_ENDIAN)
		return damaged(err, "made on a machine of other byte order");
	facts_layout(layout);
	if (h->version != FACTS_VERSION || h->entries != FACTS_SECTIONS ||
	    memcmp(h->layout, layout, sizeof layout) != 0)
		return damaged(err, "made by another version of Hearth");
	if (h->size != size)
		return damaged(err, "its length is not what it says");
	return true;
}

/* Every section inside the file, aligned, and as long as its rows need. */
static bool
check_entry(const struct facts *f, int section, struct err *err)
{
	const struct facts_entry *e = &f->entries[section];
	uint64_t want = facts_section_length(section, f->header->rows);

	if (e->offset % FACTS_ALIGN != 0 || e->offset > f->size ||
	    e->length > f->size - e->offset ||
	    facts_padded(e->length) > f->size - e->offset)
		return damaged(err, "a section lies outside the file");
	if (section != FACTS_SECTION_STRINGS && e->length != want)
		return damaged(err, "a section has a wrong length");
	return true;
}

static const char *
string_at(const struct facts *f, uint32_t offset)
{
	return offset < f->strings_len ? f->strings + offset : "";
}

static bool
check_strings(struct facts *f, struct err *err)
{
	const struct facts_entry *e = &f->entries[FACTS_SECTION_STRINGS];

	f->strings = (const char *)f->map + e->offset;
	f->strings_len = e->length;
	if (e->length == 0 || f->strings[0] != '\0' ||
	    f->strings[e->length - 1] != '\0')
		return damaged(err, "its strings do not end");
	return true;
}

static bool
check(struct facts *f, struct err *err)
{
	const struct facts_header *h;
	uint8_t sum[FACTS_SUM];

	if (f->size < sizeof *h + FACTS_SECTIONS * sizeof *f->entries)
		return damaged(err, "it is cut short");
	h = f->header = (const struct facts_header *)(const void *)f->map;
	f->entries = (const struct facts_entry *)(const void *)(h + 1);
	if (!check_header(h, f->size, err))
		return false;
	facts_header_sum(h, f->entries, sum);
	if (memcmp(sum, h->sum, sizeof sum) != 0)
		return damaged(err, "its header has a wrong checksum");
	for (int i = 0; i < FACTS_SECTIONS; i++)
		if (!check_entry(f, i, err))
			return false;
	if (h->rows[FACTS_NODE] == 0 || h->root >= h->rows[FACTS_NODE] ||
	    h->rows[FACTS_PATH] == 0)
		return damaged(err, "it has no tree");
	return check_strings(f, err);
}

bool
facts_open_fd(struct facts **facts, int fd, struct err *err)
{
	struct facts *f;
	struct stat st;
	void *map;

	if (fstat(fd, &st) != 0)
		return err_sys(err, ERR_IO, "snapshot");
	if (st.st_size <= 0)
		return damaged(err, "it is empty");
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return err_sys(err, ERR_IO, "snapshot");
	f = xcalloc(1, sizeof *f);
	f->map = map;
	f->size = (size_t)st.st_size;
	f->helpers = helpers_new();
	find_child_ranges(f);
	if (!check(f, err)) {
		facts_close(f);
		return false;
	}
	f->about = (struct facts_about){
	    .generation = f->header->generation,
	    .data_through = f->header->data_through,
	    .loaded_at = f->header->loaded_at,
	    .agency = string_at(f, f->header->agency),
	    .source = string_at(f, f->header->source),
	    .invented = f->header->invented != 0,
	};
	*facts = f;
	return true;
}

bool
facts_open(struct facts **facts, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_sys(err, ERR_IO, "%s", path);
	ok = facts_open_fd(facts, fd, err) || err_prefix(err, "%s", path);
	close(fd);
	return ok;
}

void
facts_close(struct facts *facts)
{
	if (facts == NULL)
		return;
	helpers_free(facts->helpers);
	munmap((void *)(uintptr_t)facts->map, facts->size);
	free(facts);
}

struct helpers *
facts_helpers(const struct facts *facts)
{
	return facts->helpers;
}

const struct facts_about *
facts_about(const struct facts *facts)
{
	return &facts->about;
}

void
facts_sum(const struct facts *facts, char hex[static FACTS_SUM_TEXT])
{
	sodium_bin2hex(hex, FACTS_SUM_TEXT, facts->header->sum, FACTS_SUM);
}

uint32_t
facts_rows(const struct facts *facts, enum facts_table table)
{
	return facts->header->rows[table];
}

enum facts_table
facts_table_named(const char *name)
{
	static const char *const names[FACTS_TABLES] = {
#define FACTS(id, name) [FACTS_##id] = (name),
#define COLUMN(table, id, name, type, absent, source)
#define END(id)
#include "facts/columns.def"
#undef FACTS
#undef COLUMN
#undef END
	};
	int t = 0;

	while (t < FACTS_TABLES && strcmp(names[t], name) != 0)
		t++;
	return (enum facts_table)t;
}

const void *
facts_section(const struct facts *f, int n, uint64_t *length)
{
	if (length != NULL)
		*length = f->entries[n].length;
	return f->map + f->entries[n].offset;
}

static const void *
section(const struct facts *f, int n)
{
	return f->map + f->entries[n].offset;
}

const int32_t *
facts_i32(const struct facts *f, enum facts_column c)
{
	assert(facts_column_info(c)->type <= FACTS_MINUTE);
	return section(f, (int)c);
}

const uint32_t *
facts_u32(const struct facts *f, enum facts_column c)
{
	enum facts_type type = facts_column_info(c)->type;

	assert(facts_type_size(type) == 4 && type > FACTS_MINUTE);
	return section(f, (int)c);
}

const uint16_t *
facts_u16(const struct facts *f, enum facts_column c)
{
	assert(facts_column_info(c)->type == FACTS_U16);
	return section(f, (int)c);
}

const uint8_t *
facts_u8(const struct facts *f, enum facts_column c)
{
	assert(facts_type_size(facts_column_info(c)->type) == 1);
	return section(f, (int)c);
}

const void *
facts_bytes(const struct facts *f, enum facts_column c, size_t *size)
{
	*size = facts_type_size(facts_column_info(c)->type);
	return section(f, (int)c);
}

const char *
facts_str(const struct facts *f, enum facts_column c, uint32_t row)
{
	const struct facts_column_info *info = facts_column_info(c);

	assert(info->type == FACTS_STR && row < facts_rows(f, info->table));
	return string_at(f, ((const uint32_t *)section(f, (int)c))[row]);
}

const char *
facts_text(const struct facts *f, uint32_t element)
{
	return string_at(f, element);
}

static const int32_t *
blocks(const struct facts *f, int n, uint32_t *count)
{
	*count = (uint32_t)(f->entries[n].length / sizeof(int32_t));
	return section(f, n);
}

const int32_t *
facts_block_least(const struct facts *f, enum facts_column c, uint32_t *n)
{
	assert(facts_has_blocks(c));
	return blocks(f, FACTS_SECTION_LEAST + (int)c, n);
}

const int32_t *
facts_block_greatest(const struct facts *f, enum facts_column c, uint32_t *n)
{
	assert(facts_has_blocks(c));
	return blocks(f, FACTS_SECTION_GREATEST + (int)c, n);
}

/* The range of a parent's rows; empty when the file lies about it, so that a
 * reader of an unverified file stays inside the table. */
static struct facts_range
range_of(const struct facts *f, enum facts_range_id id, uint32_t parent)
{
	const uint32_t *first = section(f, FACTS_SECTION_RANGES + (int)id);
	struct facts_range r = {first[parent], first[parent + 1]};

	assert(parent < facts_rows(f, facts_ranges[id].parent));
	if (r.first > r.end || r.end > facts_rows(f, facts_ranges[id].child))
		return (struct facts_range){0, 0};
	return r;
}

const uint32_t *
facts_child_removals(const struct facts *f, uint32_t child, uint32_t *n)
{
	struct facts_range r = range_of(f, FACTS_RANGE_CHILD_REMOVALS, child);
	const uint32_t *list = section(f, FACTS_SECTION_CHILD_LIST);

	*n = r.end - r.first;
	return list + r.first;
}

/* The list of ranges of a table whose rows belong to a child and stand
 * together. */
static enum facts_range_id
child_range_id(const struct facts *f, enum facts_table table)
{
	assert(f->of_child[table] < FACTS_RANGE_COUNT);
	return (enum facts_range_id)f->of_child[table];
}

struct facts_range
facts_child_rows(const struct facts *f, enum facts_table table, uint32_t child)
{
	return range_of(f, child_range_id(f, table), child);
}

void
facts_child_ranges(const struct facts *f, enum facts_table table,
    const uint32_t *children, uint32_t n, struct facts_range *ranges)
{
	const uint32_t *first =
	    section(f, FACTS_SECTION_RANGES + (int)child_range_id(f, table));
	uint32_t rows = facts_rows(f, table);
	uint32_t parents = facts_rows(f, FACTS_CHILD);

	for (uint32_t i = 0; i < n; i++) {
		bool known = children[i] < parents;
		uint32_t child = known ? children[i] : 0;
		struct facts_range r = {first[child], first[child + 1]};

		if (!known || r.first > r.end || r.end > rows)
			r.first = r.end = 0;
		ranges[i] = r;
	}
}

struct facts_range
facts_removal_placements(const struct facts *f, uint32_t removal)
{
	return range_of(f, FACTS_RANGE_REMOVAL_PLACEMENTS, removal);
}

const uint32_t *
facts_care_years(const struct facts *f)
{
	return section(f, FACTS_SECTION_RANGES + FACTS_RANGE_REMOVAL_CARE);
}

const uint32_t *
facts_home_years(const struct facts *f)
{
	return section(f, FACTS_SECTION_RANGES + FACTS_RANGE_SERVED_HOME);
}

struct facts_range
facts_node_spells(const struct facts *f, uint32_t node)
{
	return range_of(f, FACTS_RANGE_NODE_SPELLS, node);
}

/* Children and nodes stand in the order of their ids. */
static uint32_t
find(const struct facts *f, enum facts_column id_column, const char *id)
{
	uint32_t low = 0;
	uint32_t high = facts_rows(f, facts_column_info(id_column)->table);

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		int order = strcmp(facts_str(f, id_column, middle), id);

		if (order == 0)
			return middle;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return FACTS_NO_ROW;
}

uint32_t
facts_find_child(const struct facts *f, const char *id)
{
	return find(f, FACTS_CHILD_ID, id);
}

uint32_t
facts_find_node(const struct facts *f, const char *id)
{
	return find(f, FACTS_NODE_ID, id);
}

/* The last row of [first, end) whose day is not after the given one; end when
 * there is none. */
static uint32_t
last_until(const int32_t *days, struct facts_range r, int32_t day)
{
	uint32_t low = r.first, high = r.end;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (days[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return low > r.first ? low - 1 : r.end;
}

uint32_t
facts_path_on(const struct facts *f, uint32_t child, int32_t day)
{
	struct facts_range r = range_of(f, FACTS_RANGE_CHILD_ASSIGN, child);
	uint32_t row = last_until(facts_i32(f, FACTS_ASSIGN_START), r, day);

	if (row == r.end || facts_i32(f, FACTS_ASSIGN_STOP)[row] < day)
		return 0;
	return facts_u32(f, FACTS_ASSIGN_PATH)[row];
}

uint32_t
facts_path_node(const struct facts *f, uint32_t path, int level)
{
	assert(level >= LEVEL_STATE && level <= LEVEL_WORKER);
	assert(path < facts_rows(f, FACTS_PATH));
	return facts_u32(
	    f, (enum facts_column)(FACTS_PATH_STATE + level - 1))[path];
}

uint32_t
facts_parent_on(const struct facts *f, uint32_t node, int32_t day)
{
	struct facts_range r = range_of(f, FACTS_RANGE_NODE_SPELLS, node);
	uint32_t row;

	if (r.first == r.end || node == facts_root(f))
		return FACTS_NO_ROW;
	row = last_until(facts_i32(f, FACTS_SPELL_FROM), r, day);
	return facts_u32(f, FACTS_SPELL_PARENT)[row < r.end ? row : r.first];
}

uint32_t
facts_root(const struct facts *f)
{
	return f->header->root;
}

bool
facts_verify(const struct facts *f, struct err *err)
{
	uint8_t sum[FACTS_SUM];

	for (int i = 0; i < FACTS_SECTIONS; i++) {
		facts_section_sum(
		    section(f, i), (size_t)f->entries[i].length, sum);
		if (memcmp(sum, f->entries[i].sum, sizeof sum) != 0)
			return err_set(err, ERR_CORRUPT,
			    "snapshot: section %d has a wrong checksum", i);
	}
	return facts_verify_references(f, err);
}
