CREATE INDEX by_rem ON removals (rem, county, rem_p, prev, prev_p, out, out_p,
  reason, birth, b18, b18_p, thv, thv_p, child, id, county_out, free, settings,
  times);
CREATE INDEX by_out ON removals (out, county, county_out, child, rem, rem_p,
  out_p, reason, birth, b18, thv, thv_p, next, next_p, id, free, settings,
  times);
CREATE INDEX by_due ON removals (due, out, child, id, county, custody);
CREATE INDEX by_free ON removals (free, child, id, rem, out, out_p, reason,
  free_p, county, county_out);
CREATE INDEX of_child ON removals (child, rem, out);
CREATE INDEX by_child ON assigned (child, start, until, county);
CREATE INDEX held ON reviews (child, held, good);
CREATE INDEX moved ON moves (removal, start);
CREATE INDEX lived ON settings (removal, start, until, number);
CREATE INDEX aimed ON goals (removal, start, until, goal);
CREATE INDEX stayed ON stays (child, first, last);
CREATE INDEX visited ON visits (child, month, home);
CREATE INDEX by_month ON visits (month, child, home);
CREATE INDEX at_home ON home (child, first, last);
CREATE INDEX seen_at_home ON home_visits (child, month, home);
CREATE INDEX seen_in ON home_visits (month, child, home);
CREATE INDEX by_date ON reports (date, month, county, received, contact, seen,
  hours, done, came_to, cause, kind);
CREATE INDEX by_done ON reports (done, county, date);
CREATE INDEX victims_by ON victims (date, child, id, county, incident, birth,
  b18, died, provider, afcars);
CREATE INDEX victims_of ON victims (child, date, incident, provider);
CREATE INDEX cases_by ON cases (opened, month, closed, county, planned);
CREATE INDEX cases_till ON cases (closed, opened, county);
CREATE INDEX served_by ON served (closed, opened, child, id, county, closed_12,
  born);
CREATE INDEX counts ON counted (child, on_day);
ANALYZE
