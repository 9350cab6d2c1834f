#include "store/pq.h"

#include "base/i18n.h"
#include "base/lazy.h"

#define LIBRARY "libpq.so.5"

struct pq_library pq;

bool
pq_load(struct err *err)
{
	bool whole = true;

	if (!lazy_open(&pq.handle, LIBRARY, err))
		return false;
#define F(name) \
	pq.name = (__typeof__(name) *)lazy_find(pq.handle, #name, &whole);
	PQ_FUNCTIONS(F)
#undef F
	return whole ||
	       err_set(err, ERR_INTERNAL, _("libpq is older than is needed"));
}
