# Tests of the whole: programs run as their users run them.
TESTS += tests/whole/lint.test tests/whole/headers.test
EXTRA_DIST += tests/whole/lint.test tests/whole/headers.test
include tests/whole/cli.mk
