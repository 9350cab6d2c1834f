CREATE INDEX by_rem ON removals (rem, county, rem_p, prev, prev_p, out, out_p,
  reason, birth, b18, thv, thv_p, child);
CREATE INDEX by_out ON removals (out, county, county_out, child, rem, rem_p,
  out_p, reason, birth, b18, thv, thv_p, next, next_p);
ANALYZE
