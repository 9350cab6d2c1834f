#include "ingest/parents.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ingest/sink.h"

struct parent {
	int32_t below; /* the level of the row that names it */
	size_t len;
	char id[EXTRACT_ID];
};

void
parents_note(struct parents *p, const struct cell *org)
{
	const struct cell *id = &org[ORG_COL_PARENT];
	struct parent *one;

	if (!cell_given(id) || id->len > EXTRACT_ID)
		return;
	grow(&p->list, &p->cap, p->n + 1, sizeof *p->list);
	one = &p->list[p->n++];
	one->below = (int32_t)org[ORG_COL_LEVEL].n;
	one->len = id->len;
	memcpy(one->id, id->s, id->len);
}

uint64_t
parents_astray(const struct parents *p, const struct ids *nodes)
{
	uint64_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		const struct parent *one = &p->list[i];
		const int32_t *level = ids_find(nodes, one->id, one->len);

		n += level == NULL || *level >= one->below;
	}
	return n;
}

void
parents_fini(struct parents *p)
{
	free(p->list);
}
