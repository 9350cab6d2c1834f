CREATE TABLE windows (i integer, ps integer, ps_p integer, pe integer,
  pe_p integer, before_6 integer, before_12 integer, after_6 integer,
  next_12 integer, year integer, m_from integer, m_to integer)
