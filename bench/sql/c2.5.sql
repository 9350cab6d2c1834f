-- Freed in the twelve months before the period: adopted in under 12 months.
SELECT i, CASE WHEN free = rem THEN x.county WHEN free = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN reason = 3 AND @MONTHS(free_p,out_p) < 12 THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, free, free_p, child, county, county_out, rem, out, out_p,
    reason, row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE free >= @BEFORE_12 AND free < @FROM) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= free AND a.until > free
WHERE n = 1 AND NOT (reason = 0 AND @MONTHS(free_p,out_p) < 12)
