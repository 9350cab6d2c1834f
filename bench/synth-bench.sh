#!/bin/sh
# Makes an invented state and sets it beside the published one: first counted
# plainly from the extract (synth_bench), then as the engine answers, through
# the import, the snapshot and the client's own command. Fails when a measure
# is off by more than half, or when the two counts differ.
# usage: synth-bench.sh SRCDIR CHILDREN   (in the build folder)
set -u
top=$1
children=$2
targets=$top/etc/synth/targets.csv
tmp=$(mktemp -d) || exit 6
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

./hearthctl --quiet synth --children "$children" --only extract "$tmp/x" ||
	exit
./synth_bench "$tmp/x" "$targets" "$children" >"$tmp/plain"
status=$?
cat "$tmp/plain"
[ $status -le 1 ] || exit $status

# engine ID FROM: "numerator/denominator value", or nothing.
engine() {
	to=$2
	[ "$1" = pp-2 ] || to=$(date -u -d "$2 + 1 year - 1 day" +%F)
	./hearth --local "$tmp/store" report "$1" --from "$2" --to "$to" \
		--format csv 2>/dev/null | awk -F, '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		NR == 2 { print $at["numerator"] "/" $at["denominator"], \
			$at["value"] }'
}

./hearthctl --quiet --store "sqlite:$tmp/store" init &&
	./hearthctl --quiet --store "sqlite:$tmp/store" import "$tmp/x" \
		>/dev/null || exit
printf '\n%-8s %-12s %-18s %-18s %s\n' engine from plain 'engine' value
grep -E '^(measure|context) +[a-z0-9.-]+ +[0-9]+-' "$tmp/plain" |
	while read -r _ id from _ _ _ counts _; do
		answer=$(engine "$id" "$from")
		same=
		[ -z "$answer" ] || [ "${answer%% *}" = "$counts" ] ||
			[ "$id" = c1.2 ] || same=DIFFERS
		printf '%-8s %-12s %-18s %-18s %s %s\n' "$id" "$from" "$counts" \
			"${answer%% *}" "${answer#* }" "$same"
	done | tee "$tmp/engine"
grep -q DIFFERS "$tmp/engine" && status=1
exit $status
