#include "census/rules.h"

#include <libconfig.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"

#define RULES_FILE_MAX (1 << 20)
#define DAYS_MOST 366
#define MONTHS_MOST 60

struct loading {
	struct census_rules *rules;
	struct faults *faults;
	const char *file, *source;
	size_t before; /* faults that were there */
};

/* As etc/providers/census.cfg has it; a test holds one against the other. */
static const struct census_rule preset = {
    .from = DATE_FIRST,
    .absence_days = 14,
    .reentry_months = 6,
    .asked = CENSUS_ASKED_END,
    .setting =
	{
	    [SETTING_PREADOPTIVE] = 2,
	    [SETTING_RELATIVE] = 2,
	    [SETTING_NONRELATIVE] = 3,
	    [SETTING_GROUP_HOME] = 4,
	    [SETTING_INSTITUTION] = 5,
	    [SETTING_INDEPENDENT] = 1,
	    [SETTING_RUNAWAY] = CENSUS_LEVEL_NEVER,
	    [SETTING_TRIAL] = 1,
	    [SETTING_HOSPITAL] = 6,
	    [SETTING_RESPITE] = CENSUS_LEVEL_UNKNOWN,
	    [SETTING_DETENTION] = 7,
	},
    .discharge =
	{
	    [DISCHARGE_REUNIFICATION] = 1,
	    [DISCHARGE_RELATIVE] = 2,
	    [DISCHARGE_ADOPTION] = 1,
	    [DISCHARGE_EMANCIPATION] = 1,
	    [DISCHARGE_GUARDIANSHIP] = 2,
	    [DISCHARGE_TRANSFER] = CENSUS_LEVEL_UNKNOWN,
	    [DISCHARGE_RUNAWAY] = CENSUS_LEVEL_NEVER,
	    [DISCHARGE_DEATH] = CENSUS_LEVEL_NEVER,
	},
    .mark = "D",
    .source = "our own",
};

void
census_rules_init(struct census_rules *r)
{
	*r = (struct census_rules){.list = {preset}, .n = 1};
}

void
census_rules_fini(struct census_rules *r)
{
	arena_free(&r->arena);
	*r = (struct census_rules){0};
}

const struct census_rule *
census_rule_on(const struct census_rules *r, int32_t day)
{
	size_t i = r->n - 1;

	while (i > 0 && r->list[i].from > day)
		i--;
	return &r->list[i];
}

/* --- reading --------------------------------------------------------- */

static void __attribute__((format(printf, 3, 4)))
rules_fault(struct loading *l, const config_setting_t *s, const char *fmt, ...)
{
	int line = s != NULL ? (int)config_setting_source_line(s) : 1;
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	fault_add(l->faults, l->file, line,
	    source_column(
		l->source, line, s != NULL ? config_setting_name(s) : NULL),
	    "%s", text);
}

static int32_t
rules_int(struct loading *l, const config_setting_t *s, int least, int most)
{
	int n = 0;

	if (config_setting_type(s) == CONFIG_TYPE_INT)
		n = config_setting_get_int(s);
	if (config_setting_type(s) != CONFIG_TYPE_INT || n < least || n > most)
		rules_fault(l, s, _("%s wants a whole number from %d to %d"),
		    config_setting_name(s), least, most);
	return n;
}

static const char *
rules_text(struct loading *l, const config_setting_t *s)
{
	const char *text = config_setting_get_string(s);

	if (text == NULL)
		rules_fault(l, s, _("%s wants a text in quotes"),
		    config_setting_name(s));
	return text != NULL
		   ? arena_strndup(&l->rules->arena, text, strlen(text))
		   : "";
}

static int8_t
rules_level(struct loading *l, const config_setting_t *s)
{
	const char *word = config_setting_get_string(s);

	if (word == NULL)
		return (int8_t)rules_int(l, s, 1, CENSUS_LEVEL_MOST);
	if (strcmp(word, "never") == 0)
		return CENSUS_LEVEL_NEVER;
	if (strcmp(word, "unknown") != 0)
		rules_fault(l, s,
		    _("%s wants a level from 1, \"never\" or \"unknown\""),
		    config_setting_name(s));
	return CENSUS_LEVEL_UNKNOWN;
}

static void
rules_levels(struct loading *l, const config_setting_t *group,
    enum codeset_id id, int8_t *levels)
{
	const struct codeset *set = &codesets[id];

	for (int i = 0; i < config_setting_length(group); i++) {
		const config_setting_t *s =
		    config_setting_get_elem(group, (unsigned)i);
		const char *word = config_setting_name(s);
		int code =
		    word != NULL ? code_find(set, word, strlen(word)) : 0;

		if (code == 0)
			rules_fault(l, s, _("%s is none of the words of %s"),
			    word != NULL ? word : "?", set->name);
		else
			levels[code] = rules_level(l, s);
	}
}

static enum census_asked
rules_asked(struct loading *l, const config_setting_t *s)
{
	const char *word = rules_text(l, s);

	if (strcmp(word, "start") == 0)
		return CENSUS_ASKED_START;
	if (strcmp(word, "end") != 0)
		rules_fault(l, s, _("%s is \"end\" or \"start\""),
		    config_setting_name(s));
	return CENSUS_ASKED_END;
}

static int32_t
rules_from(struct loading *l, const config_setting_t *s)
{
	const char *text = rules_text(l, s);
	int32_t day = date_parse(text, strlen(text));

	if (day == DATE_MISSING)
		rules_fault(l, s, _("%s is no day"), text);
	return day;
}

static void
rules_member(
    struct loading *l, struct census_rule *rule, const config_setting_t *s)
{
	const char *name = config_setting_name(s);

	if (strcmp(name, "from") == 0)
		rule->from = rules_from(l, s);
	else if (strcmp(name, "mark") == 0)
		rule->mark = rules_text(l, s);
	else if (strcmp(name, "source") == 0)
		rule->source = rules_text(l, s);
	else if (strcmp(name, "absence_days") == 0)
		rule->absence_days = rules_int(l, s, 0, DAYS_MOST);
	else if (strcmp(name, "reentry_months") == 0)
		rule->reentry_months = rules_int(l, s, 1, MONTHS_MOST);
	else if (strcmp(name, "requested_by") == 0)
		rule->asked = rules_asked(l, s);
	else if (strcmp(name, "setting") == 0)
		rules_levels(l, s, CODES_SETTING, rule->setting);
	else if (strcmp(name, "discharge") == 0)
		rules_levels(l, s, CODES_DISCHARGE, rule->discharge);
	else
		rules_fault(l, s, _("%s is not known here"), name);
}

/* A later rule says only what changed. */
static void
rules_one(struct loading *l, const config_setting_t *group)
{
	struct census_rules *r = l->rules;
	struct census_rule rule = r->n > 0 ? r->list[r->n - 1] : preset;

	rule.from = DATE_MISSING;
	if (r->n == CENSUS_RULES) {
		rules_fault(l, group, _("more than %d rules"), CENSUS_RULES);
		return;
	}
	for (int i = 0; i < config_setting_length(group); i++)
		rules_member(
		    l, &rule, config_setting_get_elem(group, (unsigned)i));
	if (rule.from == DATE_MISSING && l->faults->n == l->before)
		rules_fault(l, group, _("from is missing"));
	if (r->n > 0 && rule.from <= r->list[r->n - 1].from)
		rules_fault(
		    l, group, _("rules stand in the order of their days"));
	r->list[r->n++] = rule;
}

static void
rules_all(struct loading *l, const config_t *config)
{
	const config_setting_t *list = config_lookup(config, "rules");
	int n = list != NULL ? config_setting_length(list) : 0;

	if (n == 0 || !config_setting_is_list(list)) {
		rules_fault(l, list, _("a list \"rules\" is missing"));
		return;
	}
	l->rules->n = 0;
	for (int i = 0; i < n; i++) {
		const config_setting_t *s =
		    config_setting_get_elem(list, (unsigned)i);

		if (config_setting_is_group(s))
			rules_one(l, s);
		else
			rules_fault(l, s, _("a rule is a group"));
	}
}

bool
census_rules_parse(struct census_rules *r, const char *path, const char *text,
    struct faults *faults)
{
	struct loading l = {r, faults, path, text, faults->n};
	config_t config;

	census_rules_init(r);
	config_init(&config);
	if (config_read_string(&config, text) == CONFIG_FALSE)
		fault_add(faults, path, config_error_line(&config), 0, "%s",
		    config_error_text(&config));
	else
		rules_all(&l, &config);
	config_destroy(&config);
	if (faults->n == l.before && r->n > 0)
		return true;
	census_rules_fini(r);
	census_rules_init(r);
	return false;
}

bool
census_rules_read(struct census_rules *r, const char *path,
    struct faults *faults, struct err *err)
{
	struct buf text = {0};
	bool ok = file_read(&text, path, RULES_FILE_MAX, err);

	census_rules_init(r);
	if (ok && !census_rules_parse(r, path, buf_text(&text), faults))
		ok = fault_err(&faults->list[0], err);
	buf_free(&text);
	return ok;
}
