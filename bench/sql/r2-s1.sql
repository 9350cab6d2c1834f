-- First victim report of the first half: none other within 183 days.
@USE(victims|date >= @FROM AND date < @AFTER_6 AND date < b18|
  birth <= date + 280|
  CASE WHEN EXISTS (SELECT 1 FROM victims AS v WHERE v.child = x.child
    AND v.date BETWEEN x.date + 1 AND x.date + 183) THEN 0 ELSE 1 END|birth)
