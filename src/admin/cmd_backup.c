/* hearthctl backup */
#include "admin/admin.h"

#include "base/i18n.h"
#include "store/store.h"

int
cmd_backup(struct admin *a, int argc, char **argv)
{
	struct store *store;
	struct err err = {0};
	bool ok;

	if (argc != 2)
		return admin_usage(a, _("backup needs a file"));
	if (!store_open(&store, a->store, STORE_READ, &err))
		return admin_fail(a, &err);
	ok = store_backup(store, argv[1], &err);
	store_close(store);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a, _("%s holds the store."), argv[1]);
	return 0;
}
