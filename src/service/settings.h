/*
 * The settings of hearthd (hearthd.conf(5)), from settings.def.
 */
#ifndef HEARTH_SERVICE_SETTINGS_H
#define HEARTH_SERVICE_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/conf.h"

struct hearthd_settings {
#define STRING(field, name, preset, help) char *field;
#define BOOL(field, name, preset, help) bool field;
#define INT(field, name, least, most, preset, unit, help) int field;
#define CHOICE(field, name, words, preset, help) int field;
#include "service/settings.def"
#undef STRING
#undef BOOL
#undef INT
#undef CHOICE
};

extern const struct setting hearthd_settings[];
extern const size_t hearthd_settings_n;

#endif
