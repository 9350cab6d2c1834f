#include "client/settings.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"

const char *const settings_formats[] = {
    "table", "csv", "json", "xlsx", "pdf", NULL};
const char *const settings_colors[] = {"auto", "never", "always", NULL};
const char *const settings_themes[] = {"default", "mono", "contrast", NULL};
const char *const settings_charsets[] = {"auto", "utf-8", "ascii", NULL};

/* clang-format off */
#define AT(f) .offset = offsetof(struct settings, f)
#define STRING(f, n, e, p, h) \
	{.name = n, .type = CONF_STRING, AT(f), .preset = p, .help = h},
#define BOOL(f, n, p, h) \
	{.name = n, .type = CONF_BOOL, AT(f), .preset = p, .help = h},
#define INT(f, n, lo, hi, p, u, h) {.name = n, .type = CONF_INT, AT(f), \
	.min = lo, .max = hi, .preset = p, .unit = u, .help = h},
#define CHOICE(f, n, w, p, h) {.name = n, .type = CONF_CHOICE, AT(f), \
	.words = w, .preset = p, .help = h},
/* clang-format on */

const struct setting settings_table[] = {
#include "client/settings.def"
};
#undef STRING
#undef BOOL
#undef INT
#undef CHOICE

const size_t settings_count = sizeof settings_table / sizeof *settings_table;

/* What the environment says: a value of its own (value NULL), or a fixed one
 * when the variable is set to anything but "" and "0". */
struct from_env {
	const char *variable, *setting, *value;
};

static const struct from_env environment[] = {
#define STRING(f, n, e, p, h) {e, n, NULL},
#define BOOL(f, n, p, h)
#define INT(f, n, lo, hi, p, u, h)
#define CHOICE(f, n, w, p, h)
#include "client/settings.def"
#undef STRING
#undef BOOL
#undef INT
#undef CHOICE
    {"NO_COLOR", "screen.color", "never"},
    {"ACCESSIBLE", "output.plain", "true"},
};

static bool
settings_put(
    struct settings *s, const char *name, const char *value, struct err *err)
{
	return conf_set(s, settings_table, settings_count, name, value, err);
}

static bool
settings_environment(struct settings *s, struct err *err)
{
	for (size_t i = 0; i < sizeof environment / sizeof *environment; i++) {
		const struct from_env *e = &environment[i];
		const char *text =
		    e->variable != NULL ? getenv(e->variable) : NULL;

		if (text == NULL || *text == '\0')
			continue;
		if (e->value != NULL && strcmp(text, "0") == 0)
			continue;
		if (!settings_put(
			s, e->setting, e->value != NULL ? e->value : text, err))
			return err_prefix(err, "%s", e->variable);
	}
	return true;
}

/* A layer that names a service takes the place of whatever an earlier one
 * named: the machine's service.local must not win over your service.url. */
static bool
settings_layer(
    struct settings *s, const char *path, bool optional, struct err *err)
{
	char *url = s->url, *local = s->local;
	bool ok;

	s->url = s->local = NULL;
	ok = path != NULL ? conf_load(s, settings_table, settings_count, path,
				optional, err)
			  : settings_environment(s, err);
	if (s->url == NULL && s->local == NULL) {
		s->url = url;
		s->local = local;
		return ok;
	}
	free(url);
	free(local);
	return ok;
}

static bool
settings_own(struct settings *s, struct err *err)
{
	char *folder = file_xdg("CONFIG");
	char *own = file_join(folder, "hearth.conf", NULL);
	bool ok = settings_layer(s, own, true, err);

	free(own);
	free(folder);
	return ok;
}

bool
settings_load(struct settings *s, const char *path, struct err *err)
{
	bool ok;

	conf_defaults(s, settings_table, settings_count);
	if (path != NULL)
		ok = settings_layer(s, path, false, err);
	else
		ok = settings_layer(s, SYSCONFDIR "/hearth.conf", true, err) &&
		     settings_own(s, err);
	return ok && settings_layer(s, NULL, false, err);
}

void
settings_free(struct settings *s)
{
	conf_free(s, settings_table, settings_count);
}
