#include "admin/aside.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"

static void
put(struct buf *out, bool first, const char *text)
{
	csv_put_safe(out, first, text, strlen(text));
}

static void
print(struct buf *out)
{
	csv_end(out, false);
	fwrite(out->data, 1, out->len, stdout);
	buf_free(out);
}

static bool
print_aside(void *arg, const struct store_aside *a, struct err *err)
{
	struct buf out = {0};
	char line[24];

	(void)arg;
	(void)err;
	snprintf(line, sizeof line, "%" PRIu64, a->line);
	put(&out, true, a->file);
	put(&out, false, line);
	put(&out, false, a->column);
	put(&out, false, a->rule);
	put(&out, false, a->value);
	print(&out);
	return true;
}

static bool
print_flag(void *arg, const char *rule, uint64_t count, struct err *err)
{
	struct buf out = {0};
	char rows[24];

	(void)arg;
	(void)err;
	snprintf(rows, sizeof rows, "%" PRIu64, count);
	put(&out, true, rule);
	put(&out, false, rows);
	print(&out);
	return true;
}

bool
aside_print(struct store *store, uint32_t generation, struct err *err)
{
	puts("file,line,column,rule,value");
	return store_asides(store, generation, print_aside, NULL, err);
}

bool
aside_print_flags(struct store *store, uint32_t generation, struct err *err)
{
	puts("rule,rows");
	return store_flags(store, generation, print_flag, NULL, err);
}
