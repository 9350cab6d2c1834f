-- First review within six months of custody, by the county of the due day.
SELECT i, CASE WHEN due = rem THEN x.county
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN EXISTS (SELECT 1 FROM reviews AS v WHERE v.child = x.child
    AND v.held BETWEEN x.custody AND x.due) THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, due, child, county, rem, custody,
    row_number() OVER (PARTITION BY @I, child ORDER BY id) AS n
  FROM @WINDOWS removals WHERE due BETWEEN @FROM AND @TO AND out > due) AS x
LEFT JOIN assigned AS a
  ON a.child = x.child AND a.start <= due AND a.until > due
WHERE n = 1
