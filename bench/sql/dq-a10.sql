@USE(served|0 = 0|CASE WHEN settings < 0 THEN 1 ELSE 0 END|settings)
