#include "facts/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* FNV-1a with a last mix: the low bits choose the slot. */
static uint32_t
hash(const char *s, size_t len)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * UINT64_C(1099511628211);
	return (uint32_t)(h ^ h >> 32);
}

static void
place(struct intern *in, uint32_t number)
{
	size_t i = in->hashes[number] & (in->n_slots - 1);

	while (in->slots[i] != 0)
		i = (i + 1) & (in->n_slots - 1);
	in->slots[i] = number + 1;
}

static void
widen(struct intern *in)
{
	free(in->slots);
	in->n_slots *= 2;
	in->slots = xcalloc(in->n_slots, sizeof *in->slots);
	for (uint32_t i = 0; i < in->n; i++)
		place(in, i);
}

static uint32_t
append(struct intern *in, const char *s, size_t len, uint32_t h)
{
	uint32_t number = (uint32_t)in->n;

	grow(&in->bytes, &in->cap, in->len + len + 1, 1);
	grow(&in->at, &in->at_cap, in->n + 1, sizeof *in->at);
	grow(&in->hashes, &in->hash_cap, in->n + 1, sizeof *in->hashes);
	in->at[number] = (uint32_t)in->len;
	in->hashes[number] = h;
	memcpy(in->bytes + in->len, s, len);
	in->bytes[in->len + len] = '\0';
	in->len += len + 1;
	in->n++;
	return number;
}

void
intern_init(struct intern *in)
{
	*in = (struct intern){.n_slots = 64};
	in->slots = xcalloc(in->n_slots, sizeof *in->slots);
	place(in, append(in, "", 0, hash("", 0)));
}

void
intern_fini(struct intern *in)
{
	free(in->bytes);
	free(in->at);
	free(in->hashes);
	free(in->slots);
	*in = (struct intern){0};
}

bool
intern_add(struct intern *in, const char *s, size_t len, uint32_t *number,
    struct err *err)
{
	uint32_t h, slot;
	size_t i;

	*number = 0;
	if (len == 0)
		return true;
	len = strnlen(s, len);
	h = hash(s, len);
	for (i = h & (in->n_slots - 1); (slot = in->slots[i]) != 0;
	     i = (i + 1) & (in->n_slots - 1)) {
		const char *t = intern_text(in, slot - 1);

		if (in->hashes[slot - 1] == h && strncmp(t, s, len) == 0 &&
		    t[len] == '\0') {
			*number = slot - 1;
			return true;
		}
	}
	if (in->len + len + 1 > UINT32_MAX)
		return err_set(
		    err, ERR_TOO_LARGE, "more than 4 GiB of names and ids");
	*number = append(in, s, len, h);
	in->slots[i] = *number + 1;
	if (in->n * 2 > in->n_slots)
		widen(in);
	return true;
}

void
intern_settle(struct intern *in)
{
	free(in->hashes);
	free(in->slots);
	in->hashes = NULL;
	in->slots = NULL;
}
