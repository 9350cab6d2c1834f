@USE(exits|0 = 0|0 = 0|CASE WHEN out < rem THEN 1 ELSE 0 END|rem, out)
