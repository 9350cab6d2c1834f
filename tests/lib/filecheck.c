/*
 * filecheck json|xlsx|pdf FILE: whether a file is what its name says, for
 * shell tests that may rely on nothing but this tree. filecheck has xlsx|pdf:
 * whether this build writes it. filecheck member NAME FILE: the text of a
 * member of the object in the file, not of those inside of it.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"

static bool
is_json(const struct buf *b, struct err *err)
{
	cJSON *value = json_parse(buf_text(b), b->len, b->len + 1, err);

	cJSON_Delete(value);
	return value != NULL;
}

static bool
holds(const struct buf *b, const char *part)
{
	return memmem(buf_text(b), b->len, part, strlen(part)) != NULL;
}

/* A zip keeps its members' names uncompressed. */
static bool
is_xlsx(const struct buf *b, struct err *err)
{
	(void)err;
	return strncmp(buf_text(b), "PK\3\4", 4) == 0 &&
	       holds(b, "[Content_Types].xml") &&
	       holds(b, "xl/worksheets/sheet1.xml") && holds(b, "PK\5\6");
}

static bool
is_pdf(const struct buf *b, struct err *err)
{
	(void)err;
	return strncmp(buf_text(b), "%PDF-", 5) == 0 &&
	       holds(b, "/StructTreeRoot") && holds(b, "%%EOF");
}

static const struct {
	const char *word;
	bool (*is)(const struct buf *, struct err *);
} kinds[] = {{"json", is_json}, {"xlsx", is_xlsx}, {"pdf", is_pdf}};

static bool
is_built(const char *word)
{
	(void)word;
#ifdef HAVE_XLSX
	if (strcmp(word, "xlsx") == 0)
		return true;
#endif
#ifdef HAVE_PDF
	if (strcmp(word, "pdf") == 0)
		return true;
#endif
	return false;
}

static int
member(const char *name, const char *path)
{
	struct err err = {0};
	struct buf b = {0};
	cJSON *value = NULL;
	const char *text = NULL;

	if (file_read(&b, path, 1 << 28, &err))
		value = json_parse(buf_text(&b), b.len, b.len + 1, &err);
	if (value != NULL)
		text = json_get_string(value, name);
	if (text != NULL)
		puts(text);
	cJSON_Delete(value);
	buf_free(&b);
	return text != NULL ? 0 : 1;
}

int
main(int argc, char **argv)
{
	struct err err = {.text = "not of that kind"};
	struct buf b = {0};
	bool ok = false;

	if (argc == 3 && strcmp(argv[1], "has") == 0)
		return is_built(argv[2]) ? 0 : 1;
	if (argc == 4 && strcmp(argv[1], "member") == 0)
		return member(argv[2], argv[3]);
	for (size_t i = 0; argc == 3 && i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(argv[1], kinds[i].word) == 0)
			ok = file_read(&b, argv[2], 1 << 28, &err) &&
			     kinds[i].is(&b, &err);
	if (!ok)
		fprintf(stderr, "filecheck: %s\n", err.text);
	buf_free(&b);
	return ok ? 0 : 1;
}
