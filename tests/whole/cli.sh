# shellcheck shell=sh
# What the client's whole-program tests share; sourced, never run. Each test
# has a folder of its own as home, and counts what it proves.
: "${top_srcdir:=.}" "${top_builddir:=.}"
build=$(cd "$top_builddir" && pwd)
dir=$(mktemp -d) || exit 99
HOME=$dir
XDG_CONFIG_HOME=$dir/config
XDG_DATA_HOME=$dir/data
XDG_STATE_HOME=$dir/state
XDG_RUNTIME_DIR=$dir/run
TERM=dumb
LC_ALL=C.UTF-8
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR \
	TERM LC_ALL
unset HEARTH_SERVICE HEARTH_LOCAL NO_COLOR ACCESSIBLE POSIXLY_CORRECT LANGUAGE
mkdir -m 700 "$XDG_RUNTIME_DIR"
hearth=$build/hearth
passed=0 failed=0
service=

finish() {
	[ -z "$service" ] || kill "$service" 2>/dev/null
	rm -rf "$dir"
}
trap finish EXIT
trap 'exit 99' HUP INT TERM

good() { passed=$((passed + 1)); }
bad() {
	failed=$((failed + 1))
	echo "FAILED: $*"
	sed 's/^/  out: /' "$dir/out" | head -n 20
	sed 's/^/  err: /' "$dir/err" | head -n 20
}

# gives STATUS WORDS...: hearth WORDS ends with STATUS; its outputs stay in
# $dir/out and $dir/err.
gives() {
	want=$1
	shift
	"$hearth" "$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	if [ "$got" -eq "$want" ]; then good
	else bad "hearth $* ended with $got, not $want"
	fi
}

# says out|err TEXT: what was printed last holds the text.
says() {
	if grep -qF -e "$2" "$dir/$1"; then good
	else bad "std$1 does not say: $2"
	fi
}

silent() {
	if [ ! -s "$dir/$1" ]; then good
	else bad "std$1 is not empty"
	fi
}

same() {
	if [ "$1" = "$2" ]; then good
	else bad "'$1' is not '$2'"
	fi
}

empty_store() {
	"$build/hearthctl" --quiet --store "sqlite:$dir/store" init ||
		{ echo "no store"; exit 1; }
}

# serve ARGS...: starts hearthd and waits for its word that it listens; its
# address is then in $address, its number in $service, its log comes on 9.
serve() {
	rm -f "$dir/log"
	mkfifo "$dir/log"
	"$build/hearthd" "$@" 2>"$dir/log" &
	service=$!
	exec 9<"$dir/log"
	while read -r line <&9; do
		case $line in
		*event=listening*)
			address=${line#*address=}
			address=${address%% *}
			return 0
			;;
		esac
	done
	bad "hearthd does not listen"
	exit 1
}

end() {
	echo "$passed passed, $failed failed"
	[ "$failed" -eq 0 ]
}
