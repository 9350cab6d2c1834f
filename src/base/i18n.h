/* Translation marks: _() translates now, N_() marks a table's string. */
#ifndef HEARTH_BASE_I18N_H
#define HEARTH_BASE_I18N_H

#include <libintl.h>

#define _(s) gettext(s)
#define N_(s) s

/* Sets the locale and binds the catalogue; called once by each main(). */
void i18n_init(void);

#endif
