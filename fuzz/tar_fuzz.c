/* A backup's archive: any bytes are unpacked or refused, and nothing is
 * written outside the folder or under a name that is not accepted. */
#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "store/tar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
accept(const char *name)
{
	return strcmp(name, "a") == 0 || strcmp(name, "hearth.db") == 0;
}

static void
clear_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (dir == NULL)
		abort();
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (!accept(entry->d_name))
			abort();
		unlinkat(dirfd(dir), entry->d_name, 0);
	}
	closedir(dir);
	rmdir(folder);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char folder[] = "/tmp/hearth-tar-XXXXXX";
	struct err err;
	int fd = memfd_create("tar", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size ||
	    lseek(fd, 0, SEEK_SET) != 0 || mkdtemp(folder) == NULL)
		abort();
	tar_unpack(fd, folder, accept, &err);
	clear_folder(folder);
	close(fd);
	return 0;
}
