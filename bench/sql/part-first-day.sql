-- A child's stay on the period's first day, by the county of that day: as
-- part-exits.sql.
SELECT i, CASE WHEN ps = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den, $3 AS num
FROM (SELECT @I AS i, @FROM AS ps, @TO AS pe, child, county_out, out, $4,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals
  WHERE rem < @FROM AND out >= @FROM AND $1) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= ps AND a.until > ps
WHERE n = 1 AND $2
