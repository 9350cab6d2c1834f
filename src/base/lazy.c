#include "base/lazy.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "base/i18n.h"

bool
lazy_fill(void **places, const char *soname, const char *names, struct err *err)
{
	size_t n = 0;
	void *handle;

	if (places[0] != NULL)
		return true;
	handle = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
	if (handle == NULL)
		return err_set(err, ERR_INTERNAL, _("a library is missing: %s"),
		    dlerror());
	for (const char *name = names; *name != '\0';
	     name += strlen(name) + 1) {
		places[n] = dlsym(handle, name);
		if (places[n++] != NULL)
			continue;
		/* All or nothing: the first says whether it was loaded. */
		places[0] = NULL;
		dlclose(handle);
		return err_set(err, ERR_INTERNAL,
		    _("%s is another version than is needed: it has no %s"),
		    soname, name);
	}
	return true;
}
