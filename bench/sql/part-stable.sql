-- Two settings at most by the last day of the child's last stay in the period:
-- $1 for which lengths of stay.
SELECT i, CASE WHEN seen = rem THEN x.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN s.number <= 2 THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, @LEAST(@TO, out) AS seen, @LEAST(@TO_P, out_p) AS seen_p,
    id, child, county, county_out, rem, rem_p, out,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out >= @FROM) AS x
JOIN settings AS s ON s.removal = x.id AND s.start <= seen AND s.until > seen
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= seen AND a.until > seen
WHERE n = 1 AND $1
