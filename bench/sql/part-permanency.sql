-- Permanency in 12 months, in care on the first day for $1 months: by the county
-- of that day.
SELECT i, CASE WHEN ps = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN reason IN (1, 2, 3, 5) AND out <= pe AND out < b18
    THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, @FROM AS ps, @TO AS pe, id, child, county_out, rem,
    birth, out, b18, reason,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals
  WHERE rem < @FROM AND out >= @FROM AND @FROM < b18 AND @MONTHS(rem_p,@FROM_P) BETWEEN $1) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= ps AND a.until > ps
WHERE n = 1 AND birth <= rem AND NOT (out <= pe AND reason = 0)
