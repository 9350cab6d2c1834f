#include "measure/load.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistr.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/suggest.h"

#define FILE_MAX (4 << 20)

const char *
load_need(struct loader *l, const config_setting_t *group, const char *name)
{
	cfg_need(&l->cfg, group, name);
	return load_string(l, group, name);
}

const char *
load_short(struct loader *l, const config_setting_t *group, const char *title)
{
	const char *text = load_string(l, group, "short");

	if (text == NULL)
		return title;
	if (u8_mbsnlen((const uint8_t *)text, strlen(text)) > SHORT_MAX)
		load_fault(l, config_setting_get_member(group, "short"),
		    _("short is longer than %d characters"), SHORT_MAX);
	return text;
}

static const char *
code_at(const void *arg, size_t i)
{
	const struct codeset *codes = arg;

	return i < (size_t)codes->n ? codes->codes[i].word : NULL;
}

int
load_word(struct loader *l, const config_setting_t *group, const char *name,
    enum codeset_id id, int preset)
{
	const struct codeset *codes = &codesets[id];
	const char *word = load_string(l, group, name), *near;
	int code;

	if (word == NULL)
		return preset;
	code = code_find(codes, word, strlen(word));
	if (code > 0)
		return code;
	near = suggest(word, code_at, codes);
	cfg_no_word(&l->cfg, group, name, word, near);
	return preset;
}

const char *const *
load_strings(
    struct loader *l, const config_setting_t *group, const char *name, int *n)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	const char **list;

	*n = 0;
	if (s == NULL)
		return NULL;
	if (config_setting_is_aggregate(s) == CONFIG_FALSE) {
		load_fault(l, s, _("%s wants a list"), name);
		return NULL;
	}
	list = arena_alloc(&l->measures->arena,
	    ((size_t)config_setting_length(s) + 1) * sizeof *list);
	for (int i = 0; i < config_setting_length(s); i++) {
		const char *text = config_setting_get_string_elem(s, i);

		if (text == NULL)
			load_fault(l, s, _("%s wants texts in quotes"), name);
		else
			list[(*n)++] = arena_strndup(
			    &l->measures->arena, text, strlen(text));
	}
	return list;
}

static void
load_category(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"id", "title", NULL};
	struct measures *ms = l->measures;
	int max = (int)(sizeof ms->categories / sizeof *ms->categories);

	load_unknown(l, group, keys);
	if (ms->categories_n == max) {
		load_fault(
		    l, group, _("there can be at most %d categories"), max);
		return;
	}
	ms->categories[ms->categories_n].id = load_need(l, group, "id");
	ms->categories[ms->categories_n].title = load_need(l, group, "title");
	if (ms->categories[ms->categories_n].id != NULL &&
	    ms->categories[ms->categories_n].title != NULL)
		ms->categories_n++;
}

/* "things = ( {...}, {...} )" or "thing: {...}". */
static void
load_groups(struct loader *l, const config_setting_t *s,
    void (*load)(struct loader *l, const config_setting_t *group))
{
	if (config_setting_is_group(s)) {
		load(l, s);
		return;
	}
	for (int i = 0; i < cfg_length(&l->cfg, s); i++) {
		const config_setting_t *g = cfg_group(&l->cfg, s, i);

		if (g != NULL)
			load(l, g);
	}
}

static const struct {
	const char *name;
	void (*load)(struct loader *l, const config_setting_t *group);
} sections[] = {
    {"measure", load_measure},
    {"measures", load_measure},
    {"clock", load_clock},
    {"clocks", load_clock},
    {"categories", load_category},
    {"constants", load_constant},
    {"judging", load_judging},
    {"entry_limits", load_entry_limit},
    {"peer_sets", load_peer_set},
};

static void
load_section(struct loader *l, const config_setting_t *s)
{
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strcmp(sections[i].name, config_setting_name(s)) == 0) {
			load_groups(l, s, sections[i].load);
			return;
		}
	load_fault(l, s,
	    _("%s is not known here; a file holds measure, "
	      "measures, clocks, categories, judging, entry_limits or "
	      "peer_sets"),
	    config_setting_name(s));
}

struct measures *
measures_new(void)
{
	return xcalloc(1, sizeof(struct measures));
}

void
measures_free(struct measures *ms)
{
	if (ms == NULL)
		return;
	for (size_t i = 0; i < ms->n; i++)
		measure_fini(&ms->list[i]);
	free(ms->list);
	arena_free(&ms->arena);
	free(ms);
}

void
measures_parse(struct measures *ms, const char *file, const char *text,
    struct faults *faults)
{
	struct loader l = {.measures = ms,
	    .cfg = {.arena = &ms->arena, .faults = faults, .source = text}};
	const config_setting_t *root;
	char *brief = NULL;
	config_t config;

	if (ms->brief) {
		l.cfg.source = text = brief = xstrdup(text);
		load_aside(&l.aside, &ms->arena, brief);
	}
	l.cfg.file = arena_strndup(&ms->arena, file, strlen(file));
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_FALSE) {
		int line = config_error_line(&config);

		fault_add(faults, file, line, source_column(text, line, NULL),
		    "%s", config_error_text(&config));
	} else {
		root = config_root_setting(&config);
		for (int i = 0; i < config_setting_length(root); i++)
			load_section(
			    &l, config_setting_get_elem(root, (unsigned)i));
	}
	config_destroy(&config);
	free(l.aside.texts);
	free(brief);
}

static bool
has_category(const struct measures *ms, struct measure *m)
{
	for (int c = 0; c < ms->categories_n; c++)
		if (strcmp(ms->categories[c].id, m->about.category) == 0) {
			m->about.category_title = ms->categories[c].title;
			return true;
		}
	if (ms->categories_n == 0) /* a file on its own, a past version */
		m->about.category_title = m->about.category;
	return ms->categories_n == 0;
}

static int
category_rank(const struct measures *ms, const struct measure *m)
{
	int c = 0;

	while (c < ms->categories_n &&
	       strcmp(ms->categories[c].id, m->about.category) != 0)
		c++;
	return c;
}

/* In order of category; a stable insertion, for there are dozens. */
static void
sort_measures(struct measures *ms)
{
	for (size_t i = 1; i < ms->n; i++) {
		struct measure m = ms->list[i];
		size_t k = i;

		for (; k > 0 && category_rank(ms, &ms->list[k - 1]) >
				    category_rank(ms, &m);
		     k--)
			ms->list[k] = ms->list[k - 1];
		ms->list[k] = m;
	}
}

static void
check_references(struct measures *ms, struct faults *faults)
{
	for (size_t i = 0; i < ms->n; i++) {
		struct measure *m = &ms->list[i];

		if (!has_category(ms, m))
			fault_add(faults, m->file, m->line, 1,
			    _("%s: there is no category '%s'"), m->about.id,
			    m->about.category);
		for (size_t k = 0; k < i; k++)
			if (strcmp(ms->list[k].about.id, m->about.id) == 0)
				fault_add(faults, m->file, m->line, 1,
				    _("there is a measure '%s' already, in %s"),
				    m->about.id, ms->list[k].file);
	}
}

/* FNV-1a. */
static void
stamp_add(struct measures *ms, const char *bytes, size_t n)
{
	if (ms->stamp == 0)
		ms->stamp = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < n; i++)
		ms->stamp = (ms->stamp ^ (unsigned char)bytes[i]) *
			    UINT64_C(1099511628211);
}

uint64_t
measures_stamp(const struct measures *ms)
{
	return ms->stamp;
}

bool
measures_read(struct measures *ms, const char *const *paths, size_t n,
    struct faults *faults, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		struct buf text = {0};

		if (!file_read(&text, paths[i], FILE_MAX, err))
			return err_prefix(err, "measures");
		stamp_add(ms, paths[i], strlen(paths[i]) + 1);
		stamp_add(ms, buf_text(&text), text.len + 1);
		if (strlen(buf_text(&text)) != text.len)
			fault_add(
			    faults, paths[i], 1, 0, _("this is not a text"));
		else
			measures_parse(ms, paths[i], buf_text(&text), faults);
		buf_free(&text);
	}
	check_references(ms, faults);
	sort_measures(ms);
	load_resolve(ms, faults);
	return true;
}

static int
is_cfg(const struct dirent *d)
{
	size_t len = strlen(d->d_name);

	return len > 4 && d->d_name[0] != '.' &&
	       strcmp(d->d_name + len - 4, ".cfg") == 0;
}

/* The same order whatever the locale. */
static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

bool
measures_files(const char *folder, char ***paths, size_t *n, struct err *err)
{
	struct dirent **found = NULL;
	int count = scandir(folder, &found, is_cfg, by_name);

	if (count < 0)
		return err_sys(err, ERR_CONFIG, "measures: %s", folder);
	*paths = xcalloc((size_t)count + 1, sizeof **paths);
	*n = (size_t)count;
	for (int i = 0; i < count; i++) {
		(*paths)[i] = file_join(folder, found[i]->d_name, NULL);
		free(found[i]);
	}
	free(found);
	if (count == 0)
		err_set(err, ERR_CONFIG, "measures: %s holds no *.cfg file",
		    folder);
	return count > 0;
}

static bool
measures_load_as(
    struct measures **measures, const char *folder, bool brief, struct err *err)
{
	struct measures *ms = measures_new();
	struct faults faults = {0};
	char **paths = NULL;
	size_t n = 0;
	bool ok;

	ms->brief = brief;
	ok = measures_files(folder, &paths, &n, err) &&
	     measures_read(ms, (const char *const *)paths, n, &faults, err);
	if (ok && faults.n > 0)
		ok = fault_err(&faults.list[0], err);
	for (size_t i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
	faults_free(&faults);
	if (!ok) {
		measures_free(ms);
		return false;
	}
	*measures = ms;
	return true;
}

bool
measures_load(struct measures **measures, const char *folder, struct err *err)
{
	return measures_load_as(measures, folder, false, err);
}

bool
measures_load_brief(
    struct measures **measures, const char *folder, struct err *err)
{
	return measures_load_as(measures, folder, true, err);
}

bool
measures_of_text(struct measures **measures, const char *name, const char *text,
    struct err *err)
{
	struct measures *ms = measures_new();
	struct faults faults = {0};
	bool ok;

	measures_parse(ms, name, text, &faults);
	check_references(ms, &faults);
	load_resolve(ms, &faults);
	ok = faults.n == 0 || fault_err(&faults.list[0], err);
	faults_free(&faults);
	if (!ok) {
		measures_free(ms);
		return false;
	}
	*measures = ms;
	return true;
}
