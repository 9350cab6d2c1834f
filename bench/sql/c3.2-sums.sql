@USE(exits-sums|free <= out|out >= rem AND reason > 0 AND
  (birth <= rem OR birth >= 80000) AND
  (birth < 80000 OR reason NOT IN (1, 2, 3, 5))|
  CASE WHEN reason IN (1, 2, 3, 5) AND out < b18 THEN 1 ELSE 0 END|
  rem, out, reason, birth, b18)
