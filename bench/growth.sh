#!/bin/sh
# bench/growth.sh SRCDIR: how figures grow from 10,000 to 10 million removals
# in twenty years, and the nation's size (600,000 children served a year, a
# visit for each month in care). The exponent e of a measure: its times
# are as the e-th power of the number of removals.
set -e
top_srcdir=$1 dir=bench-data/scale
mkdir -p "$dir"
for n in 10000 100000 1000000 10000000; do
	./scale_bench "$dir/$n.facts" "$top_srcdir/etc/measures" "$n" 20 \
		>"$dir/$n.txt"
	rm -f "$dir/$n.facts"
	grep -E 'rows fed|removals' "$dir/$n.txt"
done
awk '
	FNR == 1 { file++ }
	$3 == "ms" && NF == 3 && $1 != "slowest" { t[$1, file] = $2; if (file == 1) id[++n] = $1 }
	END {
		printf "%-8s %9s %9s %9s %9s %9s\n", "ms", "10,000", "100,000",
		    "1 million", "10 million", "exponent"
		for (i = 1; i <= n; i++) {
			m = id[i]
			if (t[m, 4] < 1)
				continue # no rows of its kind in this state
			e = log(t[m, 4] / t[m, 1]) / log(1000)
			printf "%-8s %9.3f %9.3f %9.3f %9.3f %9.2f\n", m,
			    t[m, 1], t[m, 2], t[m, 3], t[m, 4], e
			sum += e
			k++
		}
		printf "the exponents'\'' mean: %.2f\n", sum / k
	}' "$dir/10000.txt" "$dir/100000.txt" "$dir/1000000.txt" \
	"$dir/10000000.txt"

echo "the nation's size:"
./scale_bench "$dir/nation.facts" "$top_srcdir/etc/measures" 4950000 20 visits \
	>"$dir/nation.txt"
rm -f "$dir/nation.facts"
awk '
	/rows fed/ {
		print
		for (i = 1; i < NF; i++)
			if ($(i + 1) == "GiB" && $(i + 2) == "of") memory = $i
		printf "under 8 GiB of memory: %s\n",
		    memory < 8 ? "met" : "NOT MET"
	}
	/opened in/ {
		print
		printf "opens in under a second: %s\n",
		    $(NF - 1) < 1000 ? "met" : "NOT MET"
	}
	$3 == "ms" && NF == 3 && $1 != "slowest" {
		n++
		if ($2 >= 150) { over++; printf "%-8s %.0f ms\n", $1, $2 }
	}
	END {
		printf "a figure for one period in under 150 ms: %s (%d of %d)\n",
		    over ? "NOT MET" : "met", n - over, n
	}' "$dir/nation.txt"
