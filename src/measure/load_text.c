/*
 * A definition in one form of text, whatever its layout was: what a version
 * is made of, and what is kept so that a past version can be run again.
 */
#include "measure/load.h"

#include <stdio.h>
#include <string.h>

static void
text_string(struct buf *out, const char *s)
{
	buf_char(out, '"');
	for (; *s != '\0'; s++) {
		if ((unsigned char)*s < ' ')
			buf_printf(out, "\\x%02x", (unsigned char)*s);
		else {
			if (*s == '"' || *s == '\\')
				buf_char(out, '\\');
			buf_char(out, *s);
		}
	}
	buf_char(out, '"');
}

static bool
text_skips(const config_setting_t *s, const char *const *but)
{
	const char *name = config_setting_name(s);

	for (; but != NULL && *but != NULL; but++)
		if (name != NULL && strcmp(name, *but) == 0)
			return true;
	return false;
}

static void
text_members(struct buf *out, const config_setting_t *s, const char *const *but)
{
	bool group = config_setting_is_group(s) == CONFIG_TRUE;

	for (int i = 0; i < config_setting_length(s); i++) {
		const config_setting_t *m =
		    config_setting_get_elem(s, (unsigned)i);

		if (text_skips(m, but))
			continue;
		if (group)
			buf_printf(out, "%s = ", config_setting_name(m));
		else if (i > 0)
			buf_str(out, ", ");
		load_text(out, m, NULL);
		if (group)
			buf_str(out, "; ");
	}
}

void
load_text(struct buf *out, const config_setting_t *s, const char *const *but)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_INT:
		buf_int(out, config_setting_get_int(s));
		break;
	case CONFIG_TYPE_INT64:
		buf_int(out, config_setting_get_int64(s));
		buf_char(out, 'L');
		break;
	case CONFIG_TYPE_BOOL:
		buf_str(out, config_setting_get_bool(s) ? "true" : "false");
		break;
	case CONFIG_TYPE_FLOAT:
		buf_printf(out, "%.17e", config_setting_get_float(s));
		break;
	case CONFIG_TYPE_STRING:
		text_string(out, config_setting_get_string(s));
		break;
	case CONFIG_TYPE_GROUP:
		buf_str(out, "{ ");
		text_members(out, s, but);
		buf_char(out, '}');
		break;
	case CONFIG_TYPE_LIST:
		buf_char(out, '(');
		text_members(out, s, but);
		buf_char(out, ')');
		break;
	case CONFIG_TYPE_ARRAY:
		buf_char(out, '[');
		text_members(out, s, but);
		buf_char(out, ']');
		break;
	default:
		break;
	}
}

const char *
load_kept(struct loader *l, const config_setting_t *s, const char *const *but)
{
	struct buf out = {0};
	const char *kept;

	load_text(&out, s, but);
	kept = arena_strndup(&l->measures->arena, out.data, out.len);
	buf_free(&out);
	return kept;
}

/* FNV-1a: a changed text shows; nobody is kept out by it. */
void
load_text_version(const char *text, char version[static LOAD_VERSION])
{
	uint32_t h = UINT32_C(2166136261);

	for (; *text != '\0'; text++)
		h = (h ^ (unsigned char)*text) * UINT32_C(16777619);
	snprintf(version, LOAD_VERSION, "%08x", h);
}
