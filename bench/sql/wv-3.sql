@USE(visits|0 = 0|1|CASE WHEN 2 * at_home > needed THEN 1 ELSE 0 END)
