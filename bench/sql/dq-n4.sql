-- Victims with an AFCARS id; where that is not told, who were ever in care.
@USE(victims|date BETWEEN @FROM AND @TO|0 = 0|
  CASE WHEN afcars = 1 OR (afcars = 0 AND
    EXISTS (SELECT 1 FROM removals AS r WHERE r.child = x.child))
    THEN 1 ELSE 0 END|id, afcars)
