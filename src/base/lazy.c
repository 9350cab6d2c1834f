#include "base/lazy.h"

#include <dlfcn.h>
#include <stddef.h>

#include "base/i18n.h"

bool
lazy_open(void **handle, const char *soname, struct err *err)
{
	if (*handle == NULL)
		*handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	return *handle != NULL || err_set(err, ERR_INTERNAL,
				      _("a library is missing: %s"), dlerror());
}

void *
lazy_find(void *handle, const char *name, bool *whole)
{
	void *at = dlsym(handle, name);

	*whole = *whole && at != NULL;
	return at;
}
