-- Victims of the period who are victims in the next year.
@USE(victims|date BETWEEN @FROM AND @TO|0 = 0|
  CASE WHEN EXISTS (SELECT 1 FROM victims AS v WHERE v.child = x.child
    AND v.date BETWEEN pe + 1 AND next) THEN 1 ELSE 0 END|
  @TO AS pe, @NEXT_12 AS next)
