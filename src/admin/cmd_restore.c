/* hearthctl restore */
#include "admin/admin.h"

#include "base/file.h"
#include "base/i18n.h"
#include "store/store.h"

int
cmd_restore(struct admin *a, int argc, char **argv)
{
	struct store *store;
	struct err err = {0};
	bool ok;

	if (argc != 2)
		return admin_usage(a, _("restore needs a file"));
	if (!file_given(argv[1], &err))
		return admin_fail(a, &err);
	if (!store_open(&store, a->store, STORE_CREATE, &err))
		return admin_fail(a, &err);
	ok = store_restore(store, argv[1], &err);
	store_close(store);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a, _("The store is as it was in %s."), argv[1]);
	return 0;
}
