#include "ingest/ingest.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ingest/afcars20.h"
#include "ingest/afcars93.h"
#include "ingest/cwscms.h"
#include "ingest/extract.h"
#include "ingest/ncands.h"

#define HEAD (64 * 1024) /* bytes by which a format is told */

static const struct format formats[] = {
    {"afcars2020", N_("AFCARS, 2020 rule"), RAW_AFCARS, afcars20_probe,
	afcars20_period, afcars20_read},
    {"ncands", N_("NCANDS Child File"), RAW_NCANDS, ncands_probe, ncands_period,
	ncands_read},
    {"afcars1993", N_("AFCARS, 1993 rule"), RAW_AFCARS, afcars93_probe,
	afcars93_period, afcars93_read},
};

#define FORMATS (sizeof formats / sizeof *formats)

static const struct format *
format_of(const char *s, size_t len)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (formats[i].probe(s, len))
			return &formats[i];
	return NULL;
}

/* --- what there is to read ----------------------------------------- */

static void
push(struct ingest_list *list, const struct ingest_item *item)
{
	size_t i = list->n;

	grow(&list->items, &list->cap, list->n + 1, sizeof *list->items);
	/* An extract goes before the first federal file. */
	while (item->folder && i > 0 && !list->items[i - 1].folder)
		i--;
	memmove(list->items + i + 1, list->items + i,
	    (list->n - i) * sizeof *list->items);
	list->items[i] = *item;
	list->items[i].path = xstrdup(item->path);
	list->n++;
}

/* What the file is instead, by its first bytes, and what to do with it. */
static const char *
stranger(const char *s, size_t n)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *words;
	} known[] = {
	    {"", 0, N_("it is empty")},
	    {"PK\3\4", 4, N_("it is a ZIP archive or a workbook; unpack it")},
	    {"\x1f\x8b", 2, N_("it is packed with gzip; unpack it")},
	    {"\xff\xfe", 2, N_("it is UTF-16; save it as UTF-8 or ASCII")},
	    {"\xfe\xff", 2, N_("it is UTF-16; save it as UTF-8 or ASCII")},
	    {"%PDF", 4, N_("it is a PDF")},
	    {"-----BEGIN PGP", 14, N_("it is encrypted; decrypt it")},
	    {"{", 1, N_("it is JSON; of an extract name the folder")},
	    {"child_id,", 9,
		N_("it is a table of an extract; name its folder")},
	    {"node_id,", 8, N_("it is a table of an extract; name its folder")},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (i == 0 ? n == 0
			   : n >= known[i].n &&
				 memcmp(s, known[i].bytes, known[i].n) == 0)
			return _(known[i].words);
	return NULL;
}

/* A byte order mark, which some editors write, is no part of the file. */
static void
skip_mark(struct bytes *b)
{
	if (bytes_want(b, 3) >= 3 && memcmp(b->data, "\xef\xbb\xbf", 3) == 0)
		bytes_skip(b, 3);
}

/* Fills in a file's format, NULL when it is none, and its period. */
static bool
tell(struct ingest_item *item, struct err *err)
{
	struct bytes b;
	size_t n;
	bool ok;

	if (!bytes_open(&b, item->path, err))
		return false;
	skip_mark(&b);
	n = bytes_want(&b, HEAD);
	n = n < HEAD ? n : HEAD;
	item->format = format_of(b.data, n);
	if (item->format != NULL)
		item->period = item->format->period(b.data, n);
	else
		item->instead = stranger(b.data, n);
	ok = bytes_check(&b, err) || err_prefix(err, "%s", item->path);
	bytes_close(&b);
	return ok;
}

static int
plain_file(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void
pass_over(struct intake *in, const struct ingest_item *item)
{
	char *name = intake_name(item->path);
	char *text = xasprintf(_("%s: of no known format%s%s; passed over"),
	    name, item->instead != NULL ? ": " : "",
	    item->instead != NULL ? item->instead : "");

	in->sink->say(in->sink->arg, text);
	free(text);
	free(name);
}

/* In the order of their names, so that an import repeats itself. */
static bool
add_folder(struct ingest_list *list, struct intake *in, const char *folder,
    struct err *err)
{
	struct dirent **names;
	size_t before = list->n;
	int n = scandir(folder, &names, plain_file, alphasort);
	bool ok = true;

	if (n < 0)
		return err_sys(err, ERR_IO, "open %s", folder);
	for (int i = 0; i < n; i++) {
		char *path = file_join(folder, names[i]->d_name, NULL);
		struct ingest_item item = {.path = path};
		struct stat st;

		if (ok && stat(path, &st) == 0 && S_ISREG(st.st_mode))
			ok = tell(&item, err);
		if (ok && item.format != NULL)
			push(list, &item);
		else if (ok)
			pass_over(in, &item);
		free(path);
		free(names[i]);
	}
	free(names);
	if (ok && list->n == before)
		return err_set(err, ERR_FORMAT,
		    _("%s: neither an extract "
		      "(there is no manifest.json) nor tables of CWS/CMS nor a "
		      "folder of AFCARS or NCANDS files"),
		    folder);
	return ok;
}

static bool
add_file(struct ingest_list *list, struct ingest_item *item, struct err *err)
{
	if (!tell(item, err))
		return false;
	if (item->format == NULL)
		return err_set(err, ERR_FORMAT,
		    _("%s: neither an AFCARS nor an NCANDS file%s%s; "
		      "hearth-afcars(5) and hearth-ncands(5) say what they "
		      "look like"),
		    item->path, item->instead != NULL ? ": " : "",
		    item->instead != NULL ? item->instead : "");
	push(list, item);
	return true;
}

bool
ingest_add(
    struct ingest_list *list, struct intake *in, char *path, struct err *err)
{
	struct ingest_item item = {.path = path};
	struct stat st;

	if (stat(path, &st) != 0)
		return err_sys(err, ERR_REFUSED, "%s", path);
	item.folder = S_ISDIR(st.st_mode);
	if (!item.folder && !S_ISREG(st.st_mode))
		return err_set(err, ERR_REFUSED,
		    _("%s: neither a file nor a "
		      "folder"),
		    path);
	if (!item.folder)
		return add_file(list, &item, err);
	item.cwscms = !extract_probe(path) && cwscms_probe(path);
	if (!item.cwscms && !extract_probe(path))
		return add_folder(list, in, path, err);
	push(list, &item);
	return true;
}

void
ingest_list_free(struct ingest_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->items[i].path);
	free(list->items);
	*list = (struct ingest_list){0};
}

/* --- reading ------------------------------------------------------- */

bool
ingest_read(struct intake *in, const struct ingest_item *item, struct err *err)
{
	struct bytes b;
	bool ok;

	if (item->cwscms)
		return cwscms_read(in, item->path, err);
	if (item->folder)
		return extract_read(in, item->path, err);
	if (!bytes_open(&b, item->path, err))
		return false;
	skip_mark(&b);
	intake_begin(in, item->path, item->format->name);
	ok = item->format->read(in, &b, err) && intake_end(in, err);
	bytes_close(&b);
	return ok;
}

bool
ingest_finish(struct intake *in, struct err *err)
{
	return places_give(&in->places, in->sink, err) &&
	       intake_give_flags(in, err);
}
