@USE(served|0 = 0|CASE WHEN birth > 80000 THEN 1 ELSE 0 END|birth)
