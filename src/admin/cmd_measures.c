/* hearthctl measures check: reads definitions and runs their examples. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "admin/admin.h"
#include "base/data.h"
#include "base/file.h"
#include "base/i18n.h"
#include "measure/check.h"

/* Whether the files that are named can be read. */
static bool
are_there(char **files, int n, struct err *err)
{
	for (int i = 0; i < n; i++)
		if (!file_given(files[i], err))
			return false;
	return true;
}

int
cmd_measures_check(struct admin *a, int argc, char **argv)
{
	static const struct option options[] = {{0}};
	char *folder = data_find("measures");
	struct measure_check check = {0};
	struct err err = {0};
	int status = 0;

	if (getopt_long(argc, argv, "", options, NULL) != -1) {
		free(folder);
		return admin_usage(a, _("measures check takes only files"));
	}
	if (!are_there(argv + optind, argc - optind, &err) ||
	    !measure_check_run(&check, folder,
		(const char *const *)argv + optind, (size_t)(argc - optind),
		&err))
		status = admin_fail(a, &err);
	for (size_t i = 0; i < check.faults.n; i++) {
		fault_err(&check.faults.list[i], &err);
		puts(err.text);
		status = err_exit(ERR_DEFINITION);
	}
	if (status == 0)
		printf(_("%d measures, %d examples: no fault\n"),
		    check.measures, check.examples);
	measure_check_free(&check);
	free(folder);
	return status;
}
