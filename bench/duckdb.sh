#!/bin/sh
# bench/duckdb.sh FOLDER: fetches DuckDB's npm package into the folder, once,
# and prints where its library is; "-" when npm or the package cannot be had,
# with a word why on stderr. For benchmarks only.
dir=$1
find_library() {
	find "$dir/node_modules" -name libduckdb.so 2>/dev/null | head -n 1
}
if [ -z "$(find_library)" ]; then
	if ! command -v npm >/dev/null; then
		echo "DuckDB is left out: npm is not installed" >&2
	elif ! { mkdir -p "$dir" && (cd "$dir" && echo '{}' >package.json &&
		npm install --silent --no-audit --no-fund \
			@duckdb/node-api) >&2; }; then
		echo "DuckDB is left out: npm cannot fetch @duckdb/node-api" >&2
	fi
fi
library=$(find_library)
echo "${library:--}"
