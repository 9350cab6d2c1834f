@USE(served|times > 0|CASE WHEN times = 1 THEN 1 ELSE 0 END|times)
