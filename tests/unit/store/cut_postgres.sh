#!/bin/sh
# Ends every session of Hearth's, as a server does that is restarted.
"$HEARTH_TEST_PGBIN/psql" -q -t -v ON_ERROR_STOP=1 -c "SELECT
	pg_terminate_backend(pid, 5000) FROM pg_stat_activity
	WHERE application_name = 'hearth'" >/dev/null
