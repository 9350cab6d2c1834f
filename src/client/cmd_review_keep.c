/* hearth review passphrase, clean: the folder itself. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "base/secret.h"
#include "client/cmd_review_part.h"
#include "client/field_folder.h"

static bool
may_write(struct field_call *f, struct err *err)
{
	char why[320];

	if (!folder_readonly(f->folder))
		return true;
	folder_why_readonly(f->folder, why, sizeof why);
	return err_set(err, ERR_READ_ONLY, "%s", why);
}

bool
field_do_passphrase(struct field_call *f, struct err *err)
{
	struct vault_make how = {0};
	char *secret;
	bool ok;

	if (!field_folder_open(f->call, &f->folder, err) || !may_write(f, err))
		return false;
	secret = secret_new(stdin, err);
	how.passphrase = secret;
	ok = secret != NULL && vault_rewrap(folder_vault(f->folder), &how, err);
	secret_free(secret);
	cJSON_AddBoolToObject(f->call->answer, "passphrase", ok);
	return ok;
}

/* --- cleaning --------------------------------------------------------------
 */

static void
clean_tell(cJSON *list, const struct folder_removable *all)
{
	for (size_t i = 0; i < all->n; i++) {
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "file", all->names[i]);
		cJSON_AddStringToObject(o, "what",
		    strncmp(all->names[i], "trash/", 6) == 0
			? _("goes for good")
			: _("goes to the trash, for 90 days"));
		cJSON_AddItemToArray(list, o);
		fprintf(stderr, "%s: %s\n", all->names[i],
		    json_get_string(o, "what"));
	}
}

bool
field_do_clean(struct field_call *f, struct err *err)
{
	struct folder_removable all = {0};
	cJSON *answer = f->call->answer;
	bool ok, yes = false;

	if (!field_folder_open(f->call, &f->folder, err) || !may_write(f, err))
		return false;
	ok = folder_removable(f->folder, FOLDER_KEEP_DAYS, &all, err);
	if (ok) {
		clean_tell(cJSON_AddArrayToObject(answer, "cleaning"), &all);
		yes =
		    all.n > 0 &&
		    field_says_yes(_(
			"The office has given a receipt for each of these, at "
			"least 90 days ago. Clean them away? (y/n)"));
		ok = !yes || folder_remove(f->folder, &all, err);
	}
	cJSON_AddBoolToObject(answer, "cleaned", ok && yes);
	folder_removable_free(&all);
	return ok;
}
