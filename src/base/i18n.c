#include "base/i18n.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Programs that run from the build folder find their translations beside
 * themselves; installed ones where configure said. */
static const char *
i18n_folder(char *beside, size_t size)
{
	char exe[3072];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
	char *slash;

	if (n <= 0)
		return LOCALEDIR;
	exe[n] = '\0';
	slash = strrchr(exe, '/');
	if (slash == NULL)
		return LOCALEDIR;
	*slash = '\0';
	if (snprintf(beside, size, "%s/locale", exe) >= (int)size ||
	    access(beside, R_OK) != 0)
		return LOCALEDIR;
	return beside;
}

void
i18n_init(void)
{
	char beside[4096];

	/* LC_NUMERIC stays "C": figures and files use the point everywhere. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	setlocale(LC_COLLATE, "");
	bindtextdomain("hearth", i18n_folder(beside, sizeof beside));
	bind_textdomain_codeset("hearth", "UTF-8");
	textdomain("hearth");
}
