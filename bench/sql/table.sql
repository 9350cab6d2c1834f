CREATE TABLE removals (id integer, child integer, county integer,
  county_out integer, rem integer, rem_p integer, prev integer, prev_p integer,
  out integer, out_p integer, reason @TINY, birth integer, b18 integer,
  thv integer, thv_p integer, next integer, next_p integer, custody integer,
  custody_p integer, due integer, first_rem integer, settings integer);
CREATE TABLE assigned (child integer, start integer, until integer,
  county integer);
CREATE TABLE reviews (child integer, held integer, good integer);
CREATE TABLE moves (removal integer, start integer);
CREATE TABLE windows (i integer, ps integer, ps_p integer, pe integer,
  pe_p integer, before_6 integer, before_12 integer)
