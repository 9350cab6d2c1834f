# The client's: its use, its private service, its answers, the demo.
SHELL_TESTS += tests/whole/results.test tests/whole/cli_usage.test \
	tests/whole/cli_local.test tests/whole/cli_answers.test \
	tests/whole/cli_demo.test tests/whole/cli_service.test \
	tests/whole/review.test tests/whole/sync.test \
	tests/whole/conflict.test tests/whole/move.test
check_PROGRAMS += filecheck
EXTRA_DIST += tests/whole/cli.sh tests/lib/roster.json

filecheck_SOURCES = tests/lib/filecheck.c
filecheck_LDADD = $(BASE_LIBS)
