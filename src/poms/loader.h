/*
 * Inside of this room: reading instrument files. instrument_read() alone
 * touches a file; everything else works on its text.
 */
#ifndef HEARTH_POMS_LOADER_H
#define HEARTH_POMS_LOADER_H

#include "base/cfg.h"
#include "poms/definition.h"

/* A rule that is read when every question is known. */
struct late {
	const config_setting_t *group;
	const char *name;
	enum unit unit;
	enum rule_type type; /* RULE_MANY: any that the question can hold */
	const struct question *of;
	const struct rule **into;
};

struct loader {
	struct cfg cfg;
	struct instrument *in;
	const config_setting_t *choices; /* lists that questions share */
	struct late *late;
	size_t late_n, late_cap;
	size_t questions_cap;
};

/* Readers of base/cfg.h. */
#define loader_fault(l, s, ...) cfg_fault(&(l)->cfg, s, __VA_ARGS__)
static inline const char *
loader_text(struct loader *l, const config_setting_t *group, const char *name)
{
	return cfg_text(&l->cfg, group, name);
}
static inline int64_t
loader_int(struct loader *l, const config_setting_t *group, const char *name,
    int64_t preset)
{
	return cfg_int(&l->cfg, group, name, preset);
}
static inline bool
loader_bool(struct loader *l, const config_setting_t *group, const char *name)
{
	return cfg_bool(&l->cfg, group, name);
}
static inline int32_t
loader_day(struct loader *l, const config_setting_t *group, const char *name,
    int32_t preset)
{
	return cfg_day(&l->cfg, group, name, preset);
}
static inline void
loader_unknown(
    struct loader *l, const config_setting_t *group, const char *const *known)
{
	cfg_unknown(&l->cfg, group, known);
}

/* As loader_text(), "" when absent. */
const char *loader_plain(
    struct loader *l, const config_setting_t *group, const char *name);
/* As loader_plain(), a fault when absent. */
const char *loader_need(
    struct loader *l, const config_setting_t *group, const char *name);
/* name and name_es: both or neither; a fault when wanted and absent. */
struct words loader_words(struct loader *l, const config_setting_t *group,
    const char *name, bool wanted);
/* The place of a member's word in a NULL-terminated list; preset when absent
 * or, with a fault, unknown. */
int loader_word(struct loader *l, const config_setting_t *group,
    const char *name, const char *const *words, int preset);
/* The marks of poms.md ("RV") as words: "recalled, verified". */
const char *loader_mark(
    struct loader *l, const config_setting_t *group, const char *name);
/* gh, ffa or, absent, both. */
unsigned loader_programmes(struct loader *l, const config_setting_t *group);
/* Puts a rule off until all questions are known. */
void loader_later(struct loader *l, const struct late *late);
void loader_late(struct loader *l);
/* How many groups { } a list ( ) holds; the i-th. Others are faults. */
int loader_groups(
    struct loader *l, const config_setting_t *group, const char *name);
const config_setting_t *loader_group(
    const config_setting_t *group, const char *name, int i);

/* The parts, in the order in which they are read. */
void loader_about(struct loader *l, const config_setting_t *root);
/* One of the calendars (loader_days.c). */
void loader_calendar(struct loader *l, const config_setting_t *g);
void loader_tables(struct loader *l, const config_setting_t *root);
void loader_sections(struct loader *l, const config_setting_t *root);
void loader_indicators(struct loader *l, const config_setting_t *root);
void loader_checks(struct loader *l, const config_setting_t *root);
/* A question of the section; its id and unit are known already. */
void loader_question(struct loader *l, const config_setting_t *g, int section,
    struct question *q);
/* Its type; the choices of that type. */
void loader_type(
    struct loader *l, const config_setting_t *g, struct question *q);
void loader_options(
    struct loader *l, const config_setting_t *g, struct question *q);
/* A fault for every question whose rules lead back to itself. */
void loader_cycles(struct loader *l);

#endif
