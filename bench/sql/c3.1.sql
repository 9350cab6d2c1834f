-- 24 months and over: permanency by the period's end, before 18.
@USE(first-day|@MONTHS(rem_p,@FROM_P) >= 24 AND @FROM < b18|
  birth <= rem AND NOT (out <= pe AND reason = 0)|
  CASE WHEN reason IN (1, 2, 3, 5) AND out <= pe AND out < b18 THEN 1 ELSE 0 END|
  rem, birth, b18, reason)
