@USE(exits|0 = 0|birth < 80000|CASE WHEN birth > out THEN 1 ELSE 0 END|birth, out)
