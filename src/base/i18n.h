/* Translation marks: _() translates now, N_() marks a table's string. */
#ifndef HEARTH_BASE_I18N_H
#define HEARTH_BASE_I18N_H

#include <libintl.h>
#include <stdbool.h>

#define _(s) gettext(s)
#define N_(s) s

/* Sets the locale and binds the catalogue; called once by each main(). */
void i18n_init(void);
/* The languages that texts are looked for in, as the environment names them:
 * by colons, the first first; malloc'd. */
char *i18n_languages(void);
/* Whether texts are in that language ("es"), English otherwise: the first of
 * them that is either, as gettext chooses. */
bool i18n_speaks(const char *language);
/* Every file that such a text may come from, there or not. */
void i18n_files(void (*each)(void *arg, const char *path), void *arg);

#endif
