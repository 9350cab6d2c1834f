@USE(served|birth < 80000|CASE WHEN birth > rem THEN 1 ELSE 0 END|birth)
