#include "measure/check.h"

#include <stdlib.h>

#include "measure/load.h"

#define EXAMPLES_LEAST 4

static bool
check_examples(
    struct measure_check *check, const struct measures *ms, struct err *err)
{
	for (int i = 0; i < measures_n(ms); i++) {
		const struct measure *m = measures_at(ms, i);

		if (!examples_run(m, &check->faults, err))
			return false;
		check->measures++;
		check->examples += m->about.examples;
		check->without += m->about.examples < EXAMPLES_LEAST;
	}
	return true;
}

bool
measure_check_run(struct measure_check *check, const char *folder,
    const char *const *paths, size_t n, struct err *err)
{
	struct measures *ms = measures_new();
	char **found = NULL;
	size_t found_n = 0;
	bool ok = true;

	*check = (struct measure_check){0};
	if (n == 0) {
		ok = measures_files(folder, &found, &found_n, err);
		paths = (const char *const *)found;
		n = found_n;
	}
	ok = ok && measures_read(ms, paths, n, &check->faults, err) &&
	     check_examples(check, ms, err);
	for (size_t i = 0; i < found_n; i++)
		free(found[i]);
	free(found);
	measures_free(ms);
	return ok;
}

void
measure_check_free(struct measure_check *check)
{
	faults_free(&check->faults);
}
