-- In custody for six months: a review within the last six.
SELECT i, CASE WHEN pe = rem THEN x.county
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN EXISTS (SELECT 1 FROM reviews AS v WHERE v.child = x.child
    AND v.held <= pe AND v.good >= pe) THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, @TO AS pe, child, county, rem,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out > @TO AND custody > -900000
    AND @MONTHS(custody_p,@TO_P) >= 6) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= pe AND a.until > pe
WHERE n = 1
