-- The number of those who were ever in care.
@USE(victims|date BETWEEN @FROM AND @TO|
  afcars IN (0, 1) AND
  EXISTS (SELECT 1 FROM removals AS r WHERE r.child = x.child)|1|id, afcars)
