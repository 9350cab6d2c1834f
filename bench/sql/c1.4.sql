-- Re-entry after going home: exits of the twelve months before the period.
SELECT i, county, 1 AS den, CASE WHEN next < @NEVER
    AND @MONTHS(out_p,next_p) < 12 THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, county_out AS county, rem, birth, b18, out, out_p, next,
    next_p, row_number() OVER (PARTITION BY @I, child ORDER BY id) AS n
  FROM @WINDOWS removals
  WHERE out >= @BEFORE_12 AND out < @FROM AND reason IN (1, 2)) AS x
WHERE n = 1 AND next >= out AND out >= rem
  AND (out < b18 OR birth > 80000)
