-- 17 months and over: adopted by the period's end, of those who did not go to
-- a parent, relative or guardian.
@USE(first-day|@MONTHS(rem_p,@FROM_P) >= 17|
  NOT (out <= pe AND reason IN (0, 1, 2, 5))|
  CASE WHEN out <= pe AND reason = 3 THEN 1 ELSE 0 END|reason)
