#include "measure/tally.h"

#include "measure/pick.h"
#include "measure/clones.h" /* last: see there */

CLONES static void
left_out(uint8_t *restrict is, const uint8_t *restrict code, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		is[i] = (uint8_t)(code[i] - CODE_EXCLUDED) <
			CODE_NONE - CODE_EXCLUDED;
}

uint32_t
tally_left_out(uint32_t *at, const uint8_t *code, uint32_t from, uint32_t n)
{
	uint8_t is[TALLY_PART];

	left_out(is, code + from, n);
	return pick(at, is, (int)n, from);
}

CLONES static void
not_met(uint8_t *restrict is, const uint8_t *restrict code, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		is[i] = code[i] != CODE_MET;
}

uint32_t
tally_not_met(uint32_t *at, const uint8_t *code, uint32_t from, uint32_t n)
{
	uint8_t is[TALLY_PART];

	not_met(is, code + from, n);
	return pick(at, is, (int)n, from);
}
