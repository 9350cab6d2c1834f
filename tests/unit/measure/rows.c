#include "rows.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/date.h"

int32_t
rows_day(const char *text)
{
	int32_t d = date_parse(text, strlen(text));

	ck_assert_msg(d != DATE_MISSING, "%s", text);
	return d;
}

static int64_t
bits_of(const struct codeset *codes, const char *text)
{
	int64_t bits = 0;

	while (*text != '\0') {
		size_t len = strcspn(text, ";");
		int code = code_find(codes, text, len);

		ck_assert_msg(code > 0, "%s", text);
		bits |= INT64_C(1) << (code - 1);
		text += len + (text[len] == ';');
	}
	return bits;
}

static struct cell
cell_of(const struct column *c, const char *text)
{
	struct cell cell = {.n = CELL_EMPTY, .s = "", .len = 0};

	switch (c->type) {
	case CELL_DATE:
		cell.n = rows_day(text);
		break;
	case CELL_TIME:
		cell.n = date_time_parse(text, strlen(text));
		ck_assert_msg(cell.n != DATE_MISSING, "%s", text);
		break;
	case CELL_CODE:
		cell.n = code_find(c->codes, text, strlen(text));
		ck_assert_msg(cell.n > 0, "%s", text);
		break;
	case CELL_CODES:
		cell.n = bits_of(c->codes, text);
		break;
	case CELL_INT:
		cell.n = strtol(text, NULL, 10);
		break;
	default:
		cell.s = text;
		cell.len = strlen(text);
	}
	return cell;
}

static void
add_row(struct facts_builder *b, const char *row)
{
	struct cell cells[EXTRACT_MAX_COLS];
	char *copy = strdup(row), *save, *word = strtok_r(copy, " ", &save);
	enum extract_table id = extract_table_named(word);
	const struct table *t = extract_table(id);
	struct err err;

	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		cells[i] = cell_empty();
	while ((word = strtok_r(NULL, " ", &save)) != NULL) {
		char *value = strchr(word, '=');
		int c = table_column(t, word, (size_t)(value - word));

		ck_assert_msg(c >= 0, "%s", row);
		cells[c] = cell_of(&t->columns[c], value + 1);
	}
	ck_assert_msg(facts_builder_add(b, id, cells, &err), "%s", err.text);
	free(copy);
}

struct facts *
rows_facts(const char *data_through, const char *const *rows)
{
	struct facts_about about = {.agency = "",
	    .source = "test",
	    .data_through = rows_day(data_through),
	    .invented = true};
	struct facts_builder *b = facts_builder_new(&about);
	int fd = memfd_create("rows", MFD_CLOEXEC);
	struct facts *facts;
	struct err err;

	add_row(b, "org node_id=state level=state name=State");
	for (; *rows != NULL; rows++)
		add_row(b, *rows);
	ck_assert_msg(facts_builder_finish(b, fd, &err), "%s", err.text);
	ck_assert_msg(facts_open_fd(&facts, fd, &err), "%s", err.text);
	facts_builder_free(b);
	close(fd);
	return facts;
}

struct measures *
rows_measures(void)
{
	const char *top = getenv("top_srcdir");
	struct measures *measures;
	char folder[4096];
	struct err err;

	snprintf(
	    folder, sizeof folder, "%s/etc/measures", top != NULL ? top : ".");
	ck_assert_msg(measures_load(&measures, folder, &err), "%s", err.text);
	return measures;
}
