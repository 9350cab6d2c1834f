#!/bin/sh
# on_postgres PROGRAM: runs a test program of this room on a PostgreSQL server
# of our own.
. "$top_srcdir/tests/lib/postgres.sh"

on_postgres() {
	postgres_start
	HEARTH_TEST_STORE=$pg_url
	HEARTH_TEST_PGBIN=$pg_bin
	HEARTH_TEST_WIPE="sh $top_srcdir/tests/unit/store/wipe_postgres.sh"
	HEARTH_TEST_CUT="sh $top_srcdir/tests/unit/store/cut_postgres.sh"
	export HEARTH_TEST_CUT HEARTH_TEST_STORE HEARTH_TEST_PGBIN \
		HEARTH_TEST_WIPE
	"$top_builddir/$1"
}
