/* hearthctl migrate */
#include "admin/admin.h"

#include "base/i18n.h"
#include "store/store.h"

int
cmd_migrate(struct admin *a, int argc, char **argv)
{
	struct store *store;
	struct err err = {0};
	int from, to;
	bool ok;

	(void)argv;
	if (argc > 1)
		return admin_usage(a, _("migrate takes nothing"));
	if (!store_open(&store, a->store, STORE_WRITE, &err))
		return admin_fail(a, &err);
	ok = store_migrate(store, &from, &to, &err);
	store_close(store);
	if (!ok)
		return admin_fail(a, &err);
	if (from == to)
		admin_say(a, _("The store is of version %d already."), to);
	else
		admin_say(
		    a, _("The store went from version %d to %d."), from, to);
	return 0;
}
