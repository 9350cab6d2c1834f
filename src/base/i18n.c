#include "base/i18n.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

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

char *
i18n_languages(void)
{
	const char *listed = getenv("LANGUAGE");
	const char *locale = setlocale(LC_MESSAGES, NULL);

	return xasprintf("%s:%s", listed != NULL ? listed : "",
	    locale != NULL ? locale : "");
}

static bool
i18n_is(const char *name, const char *language)
{
	size_t n = strcspn(name, "_.@");

	return n == strlen(language) && strncmp(name, language, n) == 0;
}

bool
i18n_speaks(const char *language)
{
	const char *locale = setlocale(LC_MESSAGES, NULL);
	char *all, *rest, *name;
	bool found = false, other = false;

	/* gettext looks at LANGUAGE only where there is a locale at all. */
	if (locale == NULL || strcmp(locale, "C") == 0 ||
	    strcmp(locale, "POSIX") == 0)
		return false;
	all = rest = i18n_languages();
	while (!found && !other && (name = strsep(&rest, ":")) != NULL) {
		found = i18n_is(name, language);
		other = i18n_is(name, "en");
	}
	free(all);
	return found;
}

/* Of "es_MX.UTF-8": itself, "es_MX" and "es". */
static void
i18n_language(
    const char *name, void (*each)(void *arg, const char *path), void *arg)
{
	static const char *const ends[] = {"", ".@", "_.@"};
	size_t last = 0;

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t n = strcspn(name, ends[i]);
		char *path;

		if (n == 0 || n == last)
			continue;
		last = n;
		path = xasprintf("%s/%.*s/LC_MESSAGES/hearth.mo",
		    bindtextdomain("hearth", NULL), (int)n, name);
		each(arg, path);
		free(path);
	}
}

void
i18n_files(void (*each)(void *arg, const char *path), void *arg)
{
	char *all = i18n_languages(), *rest = all, *name;

	while ((name = strsep(&rest, ":")) != NULL)
		i18n_language(name, each, arg);
	free(all);
}
