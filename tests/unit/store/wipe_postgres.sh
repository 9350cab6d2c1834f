#!/bin/sh
# Empties the test server of everything that Hearth keeps there.
"$HEARTH_TEST_PGBIN/psql" -q -v ON_ERROR_STOP=1 <<'SQL'
SET client_min_messages = warning;
DO $$ DECLARE s text; BEGIN
	PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
		WHERE application_name = 'hearth' AND pid <> pg_backend_pid();
	FOR s IN SELECT nspname FROM pg_namespace
		WHERE nspname = 'hearth' OR nspname LIKE 'hearth\_%'
	LOOP EXECUTE format('DROP SCHEMA %I CASCADE', s); END LOOP;
END $$;
SQL
