#!/bin/sh
# Makes an invented state and sets it beside the published one: first counted
# plainly from the extract (synth_bench), then as the engine answers, through
# the import, the snapshot and the client's own command. Fails when a measure
# is off by more than half, or when the two answers are more than a hundredth
# apart (the plain count does not repeat every rule for broken records).
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
		echo "$id $from $counts $(engine "$id" "$from")"
	done | awk '{
		split($3, plain, "/"); split($4, its, "/"); same = ""
		if ($1 != "c1.2" && its[2] > 0 && plain[2] > 0) {
			ratio = (plain[1] / plain[2]) / (its[1] / its[2])
			if (ratio > 1.01 || ratio < 0.99) same = "DIFFERS"
		}
		printf "%-8s %-12s %-18s %-18s %s %s\n", $1, $2, $3, $4, $5,
			same
	}' | tee "$tmp/engine"

# Providers of group homes, all together, over five years: the counts that the
# contract of 2007 set targets for, which most providers are to meet.
for id in $(./hearth --local "$tmp/store" provider list --programme gh \
	--format csv 2>/dev/null | awk -F, 'NR > 1 { print $1 }'); do
	./hearth --local "$tmp/store" provider show "$id" --months 60 \
		--format csv 2>/dev/null
done | sed 's/"[^"]*"/x/g' | awk -F, '{ n[$2] += $4 }
	function share(name, met, of, target) {
		printf "%-4s %5d of %5d  %6.2f %%  target %s %%\n", name, met,
			of, (of > 0 ? 100 * met / of : 0), target
	}
	END {
		print "\ncounts of providers of group homes"
		share("S1", n["served"] - n["victims"], n["served"], "99.68")
		share("S4", n["served"] - n["injured"], n["served"], "98")
		share("P2", n["less_restrictive"], n["discharged"], "62")
		share("P3", n["served"] - n["moved_provider"], n["served"], "80")
		share("P4", n["went_home"] - n["re_entered"], n["went_home"], "87")
	}'
grep -q DIFFERS "$tmp/engine" && status=1
exit $status
