#include "service/settings.h"

#include "base/i18n.h"

static const char *const settings_levels[] = {
    "error",
    "warning",
    "info",
    "debug",
    NULL,
};

/* clang-format off */
#define AT(f) .offset = offsetof(struct hearthd_settings, f)
#define STRING(f, n, p, h) \
	{.name = n, .type = CONF_STRING, AT(f), .preset = p, .help = h},
#define BOOL(f, n, p, h) \
	{.name = n, .type = CONF_BOOL, AT(f), .preset = p, .help = h},
#define INT(f, n, lo, hi, p, u, h) {.name = n, .type = CONF_INT, AT(f), \
	.min = lo, .max = hi, .preset = p, .unit = u, .help = h},
#define CHOICE(f, n, w, p, h) {.name = n, .type = CONF_CHOICE, AT(f), \
	.words = w, .preset = p, .help = h},
/* clang-format on */

const struct setting hearthd_settings[] = {
#include "service/settings.def"
};
#undef STRING
#undef BOOL
#undef INT
#undef CHOICE

const size_t hearthd_settings_n =
    sizeof hearthd_settings / sizeof *hearthd_settings;
