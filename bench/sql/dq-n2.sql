-- Of these, with a birth date that no such child can have.
@USE(victims|date BETWEEN @FROM AND @TO|birth <> 84005 AND
  EXISTS (SELECT 1 FROM victims AS v WHERE v.child = x.child
    AND v.date BETWEEN pe + 1 AND next)|
  CASE WHEN birth > date + 280 THEN 1 ELSE 0 END|
  birth, @TO AS pe, @NEXT_12 AS next)
