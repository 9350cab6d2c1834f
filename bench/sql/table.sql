CREATE TABLE removals (id integer, child integer, county integer,
  county_out integer, rem integer, rem_p integer, prev integer, prev_p integer,
  out integer, out_p integer, reason @TINY, birth integer, b18 integer,
  b18_p integer, thv integer, thv_p integer, next integer, next_p integer,
  custody integer, custody_p integer, due integer, first_rem integer, settings integer,
  free integer, free_p integer, times integer);
CREATE TABLE assigned (child integer, start integer, until integer,
  county integer);
CREATE TABLE reviews (child integer, held integer, good integer);
CREATE TABLE moves (removal integer, start integer);
CREATE TABLE settings (removal integer, start integer, until integer,
  number integer);
CREATE TABLE goals (removal integer, start integer, until integer,
  goal @TINY);
CREATE TABLE stays (child integer, first integer, last integer);
CREATE TABLE visits (child integer, month integer, home @TINY);
CREATE TABLE home (child integer, first integer, last integer);
CREATE TABLE home_visits (child integer, month integer, home @TINY);
CREATE TABLE reports (id integer, county integer, date integer, month integer,
  received integer, contact integer, seen integer, hours integer,
  done integer, came_to @TINY, cause @TINY, kind @TINY);
CREATE TABLE victims (id integer, child integer, county integer, date integer,
  incident integer, birth integer, b18 integer, died @TINY,
  provider @TINY, afcars @TINY);
CREATE TABLE cases (id integer, county integer, opened integer, month integer,
  closed integer, planned integer);
CREATE TABLE served (id integer, child integer, county integer,
  opened integer, closed integer, closed_12 integer, born @TINY);
CREATE TABLE counted (child integer, on_day integer);
CREATE TABLE population (county integer, year integer, children integer)
