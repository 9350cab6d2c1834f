#include "rig.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/date.h"
#include "lib/rows.h"

struct facts_builder *builder;
struct facts *facts;
int image;

int32_t
rig_day(const char *text)
{
	int32_t d = date_parse(text, strlen(text));

	ck_assert_msg(d != DATE_MISSING, "%s", text);
	return d;
}

struct facts_builder *
rig_new(void)
{
	const struct facts_about about = {.generation = 7,
	    .agency = "Agency",
	    .data_through = rig_day("2014-06-30"),
	    .source = "FACES",
	    .loaded_at = 1400000000};

	return facts_builder_new(&about);
}

void
rig_setup(void)
{
	builder = rig_new();
	image = -1;
}

void
rig_teardown(void)
{
	facts_builder_free(builder);
	facts_close(facts);
	facts = NULL;
	if (image >= 0)
		close(image);
}

void
rig_give(struct facts_builder *b, enum extract_table table, const char *text)
{
	struct cell cells[EXTRACT_MAX_COLS];
	struct err err = {0};

	rows_parse(cells, table, text);
	ck_assert_msg(facts_builder_add(b, table, cells, &err), "%s", err.text);
}

void
rig_add(enum extract_table table, const char *text)
{
	rig_give(builder, table, text);
}

int
rig_finish(struct facts_builder *b)
{
	struct err err = {0};
	int fd = memfd_create("facts", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	ck_assert_msg(facts_builder_finish(b, fd, &err), "%s", err.text);
	return fd;
}

/* Ends the building; the snapshot must hold together. */
void
rig_done(void)
{
	struct err err = {0};

	image = rig_finish(builder);
	ck_assert_msg(facts_open_fd(&facts, image, &err), "%s", err.text);
	ck_assert_msg(facts_verify(facts, &err), "%s", err.text);
}

int32_t
rig_date(enum facts_column c, uint32_t row)
{
	return facts_i32(facts, c)[row];
}

void
rig_add_tree(void)
{
	rig_add(EXTRACT_ORG, "node_id=w level=worker name=W parent_id=u");
	rig_add(EXTRACT_ORG, "node_id=u level=unit name=U parent_id=c1 "
			     "valid_to=2012-12-31");
	rig_add(EXTRACT_ORG, "node_id=u level=unit name=U2 parent_id=c2 "
			     "valid_from=2013-01-01");
	rig_add(EXTRACT_ORG, "node_id=c1 level=county name=C1 parent_id=s "
			     "fips=29001");
	rig_add(EXTRACT_ORG, "node_id=c2 level=county name=C2 parent_id=s "
			     "fips=29003");
	rig_add(EXTRACT_ORG, "node_id=s level=state name=S");
}

const char *
rig_at(uint32_t path, int level)
{
	return facts_str(
	    facts, FACTS_NODE_ID, facts_path_node(facts, path, level));
}
