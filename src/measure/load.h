/*
 * Inside of this room: reading definition files. measures_read() is the only
 * function here that touches a file; everything else works on its text.
 */
#ifndef HEARTH_MEASURE_LOAD_H
#define HEARTH_MEASURE_LOAD_H

#include "base/cfg.h"
#include "base/date.h"
#include "measure/definition.h"
#include "measure/example.h"

/* Texts of examples that are not read. */
struct load_aside {
	const char **texts; /* the arena's */
	size_t n, cap;
};

struct loader {
	struct cfg cfg; /* texts are the catalogue's */
	struct measures *measures;
	struct load_aside aside;
	struct measure *m;	      /* the definition being read */
	const config_setting_t *base; /* of a variant: its definition */
};

/* Exclusions, and a rule of each kind. */
#define RULES_MAX (EXCLUSIONS_MAX + 8)

struct measures *measures_new(void);
/* Adds the definitions of one file's text; what is wrong becomes faults. */
void measures_parse(struct measures *ms, const char *file, const char *text,
    struct faults *faults);
/* Reads the files and parses them; then checks what refers to others. */
bool measures_read(struct measures *ms, const char *const *paths, size_t n,
    struct faults *faults, struct err *err);
/* The *.cfg files of a folder, by name; the caller frees each and the list. */
bool measures_files(
    const char *folder, char ***paths, size_t *n, struct err *err);

/* What load_*.c share. */
#define load_fault(l, s, ...) cfg_fault(&(l)->cfg, s, __VA_ARGS__)
/* Readers of base/cfg.h. */
static inline const char *
load_string(struct loader *l, const config_setting_t *group, const char *name)
{
	return cfg_text(&l->cfg, group, name);
}
static inline int64_t
load_int(struct loader *l, const config_setting_t *group, const char *name,
    int64_t preset)
{
	return cfg_int(&l->cfg, group, name, preset);
}
/* preset also for what is no day. */
static inline int32_t
load_date(struct loader *l, const config_setting_t *group, const char *name,
    int32_t preset)
{
	int32_t day = cfg_day(&l->cfg, group, name, preset);

	return day != DATE_MISSING ? day : preset;
}
static inline void
load_unknown(
    struct loader *l, const config_setting_t *group, const char *const *known)
{
	cfg_unknown(&l->cfg, group, known);
}
/* A member's word as a code; preset when absent. */
int load_word(struct loader *l, const config_setting_t *group, const char *name,
    enum codeset_id codes, int preset);
/* "short": what stands for the title where there is no room for it, at most
 * SHORT_MAX characters; the title itself when it is not given. */
#define SHORT_MAX 40
const char *load_short(
    struct loader *l, const config_setting_t *group, const char *title);
const char *load_need(
    struct loader *l, const config_setting_t *group, const char *name);
const char *const *load_strings(
    struct loader *l, const config_setting_t *group, const char *name, int *n);

/* A setting in one form of text; but: members of it that are left out. */
void load_text(
    struct buf *out, const config_setting_t *s, const char *const *but);
/* The same in the arena. */
const char *load_kept(
    struct loader *l, const config_setting_t *s, const char *const *but);
#define LOAD_VERSION 9
/* A text's version: eight hexadecimal digits. */
void load_text_version(const char *text, char version[static LOAD_VERSION]);

void load_measure(struct loader *l, const config_setting_t *group);
/* The text, or the other where it is NULL. */
const char *load_or(const char *text, const char *other);
/* A member as an expression; NULL when absent or at fault. */
const struct expr *load_expr(struct loader *l, const config_setting_t *group,
    const char *name, enum expr_type type);
/* Each group of the list of that name, when there is one. */
void load_each(struct loader *l, const config_setting_t *group,
    const char *name,
    void (*load)(struct loader *l, const config_setting_t *group));
void load_rules(struct loader *l, const config_setting_t *group);
/* After the definition itself, which is copied. */
void load_variants(struct loader *l, const config_setting_t *group);
/* The definition's limits, before the rules that name them. */
void load_limits(struct loader *l, const config_setting_t *group);
void load_parts(struct loader *l, const config_setting_t *group);
void load_constant(struct loader *l, const config_setting_t *group);
/* Finds the measures and constants that composites name, when all are read. */
void load_resolve(struct measures *ms, struct faults *faults);
void load_examples(struct loader *l, const config_setting_t *list);
/* Sets the text's examples aside; it keeps its lines. */
void load_aside(struct load_aside *a, struct arena *arena, char *text);
/* The examples in whose place the setting stands, NULL: it is none. */
const char *load_aside_text(
    const struct load_aside *a, const config_setting_t *s);
void load_judging(struct loader *l, const config_setting_t *group);
void load_clock(struct loader *l, const config_setting_t *group);
void load_peer_set(struct loader *l, const config_setting_t *group);
void load_entry_limit(struct loader *l, const config_setting_t *group);

#endif
