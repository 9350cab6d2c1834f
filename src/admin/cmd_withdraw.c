/* hearthctl withdraw */
#include "admin/admin.h"

#include "base/i18n.h"
#include "store/store.h"

int
cmd_withdraw(struct admin *a, int argc, char **argv)
{
	uint32_t generation = argc == 2 ? admin_number(argv[1]) : 0;
	struct store *store;
	struct err err = {0};
	bool ok;

	if (generation == 0)
		return admin_usage(
		    a, _("withdraw needs a generation's number"));
	if (!store_open(&store, a->store, STORE_WRITE, &err))
		return admin_fail(a, &err);
	ok = store_withdraw(store, generation, &err);
	store_close(store);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a, _("Generation %u is withdrawn."), generation);
	return 0;
}
