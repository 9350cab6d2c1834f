#include "ingest/cwscms_codes.h"

#include <libconfig.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/i18n.h"
#include "proto/codes.h"

#define CODES_FILE_MAX (1 << 20)

static const char *const facilities[CWS_FACILITIES] = {
    [CWS_FACILITY_FFA] = "ffa",
    [CWS_FACILITY_CERTIFIED] = "certified_home",
    [CWS_FACILITY_FOSTER] = "foster_home",
    [CWS_FACILITY_GROUP] = "group_home",
    [CWS_FACILITY_INSTITUTION] = "institution",
    [CWS_FACILITY_RELATIVE] = "relative",
    [CWS_FACILITY_PREADOPTIVE] = "preadoptive",
    [CWS_FACILITY_INDEPENDENT] = "independent",
};

static const char *const relations[] = {NULL, "relative", "not_relative"};
static const char *const closures[] = {NULL, "kin_gap"};

static const struct {
	const char *name;
	int codes; /* enum codeset_id, or -1: words */
	const char *const *words;
	int n;
} families[CWS_FAMILIES] = {
    [CWS_PLC_FCLC] = {"PLC_FCLC", -1, facilities, CWS_FACILITIES},
    [CWS_TERM_TY_C] = {"TERM_TY_C", CODES_DISCHARGE, NULL, 0},
    [CWS_AGY_RSPC] = {"AGY_RSPC", CODES_DEPARTMENT, NULL, 0},
    [CWS_ALG_DSPC] = {"ALG_DSPC", CODES_DISPOSITION, NULL, 0},
    [CWS_PLCG_RNC] = {"PLCG_RNC", CODES_REQUESTED, NULL, 0},
    [CWS_SCP_RLTC] = {"SCP_RLTC", -1, relations, 3},
    [CWS_CLS_RSNC] = {"CLS_RSNC", -1, closures, 2},
};

static const struct {
	const char *name;
	int preset;
} rules[CWS_RULES] = {
    [CWS_RULE_KIN_GAP_DAYS] = {"kin_gap_days", 60},
    [CWS_RULE_NOTICE] = {"notice_is_the_providers", 1},
    [CWS_RULE_DISPOSED] = {"received_when_disposed", 1},
    [CWS_RULE_IN_FACILITY] = {"abuse_in_facility_by_its_people", 1},
};

const char *
cws_rule_name(enum cws_rule rule)
{
	return rules[rule].name;
}

const char *
cws_family_name(enum cws_family family)
{
	return families[family].name;
}

int
cws_family_named(const char *name, size_t len)
{
	for (int i = 0; i < CWS_FAMILIES; i++)
		if (strlen(families[i].name) == len &&
		    memcmp(families[i].name, name, len) == 0)
			return i;
	return -1;
}

/* --- reading the file ------------------------------------------------- */

struct parsing {
	struct cws_codes *codes;
	struct faults *faults;
	const char *file, *source;
};

static void
parse_fault(struct parsing *p, const config_setting_t *s, const char *what,
    const char *value)
{
	int line = s != NULL ? (int)config_setting_source_line(s) : 1;

	fault_add(p->faults, p->file, line,
	    source_column(
		p->source, line, s != NULL ? config_setting_name(s) : NULL),
	    "%s: %s", value, what);
}

/* A member's text into a field of that size; a number as its digits. */
static bool
parse_text(struct parsing *p, const config_setting_t *group, const char *name,
    char *to, size_t size)
{
	const config_setting_t *s = config_setting_get_member(group, name);
	const char *text = s != NULL ? config_setting_get_string(s) : NULL;
	char number[16];

	if (s == NULL)
		return false;
	if (text == NULL && config_setting_type(s) == CONFIG_TYPE_INT) {
		snprintf(
		    number, sizeof number, "%d", config_setting_get_int(s));
		text = number;
	}
	if (text == NULL || strlen(text) >= size || *text == '\0') {
		parse_fault(p, s, _("a text that is too long, or none"), name);
		return false;
	}
	memcpy(to, text, strlen(text) + 1);
	return true;
}

static void
parse_marks(struct parsing *p, const config_setting_t *group, char *mark,
    size_t size, char *dated)
{
	if (!parse_text(p, group, "mark", mark, size))
		parse_fault(p, group, _("mark is missing"), p->file);
	if (!parse_text(p, group, "dated", dated, DATE_TEXT) ||
	    date_parse(dated, strlen(dated)) == DATE_MISSING)
		parse_fault(p, group, _("dated wants a day"), p->file);
}

static int
parse_meaning(enum cws_family family, const char *word)
{
	if (strcmp(word, "left_out") == 0 &&
	    (family == CWS_AGY_RSPC || family == CWS_ALG_DSPC))
		return CWS_LEFT_OUT;
	if (families[family].codes >= 0)
		return code_find(
		    &codesets[families[family].codes], word, strlen(word));
	for (int i = 1; i < families[family].n; i++)
		if (strcmp(families[family].words[i], word) == 0)
			return i;
	return 0;
}

static void
parse_entry(struct parsing *p, const config_setting_t *group)
{
	struct cws_entry e = {0};
	char family[16] = "", word[32] = "";
	int found;

	parse_text(p, group, "family", family, sizeof family);
	found = cws_family_named(family, strlen(family));
	if (found < 0) {
		parse_fault(p, group, _("no such family"), family);
		return;
	}
	e.family = (enum cws_family)found;
	if (!parse_text(p, group, "code", e.code, sizeof e.code) &&
	    !parse_text(p, group, "label", e.label, sizeof e.label))
		parse_fault(p, group, _("neither code nor label"), family);
	parse_text(p, group, "is", word, sizeof word);
	e.meaning = parse_meaning(e.family, word);
	if (e.meaning == 0)
		parse_fault(p, group, _("no such meaning"), word);
	parse_marks(p, group, e.mark, sizeof e.mark, e.dated);
	e.assumed = strcmp(e.mark, "assumed") == 0;
	grow(&p->codes->list, &p->codes->cap, p->codes->n + 1, sizeof e);
	p->codes->list[p->codes->n++] = e;
}

static void
parse_rule(struct parsing *p, const config_setting_t *group)
{
	const config_setting_t *value =
	    config_setting_get_member(group, "value");
	char name[40] = "";
	int i = 0;

	parse_text(p, group, "rule", name, sizeof name);
	while (i < CWS_RULES && strcmp(rules[i].name, name) != 0)
		i++;
	if (i == CWS_RULES) {
		parse_fault(p, group, _("no such rule"), name);
		return;
	}
	if (value == NULL || config_setting_type(value) != CONFIG_TYPE_INT ||
	    config_setting_get_int(value) < 0 ||
	    config_setting_get_int(value) > 3650)
		parse_fault(p, group, _("value wants a number"), name);
	else
		p->codes->rules[i].value = config_setting_get_int(value);
	parse_marks(p, group, p->codes->rules[i].mark,
	    sizeof p->codes->rules[i].mark, p->codes->rules[i].dated);
	p->codes->rules[i].assumed =
	    strcmp(p->codes->rules[i].mark, "assumed") == 0;
}

static void
parse_column(struct parsing *p, const config_setting_t *group)
{
	struct cws_codes *c = p->codes;
	struct cws_column column = {0};

	if (!parse_text(p, group, "table", column.table, sizeof column.table) ||
	    !parse_text(
		p, group, "column", column.standard, sizeof column.standard) ||
	    !parse_text(p, group, "called", column.name, sizeof column.name)) {
		parse_fault(p, group, _("table, column and called are wanted"),
		    p->file);
		return;
	}
	grow(&c->columns, &c->columns_cap, c->columns_n + 1, sizeof column);
	c->columns[c->columns_n++] = column;
}

static void
parse_list(struct parsing *p, const config_t *config, const char *name,
    void (*each)(struct parsing *p, const config_setting_t *group))
{
	const config_setting_t *list = config_lookup(config, name);
	int n = list != NULL ? config_setting_length(list) : 0;

	for (int i = 0; i < n; i++) {
		const config_setting_t *s =
		    config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(s))
			each(p, s);
		else
			parse_fault(p, s, _("a group is wanted"), name);
	}
}

bool
cws_codes_parse(struct cws_codes *c, const char *path, const char *text,
    struct faults *faults)
{
	struct parsing p = {c, faults, path, text};
	size_t before = faults->n;
	config_t config;

	*c = (struct cws_codes){0};
	for (int i = 0; i < CWS_RULES; i++)
		c->rules[i].value = rules[i].preset;
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_FALSE) {
		fault_add(faults, path, config_error_line(&config), 0, "%s",
		    config_error_text(&config));
	} else {
		parse_list(&p, &config, "codes", parse_entry);
		parse_list(&p, &config, "rules", parse_rule);
		parse_list(&p, &config, "columns", parse_column);
	}
	config_destroy(&config);
	return faults->n == before;
}

bool
cws_codes_read(struct cws_codes *c, const char *path, struct err *err)
{
	struct faults faults = {0};
	struct buf text = {0};
	bool ok = file_read(&text, path, CODES_FILE_MAX, err);

	*c = (struct cws_codes){0};
	if (ok && !cws_codes_parse(c, path, buf_text(&text), &faults))
		ok = fault_err(&faults.list[0], err);
	faults_free(&faults);
	buf_free(&text);
	return ok;
}

void
cws_codes_free(struct cws_codes *c)
{
	free(c->list);
	free(c->columns);
	*c = (struct cws_codes){0};
}

/* --- asking ------------------------------------------------------------ */

int
cws_meaning(
    struct cws_codes *c, enum cws_family family, const char *code, size_t len)
{
	struct cws_entry *best = NULL;

	for (size_t i = 0; i < c->n && len > 0; i++) {
		struct cws_entry *e = &c->list[i];

		if (e->family != family || strlen(e->code) != len ||
		    memcmp(e->code, code, len) != 0)
			continue;
		/* What the system itself tells is surer than what is assumed.
		 */
		if (best == NULL || (best->assumed && e->told))
			best = e;
	}
	if (best == NULL)
		return 0;
	best->used++;
	return best->meaning;
}

void
cws_label(struct cws_codes *c, enum cws_family family, const char *code,
    size_t code_len, const char *label, size_t label_len)
{
	size_t n = c->n;

	for (size_t i = 0; i < n; i++) {
		struct cws_entry e = c->list[i];

		if (e.family != family || strlen(e.label) != label_len ||
		    label_len == 0 ||
		    strncasecmp(e.label, label, label_len) != 0 ||
		    code_len == 0 || code_len >= sizeof e.code)
			continue;
		memcpy(e.code, code, code_len);
		e.code[code_len] = '\0';
		e.label[0] = '\0';
		e.told = true;
		grow(&c->list, &c->cap, c->n + 1, sizeof e);
		c->list[c->n++] = e;
		return;
	}
}

const char *
cws_column_name(
    const struct cws_codes *c, const char *table, const char *standard)
{
	for (size_t i = 0; i < c->columns_n; i++)
		if (strcmp(c->columns[i].table, table) == 0 &&
		    strcmp(c->columns[i].standard, standard) == 0)
			return c->columns[i].name;
	return standard;
}

int
cws_rule(struct cws_codes *c, enum cws_rule rule)
{
	c->rules[rule].used++;
	return c->rules[rule].value;
}
