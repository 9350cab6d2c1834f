/*
 * The client's settings: defaults, then SYSCONFDIR/hearth.conf, then the
 * user's hearth.conf (XDG), then the environment; the command line's options
 * are laid over them by main(). Add a setting as a row of settings.def, a
 * line of etc/hearth.conf and an item of hearth.conf(5).
 */
#ifndef HEARTH_CLIENT_SETTINGS_H
#define HEARTH_CLIENT_SETTINGS_H

#include <stdbool.h>

#include "base/conf.h"
#include "base/err.h"

enum settings_format { AS_TABLE, AS_CSV, AS_JSON, AS_XLSX, AS_PDF };
enum settings_color { COLOR_AUTO, COLOR_NEVER, COLOR_ALWAYS };
enum settings_theme { THEME_DEFAULT, THEME_MONO, THEME_CONTRAST };
enum settings_charset { CHARSET_AUTO, CHARSET_UTF8, CHARSET_ASCII };

/* The words of each choice in the order of its enum, NULL-terminated. */
extern const char *const settings_formats[];
extern const char *const settings_colors[];
extern const char *const settings_themes[];
extern const char *const settings_charsets[];

struct settings {
#define STRING(field, name, env, preset, help) char *field;
#define BOOL(field, name, preset, help) bool field;
#define INT(field, name, min, max, preset, unit, help) int field;
#define CHOICE(field, name, words, preset, help) int field;
#include "client/settings.def"
#undef STRING
#undef BOOL
#undef INT
#undef CHOICE
};

extern const struct setting settings_table[];
extern const size_t settings_count;

/* Fills s in the order above. With path, that file stands in for the two
 * usual ones and must exist. On false s is to be freed all the same. */
bool settings_load(struct settings *s, const char *path, struct err *err);
void settings_free(struct settings *s);

#endif
