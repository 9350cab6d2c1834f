#include "base/data.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* etc/ beside the running program, or NULL. */
static char *
data_beside(void)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	if (n <= 0)
		return NULL;
	self[n] = '\0';
	slash = strrchr(self, '/');
	*slash = '\0';
	return file_join(self, "etc", NULL);
}

/* folder/name when it is there; frees the folder. */
static char *
data_at(char *folder, const char *name)
{
	char *path = folder != NULL ? file_join(folder, name, NULL) : NULL;

	free(folder);
	if (path != NULL && !file_exists(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

char *
data_find(const char *name)
{
	const char *set = getenv("HEARTH_DATA");
	char *path = NULL;

	if (set != NULL && set[0] != '\0')
		path = data_at(file_join(set, NULL), name);
	if (path == NULL)
		path = data_at(data_beside(), name);
	return path != NULL ? path : file_join(PKGDATADIR, name, NULL);
}
