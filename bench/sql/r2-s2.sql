-- Served, and not the victim of a provider on a day in care in the period.
SELECT c.i, CASE WHEN seen = rem THEN c.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN v.child IS NULL THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, @LEAST(@TO, out) AS seen, child, county, county_out, rem,
    out, row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out >= @FROM) AS c
LEFT JOIN (SELECT DISTINCT @I AS i, v.child FROM @WINDOWS victims AS v
  JOIN removals AS r ON r.child = v.child AND v.date BETWEEN r.rem AND r.out
  WHERE v.provider = 1 AND v.date BETWEEN @FROM AND @TO) AS v
  ON v.i = c.i AND v.child = c.child
LEFT JOIN assigned AS a ON a.child = c.child AND a.start <= seen AND a.until > seen
WHERE n = 1
