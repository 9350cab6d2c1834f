#!/bin/sh
# make bench-forms: a review of some 620 answers, typed by a script.
set -e
top=$1 dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
key=$(./packet_make "$top/etc/instruments/poms-example-1.cfg" \
	"$top/tests/lib/roster.json" RV-1 mk "$dir/packet")
for size in '80 24' '120 40'; do
	echo "== $size"
	# shellcheck disable=SC2086 # a size is two words
	./forms_bench "$dir/packet" "$key" "$dir/folder" $size
	rm -rf "$dir/folder"
done
