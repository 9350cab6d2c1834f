-- The number of these.
@USE(victims|date BETWEEN @FROM AND @TO|
  EXISTS (SELECT 1 FROM removals AS r WHERE r.child = x.child)|1|id)
