/* The words of units, facts and checks: the tables, by name. */
#include <string.h>

#include "base/i18n.h"
#include "poms/instrument.h"

static const struct {
	const char *word;
	enum unit parent;
	bool row;
	const char *title;
} units[UNITS] = {
#define ROW true
#define NO false
#define UNIT(id, word, parent, row, title) {word, UNIT_##parent, row, title},
#include "poms/units.def"
#undef UNIT
#undef ROW
#undef NO
};

static const struct {
	const char *name;
	enum fact_type type;
} facts[FACTS] = {
#define FACT(id, name, type) {name, FACT_##type##_VALUE},
#include "poms/facts.def"
#undef FACT
};

const char *
unit_word(enum unit unit)
{
	return units[unit].word;
}

const char *
unit_title(enum unit unit)
{
	return units[unit].title;
}

enum unit
unit_parent(enum unit unit)
{
	return units[unit].parent;
}

bool
unit_is_row(enum unit unit)
{
	return units[unit].row;
}

enum unit
unit_find(const char *word, size_t len)
{
	int u = 0;

	while (u < UNITS && (strlen(units[u].word) != len ||
				memcmp(units[u].word, word, len) != 0))
		u++;
	return (enum unit)u;
}

const char *
fact_name(enum fact fact)
{
	return facts[fact].name;
}

enum fact_type
fact_type(enum fact fact)
{
	return facts[fact].type;
}

enum fact
fact_find(const char *name, size_t len)
{
	int f = 0;

	while (f < FACTS && (strlen(facts[f].name) != len ||
				memcmp(facts[f].name, name, len) != 0))
		f++;
	return (enum fact)f;
}
