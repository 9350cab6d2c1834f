/* Keeping what is decrypted in memory out of swap, cores and debuggers. */
#include "journal/vault.h"

#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/file.h"
#include "base/i18n.h"

#define SWAPS_MOST 65536

void
vault_wipe(struct buf *b)
{
	if (b->data != NULL)
		sodium_memzero(b->data, b->cap);
	buf_free(b);
}

/* Locking all memory makes every later allocation count against the limit, and
 * one beyond it fails: so only without a limit. */
static bool
harden_lock(void)
{
	struct rlimit limit;

	return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 &&
	       limit.rlim_cur == RLIM_INFINITY &&
	       mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
}

bool
vault_harden(bool *locked, struct err *err)
{
	static const struct rlimit none;

	*locked = false;
	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0) != 0)
		return err_sys(err, ERR_INTERNAL, "%s",
		    _("core dumps cannot be switched off"));
	signal(SIGXFSZ, SIG_IGN);
	*locked = harden_lock();
	return true;
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
