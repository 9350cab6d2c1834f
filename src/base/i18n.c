#include "base/i18n.h"

#include <locale.h>

void
i18n_init(void)
{
	/* LC_NUMERIC stays "C": figures and files use the point everywhere. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	setlocale(LC_COLLATE, "");
	bindtextdomain("hearth", LOCALEDIR);
	bind_textdomain_codeset("hearth", "UTF-8");
	textdomain("hearth");
}
