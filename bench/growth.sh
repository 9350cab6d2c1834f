#!/bin/sh
# bench/growth.sh SRCDIR [growth|nation]: how figures grow from 10,000 to 10
# million removals in twenty years, with the reports, in-home cases and visits
# that go with them, and the nation's size (600,000 children served a year, a
# visit for each month in care; bench/README). The exponent e of a measure: its
# times are as the e-th power of the number of removals. BENCH_SIZES: four other
# sizes.
set -e
sizes=${BENCH_SIZES:-10000 100000 1000000 10000000}
top_srcdir=$1 what=${2:-growth nation} dir=bench-data/scale
mkdir -p "$dir"

growth() {
	results=
	for n in $sizes; do
		./scale_bench "$dir/$n.facts" "$top_srcdir/etc/measures" \
			"$n" 20 2 >"$dir/$n.txt"
		rm -f "$dir/$n.facts"
		grep -E 'rows fed|removals' "$dir/$n.txt"
		results="$results $dir/$n.txt"
	done
	# shellcheck disable=SC2086 # one word for each result
	awk -v sizes="$sizes" '
	FNR == 1 { file++ }
	$3 == "ms" && NF == 3 && $1 != "slowest" {
		t[$1, file] = $2
		if (file == 1)
			id[++n] = $1
	}
	function family(m) { # c2.1 is of c2, cps-3-extended of cps
		if (m ~ /^c[0-9]/)
			return substr(m, 1, 2)
		if (m ~ /^(dq-[an]|comp|[ps])[0-9]/)
			sub(/[0-9].*/, "", m)
		else if (m !~ /^r2/)
			sub(/-.*/, "", m)
		return m
	}
	END {
		split(sizes, size, " ")
		many = log(size[4] / size[1])
		printf "%-16s %9s %9s %9s %9s %9s\n", "ms", size[1], size[2],
		    size[3], size[4], "exponent"
		for (i = 1; i <= n; i++) {
			m = id[i]
			e = log(t[m, 4] / t[m, 1]) / many
			printf "%-16s %9.3f %9.3f %9.3f %9.3f %9.2f\n", m,
			    t[m, 1], t[m, 2], t[m, 3], t[m, 4], e
			f = family(m)
			if (!(f in k))
				list[++families] = f
			sum[f] += e
			k[f]++
			if (!(f in most) || e > most[f])
				most[f] = e
			all += e
		}
		print "exponents by family: mean, greatest"
		for (i = 1; i <= families; i++) {
			f = list[i]
			printf "%-6s %5.2f %5.2f\n", f, sum[f] / k[f], most[f]
		}
		printf "the exponents'\'' mean: %.2f\n", all / n
	}' $results
}

nation() {
	echo "the nation's size:"
	./scale_bench "$dir/nation.facts" "$top_srcdir/etc/measures" \
		4950000 20 20 >"$dir/nation.txt"
	rm -f "$dir/nation.facts"
	awk '
	/rows fed/ {
		print
		for (i = 1; i < NF; i++)
			if ($(i + 1) == "GiB" && $(i + 2) == "of") memory = $i
		met[1] = memory < 8
	}
	/opened in/ { print; met[2] = $(NF - 1) < 1000 }
	/reports/ { print }
	$3 == "ms" && NF == 3 && $1 != "slowest" {
		n++
		printf "%-16s %9.3f ms%s\n", $1, $2, $2 < 150 ? "" : " NOT MET"
		if ($2 >= 150)
			over = over " " $1
		else
			under++
	}
	function say(is) { return is ? "met" : "NOT MET" }
	END {
		printf "built in under 8 GiB of memory: %s\n", say(met[1])
		printf "opens in under a second: %s\n", say(met[2])
		printf "a figure for one period in under 150 ms: %s (%d of %d)",
		    say(under == n), under, n
		printf "%s\n", over != "" ? "; not" over : ""
	}' "$dir/nation.txt"
}

for part in $what; do
	$part
done
