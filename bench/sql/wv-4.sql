@USE(visits|0 = 0|1|CASE WHEN made = needed THEN 1 ELSE 0 END)
