/* Keeping what is decrypted in memory out of swap, cores and debuggers. */
#include "journal/vault.h"

#include <errno.h>
#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"

#define SWAPS_MOST 65536
#define MAPS_MOST (1 << 20)

/* A review of 1,300 answers needs a heap of 3 MB; the usual limit is 8 MB. */
#define HEAP_MOST ((size_t)16 << 20)
#define HEAP_SPARE ((size_t)1 << 20) /* of the limit, for stack and keys */

void
vault_wipe(struct buf *b)
{
	if (b->data != NULL)
		sodium_memzero(b->data, b->cap);
	buf_free(b);
}

/* The part of memory that the kernel calls so; false: there is none. */
static bool
memory_part(const char *name, char **from, char **to)
{
	struct buf text = {0};
	struct err none;
	const char *line = file_read(&text, "/proc/self/maps", MAPS_MOST, &none)
			       ? strstr(buf_text(&text), name)
			       : NULL;
	void *start = NULL, *end = NULL;

	while (line != NULL && line > text.data && line[-1] != '\n')
		line--;
	if (line != NULL && sscanf(line, "%p-%p", &start, &end) != 2)
		end = NULL;
	buf_free(&text);
	*from = start;
	*to = end;
	return end != NULL;
}

/* Pages count against the limit at once, but are locked as they are used. */
static bool
part_lock(const char *from, const char *to)
{
	return mlock2(from, (size_t)(to - from), MLOCK_ONFAULT) == 0;
}

/* Has everything be given from one heap, which is as large at once as may be
 * locked, and never smaller. Since the program forked it may be of several
 * parts, one behind the other. */
static bool
heap_reserve(size_t most, char **from, char **to)
{
	void *volatile room;

	if (!memory_part("[heap]", from, to))
		return false;
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_MMAP_THRESHOLD, (int)HEAP_MOST);
	mallopt(M_TRIM_THRESHOLD, INT_MAX);
	mallopt(M_TOP_PAD, 0);
	*to = sbrk(0);
	if ((size_t)(*to - *from) < most) {
		room = malloc(most - (size_t)(*to - *from));
		free(room);
	}
	*to = sbrk(0);
	return true;
}

/* Locking all memory makes every later allocation count against the limit, and
 * one beyond it fails: so only without a limit. */
static void
harden_lock(struct vault_memory *m)
{
	struct rlimit limit;
	char *from, *to, *low, *high;
	size_t most;

	if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0)
		return;
	m->all = limit.rlim_cur == RLIM_INFINITY &&
		 mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
	if (m->all || limit.rlim_cur <= HEAP_SPARE)
		return;
	most = limit.rlim_cur - HEAP_SPARE;
	if (heap_reserve(most < HEAP_MOST ? most : HEAP_MOST, &from, &to) &&
	    memory_part("[stack]", &low, &high) && part_lock(low, high) &&
	    part_lock(from, to))
		m->heap_end = to;
}

bool
vault_harden(struct vault_memory *memory, struct err *err)
{
	static const struct rlimit none;

	*memory = (struct vault_memory){0};
	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0)
		return err_sys(err, ERR_INTERNAL, "%s",
		    _("core dumps cannot be switched off"));
	signal(SIGXFSZ, SIG_IGN);
	harden_lock(memory);
	return true;
}

bool
vault_kept(const struct vault_memory *memory)
{
	return memory->all || (memory->heap_end != NULL &&
				  (char *)sbrk(0) <= memory->heap_end);
}

bool
vault_swaps(const char *table, char *device, size_t size)
{
	struct buf text = {0};
	struct err none;
	const char *line =
	    file_read(&text, table, SWAPS_MOST, &none) ? buf_text(&text) : "";

	*device = '\0';
	/* The first line names the columns; what is squeezed into memory again
	 * is on no disk. */
	while (*device == '\0' && (line = strchr(line, '\n')) != NULL &&
	       *++line != '\0') {
		size_t len = strcspn(line, " \t\n");

		if (strncmp(line, "/dev/zram", 9) == 0)
			continue;
		len = len < size ? len : size - 1;
		memcpy(device, line, len);
		device[len] = '\0';
	}
	buf_free(&text);
	return *device != '\0';
}
