# Tests of the whole: programs run as their users run them.
TESTS += tests/whole/lint.test tests/whole/headers.test
EXTRA_DIST += tests/whole/lint.test tests/whole/headers.test
include tests/whole/cli.mk

TESTS += tests/whole/cli_usage.test tests/whole/cli_local.test
EXTRA_DIST += tests/whole/cli.sh tests/whole/cli_usage.test \
	tests/whole/cli_local.test
TESTS += tests/whole/import.test
EXTRA_DIST += tests/whole/import.test
