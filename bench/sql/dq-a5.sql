@USE(exits|0 = 0|0 = 0|CASE WHEN rem = out THEN 1 ELSE 0 END|rem, out)
