/* The words of units, facts and checks: the tables, by name. */
#include <string.h>

#include "base/i18n.h"
#include "poms/instrument.h"

static const struct {
	const char *word;
	enum unit parent;
	const char *title;
} units[UNITS] = {
#define UNIT(id, word, parent, title) {word, UNIT_##parent, title},
#include "poms/units.def"
#undef UNIT
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
