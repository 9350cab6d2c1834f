#include "store/pq.h"

#define LIBRARY "libpq.so.5"

union pq_library pq;

bool
pq_load(struct err *err)
{
	return lazy_load(&pq, LIBRARY, PQ_FUNCTIONS, err);
}
