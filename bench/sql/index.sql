CREATE INDEX by_rem ON removals (rem, county, rem_p, prev, prev_p, out, out_p,
  reason, birth, b18, thv, thv_p, child, id, county_out);
CREATE INDEX by_out ON removals (out, county, county_out, child, rem, rem_p,
  out_p, reason, birth, b18, thv, thv_p, next, next_p, id);
CREATE INDEX by_due ON removals (due, out, child, id, county, custody);
CREATE INDEX by_child ON assigned (child, start, until, county);
CREATE INDEX held ON reviews (child, held, good);
CREATE INDEX moved ON moves (removal, start);
ANALYZE
