-- 17 months and over, not free: freed within six months.
@USE(first-day|@MONTHS(rem_p,@FROM_P) >= 17 AND free >= @FROM|
  NOT (free = @NEVER AND out < half AND reason IN (0, 1, 2, 5))|
  CASE WHEN free < half THEN 1 ELSE 0 END|free, reason, @AFTER_6 AS half)
