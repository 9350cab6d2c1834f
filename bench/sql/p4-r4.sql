-- Re-entry in 12 months, exit cohort: a child's first qualifying exit.
SELECT i, county, 1 AS den, CASE WHEN next < @NEVER
    AND @MONTHS(out_p,next_p) < 12 THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, county_out AS county, rem, birth, out, out_p, next,
    next_p, row_number() OVER (PARTITION BY @I, child ORDER BY id) AS n
  FROM @WINDOWS removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2, 5) AND out < b18) AS x
WHERE n = 1 AND next >= out AND out >= rem AND birth <= rem
