#include "service/rights.h"

#include <string.h>

#include "base/i18n.h"

static const struct {
	const char *word;
	bool nobody; /* whether it needs no sign-in */
} rights[RIGHTS] = {
    [RIGHT_STATUS] = {"status", true},
    [RIGHT_CATALOGUE] = {"catalogue", true},
    [RIGHT_TREE] = {"tree", false},
    [RIGHT_FIGURES] = {"figures", false},
    [RIGHT_CHILDREN] = {"children", false},
    [RIGHT_NAMES] = {"names", false},
    [RIGHT_REVIEWS] = {"reviews", false},
    [RIGHT_PLANS] = {"plans", false},
    [RIGHT_APPROVE] = {"approve", false},
};

bool
rights_has(struct context *c, uint32_t node, enum right right)
{
	(void)node; /* local rights do not end at a unit */
	c->asked++;
	return c->request->who.kind == WHO_LOCAL || rights[right].nobody;
}

bool
rights_may(struct context *c, uint32_t node, enum right right)
{
	enum err_code code =
	    c->request->who.kind == WHO_NOBODY ? ERR_NOT_SIGNED_IN : ERR_DENIED;

	if (rights_has(c, node, right))
		return true;
	return err_set(&c->err, code, "%s", _(err_message(code)));
}

bool
rights_may_take(struct context *c, const char *user, const char *claims)
{
	const struct who *who = &c->request->who;
	const char *is = who->kind == WHO_LOCAL ? claims : who->name;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	if ((who->kind == WHO_LOCAL && is == NULL) ||
	    (is != NULL && strcmp(is, user) == 0))
		return true;
	return err_set(&c->err, ERR_DENIED,
	    _("it is for %s, and %s works here"), user, is != NULL ? is : "?");
}

bool
rights_may_compare(struct context *c, uint32_t node, int level)
{
	c->asked++;
	if (level != LEVEL_WORKER ||
	    facts_u8(c->facts, FACTS_NODE_LEVEL)[node] >= LEVEL_UNIT)
		return true;
	return context_refuse(c, ERR_DENIED, API_BY,
	    _("workers are compared within one unit: give its id as at"));
}

uint32_t
rights_peers(struct context *c, uint32_t node, int level, int32_t day)
{
	int own = facts_u8(c->facts, FACTS_NODE_LEVEL)[node];

	if (!rights_has(c, node, RIGHT_FIGURES))
		return FACTS_NO_ROW;
	if (level != LEVEL_WORKER)
		return facts_root(c->facts);
	if (own == LEVEL_WORKER)
		return facts_parent_on(c->facts, node, day);
	return own == LEVEL_UNIT ? node : FACTS_NO_ROW;
}

const char *
right_word(enum right right)
{
	return rights[right].word;
}
