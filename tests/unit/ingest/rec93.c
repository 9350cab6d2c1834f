#include "rec93.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/unit.h"

/* The worked record, dots for spaces. */
static const char worked[] =
    "2920130329095MO0000000001201301152008061520010002200000202010030102201"
    "011052012021420120220201209010"
    "3200101000000000032131985....................11971197000001020000102..."
    ".............0100010000412";

void
rec93_worked(char rec[AF93_WIDTH + 1])
{
	ck_assert_uint_eq(strlen(worked), AF93_WIDTH);
	for (int i = 0; i <= AF93_WIDTH; i++)
		rec[i] = worked[i] == '.' ? ' ' : worked[i];
}

void
rec93_set(char rec[AF93_WIDTH + 1], const char *what)
{
	char copy[512];

	snprintf(copy, sizeof copy, "%s", what);
	for (char *p = strtok(copy, " "); p != NULL; p = strtok(NULL, " ")) {
		char *value = strchr(p, '=');
		bool found = false;

		*value++ = '\0';
		for (int e = 0; e < AF_COUNT; e++) {
			const struct af93_element *el = &af93_elements[e];
			size_t width = (size_t)el->width;

			if (strcmp(el->element, p) != 0)
				continue;
			found = true;
			ck_assert_uint_le(strlen(value), width);
			memset(rec + el->start, ' ', width);
			memcpy(rec + el->start, value, strlen(value));
		}
		ck_assert_msg(found, "no element %s", p);
	}
}

char *
rec93_lines(const char *const *changes, const char *eol)
{
	struct buf out = {0};
	char rec[AF93_WIDTH + 1];

	for (; *changes != NULL; changes++) {
		rec93_worked(rec);
		rec93_set(rec, *changes);
		buf_str(&out, rec);
		buf_str(&out, eol);
	}
	return buf_take(&out);
}

void
rec93_read(struct rig *rig, const char *name, const char *const *changes)
{
	char *text = rec93_lines(changes, "\n");

	ck_assert_msg(
	    rig_read(rig, name, text, strlen(text)), "%s", rig->err.text);
	free(text);
}
