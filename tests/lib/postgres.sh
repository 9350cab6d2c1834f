#!/bin/sh
# shellcheck disable=SC2034 # pg_url is for the script that reads this
#
# A PostgreSQL server of the test's own, in a temporary folder on a Unix
# socket, ended and removed when the script ends:
#
#   . "$top_srcdir/tests/lib/postgres.sh"
#   postgres_start            # sets PGHOST, PGUSER, PGDATABASE and $pg_url
#
# A server may not run as root, so root becomes the user postgres, or nobody.
# Where PostgreSQL is not installed the test fails: it is required.

postgres_stop() {
	if [ -n "$pg_dir" ]; then
		postgres_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate \
			-s stop >/dev/null 2>&1
		rm -rf "$pg_dir"
		pg_dir=
	fi
}

postgres_as() {
	if [ "$(id -u)" -eq 0 ]; then
		(cd / && setpriv --reuid="$pg_user" --regid="$pg_group" \
			--clear-groups "$@")
	else
		"$@"
	fi
}

postgres_find() {
	pg_bin=
	for dir in "$(pg_config --bindir 2>/dev/null)" \
		/usr/lib/postgresql/*/bin /usr/local/pgsql/bin; do
		if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then
			pg_bin=$dir
		fi
	done
	if [ -z "$pg_bin" ]; then
		echo "PostgreSQL's server is not installed (Debian: postgresql)"
		echo "0 passed, 1 failed"
		exit 1
	fi
}

postgres_fail() {
	echo "PostgreSQL does not start: $1"
	cat "$pg_dir/log" 2>/dev/null
	echo "0 passed, 1 failed"
	exit 1
}

postgres_start() {
	postgres_find
	pg_user=nobody pg_group=nogroup
	if id postgres >/dev/null 2>&1; then
		pg_user=postgres pg_group=$(id -gn postgres)
	fi
	# Short, because a socket's path is limited to 107 bytes.
	pg_dir=$(mktemp -d /tmp/hearth-pg-XXXXXX)
	trap postgres_stop EXIT
	trap 'exit 1' HUP INT TERM
	if [ "$(id -u)" -eq 0 ]; then
		chown "$pg_user" "$pg_dir"
	fi
	postgres_as "$pg_bin/initdb" -D "$pg_dir/data" -A trust -U postgres \
		--no-sync --locale=C.UTF-8 >"$pg_dir/initdb" 2>&1 ||
		postgres_fail "$(cat "$pg_dir/initdb")"
	postgres_as "$pg_bin/pg_ctl" -w -s -D "$pg_dir/data" \
		-l "$pg_dir/log" \
		-o "-k $pg_dir -c listen_addresses='' -c fsync=off" start ||
		postgres_fail "pg_ctl"
	PGHOST=$pg_dir PGUSER=postgres PGDATABASE=postgres
	export PGHOST PGUSER PGDATABASE
	# The socket's folder travels in the url percent-encoded.
	pg_url="postgresql://postgres@$(echo "$pg_dir" | sed 's,/,%2F,g')/postgres"
}
