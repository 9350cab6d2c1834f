#include "ingest/manifest.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"

void
manifest_free(struct manifest *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->files[i].name);
	free(m->files);
	free(m->agency);
	free(m->source);
	*m = (struct manifest){0};
}

static char *
text_or_none(const cJSON *json, const char *key)
{
	const char *s = json_get_string(json, key);

	return xstrdup(s != NULL ? s : "");
}

static bool
flag_set(const cJSON *json, const char *key)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(json, key));
}

/* Names of files of the folder itself, never a way out of it. */
static bool
name_fits(const char *name)
{
	return name != NULL && *name != '\0' && strchr(name, '/') == NULL &&
	       strcmp(name, "..") != 0 && strcmp(name, ".") != 0;
}

static bool
hash_fits(const char *hash)
{
	return strlen(hash) == FILE_HASH - 1 &&
	       strspn(hash, "0123456789abcdef") == FILE_HASH - 1;
}

static bool
take_file(struct manifest *m, const cJSON *json, struct err *err)
{
	const char *name = json_get_string(json, "name");
	const char *hash = json_get_string(json, "sha256");
	struct manifest_file *f;

	if (!name_fits(name))
		return err_set(err, ERR_FORMAT,
		    _("a file in \"files\" has no proper name"));
	if (hash != NULL && !hash_fits(hash))
		return err_set(err, ERR_FORMAT,
		    _("\"sha256\" of a file is "
		      "not 64 hexadecimal digits in lower case"));
	grow(&m->files, &m->cap, m->n + 1, sizeof *m->files);
	f = &m->files[m->n++];
	*f = (struct manifest_file){.name = xstrdup(name), .rows = -1};
	if (hash != NULL)
		memcpy(f->sha256, hash, FILE_HASH);
	if (cJSON_HasObjectItem(json, "rows") &&
	    (!json_get_int(json, "rows", &f->rows) || f->rows < 0))
		return err_set(
		    err, ERR_FORMAT, _("\"rows\" of a file is not a count"));
	return true;
}

static bool
take_files(struct manifest *m, const cJSON *json, struct err *err)
{
	const cJSON *files = cJSON_GetObjectItemCaseSensitive(json, "files");
	const cJSON *file;

	if (files == NULL)
		return true;
	if (!cJSON_IsArray(files))
		return err_set(err, ERR_FORMAT, _("\"files\" is not a list"));
	cJSON_ArrayForEach(
	    file, files) if (!take_file(m, file, err)) return false;
	return true;
}

static bool
take(struct manifest *m, const cJSON *json, struct err *err)
{
	const char *format = json_get_string(json, "format");
	const char *through = json_get_string(json, "data_through");
	const char *kind = json_get_string(json, "kind");
	int64_t version;

	if (format == NULL || strcmp(format, MANIFEST_FORMAT) != 0)
		return err_set(err, ERR_FORMAT, _("\"format\" is not \"%s\""),
		    MANIFEST_FORMAT);
	if (!json_get_int(json, "version", &version) ||
	    version != MANIFEST_VERSION)
		return err_set(err, ERR_FORMAT,
		    _("\"version\" is not %d, the "
		      "one this program reads"),
		    MANIFEST_VERSION);
	m->through = through != NULL ? date_parse(through, strlen(through))
				     : DATE_MISSING;
	if (m->through == DATE_MISSING)
		return err_set(err, ERR_FORMAT,
		    _("\"data_through\" is not a day, YYYY-MM-DD"));
	m->full = kind == NULL || strcmp(kind, "full") == 0;
	m->invented = flag_set(json, "invented");
	m->agency = text_or_none(json, "agency");
	m->source = text_or_none(json, "source");
	return take_files(m, json, err);
}

bool
manifest_parse(
    struct manifest *m, const char *text, size_t len, struct err *err)
{
	cJSON *json;
	bool ok;

	*m = (struct manifest){0};
	json = json_parse(text, len, MANIFEST_LONGEST, err);
	if (json == NULL) {
		err->code = ERR_FORMAT; /* a file, not a request */
		return false;
	}
	ok = take(m, json, err);
	cJSON_Delete(json);
	if (!ok)
		manifest_free(m);
	return ok;
}

bool
manifest_read(struct manifest *m, const char *folder, struct err *err)
{
	char *path = file_join(folder, MANIFEST_NAME, NULL);
	struct buf text = {0};
	bool ok = false;

	if (!file_exists(path)) {
		err_set(err, ERR_FORMAT,
		    _("%s: there is no %s, which says "
		      "what the extract is and to which day it goes; see "
		      "hearth-extract(5)"),
		    folder, MANIFEST_NAME);
		goto done;
	}
	if (!file_read(&text, path, MANIFEST_LONGEST, err))
		goto done;
	ok = manifest_parse(m, buf_text(&text), text.len, err);
	if (!ok)
		err_prefix(err, "%s", path);
done:
	buf_free(&text);
	free(path);
	return ok;
}

const struct manifest_file *
manifest_file(const struct manifest *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->files[i].name, name) == 0)
			return &m->files[i];
	return NULL;
}
