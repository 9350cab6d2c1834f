/* What a generation's import set aside or flagged, as CSV on standard output.
 * Values may say who a child is: this is for whoever looks after the data. */
#ifndef HEARTH_ADMIN_ASIDE_H
#define HEARTH_ADMIN_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/store.h"

/* file,line,column,rule,value */
bool aside_print(struct store *store, uint32_t generation, struct err *err);
/* rule,rows */
bool aside_print_flags(
    struct store *store, uint32_t generation, struct err *err);

#endif
