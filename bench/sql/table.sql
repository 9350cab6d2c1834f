CREATE TABLE removals (child integer, county integer, county_out integer,
  rem integer, rem_p integer, prev integer, prev_p integer, out integer,
  out_p integer, reason integer, birth integer, b18 integer, thv integer,
  thv_p integer, next integer, next_p integer)
