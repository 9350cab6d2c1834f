-- A child's last stay of the period, by the county of the last day of it in
-- the period: $1 what it must be, $2 what counts, $3 the columns needed.
SELECT i, CASE WHEN seen = rem THEN x.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den, $2 AS num
FROM (SELECT @I AS i, @LEAST(@TO, out) AS seen, child, county, county_out, rem,
    out, $3,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out >= @FROM) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= seen AND a.until > seen
WHERE n = 1 AND $1
