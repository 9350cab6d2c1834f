/*
 * Reading definition files (libconfig), for measures and instruments alike:
 * texts, numbers and days of a group, and faults with the place where they
 * stand. A reader never stops at a fault: the next one may be told too.
 */
#ifndef HEARTH_BASE_CFG_H
#define HEARTH_BASE_CFG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include <libconfig.h>

#include "base/buf.h"
#include "base/fault.h"

/* One file while it is read; nothing here is owned. */
struct cfg {
	struct arena *arena; /* of texts */
	struct faults *faults;
	const char *file;   /* as faults name it */
	const char *source; /* the file's text */
};

/* A fault at the setting, or with NULL at the file's first line. */
void cfg_fault(struct cfg *c, const config_setting_t *s, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The group's member; a fault when it is of another type. A text is in the
 * arena, NULL when it is absent or none. */
const char *cfg_text(
    struct cfg *c, const config_setting_t *group, const char *name);
int64_t cfg_int(struct cfg *c, const config_setting_t *group, const char *name,
    int64_t preset);
bool cfg_bool(struct cfg *c, const config_setting_t *group, const char *name);
/* A day as YYYY-MM-DD; preset when absent, DATE_MISSING when it is none. */
int32_t cfg_day(struct cfg *c, const config_setting_t *group, const char *name,
    int32_t preset);
/* A fault when the group has no such member. */
void cfg_need(struct cfg *c, const config_setting_t *group, const char *name);
/* A fault for every member of the group that is not in the list, which ends
 * with NULL. */
void cfg_unknown(
    struct cfg *c, const config_setting_t *group, const char *const *known);
/* A fault: the member's word is not known; near may be NULL. */
void cfg_no_word(struct cfg *c, const config_setting_t *group, const char *name,
    const char *word, const char *near);

/* How many members the list "( {...}, {...} )" has; 0 with a fault for what is
 * no list. */
int cfg_length(struct cfg *c, const config_setting_t *list);
/* Its i-th member; NULL with a fault when that is no group. */
const config_setting_t *cfg_group(
    struct cfg *c, const config_setting_t *list, int i);

#endif
