/* hearthctl init */
#include "admin/admin.h"

#include "base/i18n.h"
#include "store/store.h"

int
cmd_init(struct admin *a, int argc, char **argv)
{
	struct store *store;
	struct err err = {0};

	(void)argv;
	if (argc > 1)
		return admin_usage(a, _("init takes nothing"));
	if (!store_open(&store, a->store, STORE_CREATE, &err))
		return admin_fail(a, &err);
	admin_say(a, _("The store at %s is ready."), store_url(store));
	store_close(store);
	return 0;
}
