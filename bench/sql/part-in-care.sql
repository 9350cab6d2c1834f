-- In care at the day's end, by the county of that day: $1 which ones.
SELECT i, CASE WHEN pe = rem THEN x.county
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den, 1 AS num
FROM (SELECT @I AS i, @TO AS pe, child, county, rem,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out > @TO AND $1) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= pe AND a.until > pe
WHERE n = 1
