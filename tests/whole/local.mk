# Tests of the whole: programs run as their users run them.
TESTS += tests/whole/lint.test tests/whole/headers.test
EXTRA_DIST += tests/whole/lint.test tests/whole/headers.test
TESTS += tests/whole/import.test
EXTRA_DIST += tests/whole/import.test
include tests/whole/cli.mk
TESTS += tests/whole/sources.test
EXTRA_DIST += tests/whole/sources.test
TESTS += tests/whole/plan.test
EXTRA_DIST += tests/whole/plan.test
