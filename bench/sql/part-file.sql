-- In the half-year's file, which ends with the period: $1 what counts.
SELECT i, CASE WHEN seen = rem THEN x.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN $1 NOT EXISTS (SELECT 1 FROM counted AS c WHERE c.child = x.child
    AND c.on_day BETWEEN pe + 1 AND pe + 190) THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, @TO AS pe, @LEAST(@TO, out) AS seen, child, county,
    county_out, rem, out,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND EXISTS (SELECT 1
    FROM counted AS c WHERE c.child = removals.child AND c.on_day = @TO)) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= seen AND a.until > seen
WHERE n = 1
