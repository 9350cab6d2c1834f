@USE(exits-sums|0 = 0|0 = 0|CASE WHEN reason = 0 THEN 1 ELSE 0 END|reason)
