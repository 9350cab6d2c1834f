SELECT county, 1 AS den, CASE WHEN next < @NEVER
    AND @MONTHS(out_p,next_p) < 12 THEN 1 ELSE 0 END AS num,
  @GREATEST(@GREATEST((out_p >> 5) - @M0, 0),
    coalesce((before_p >> 5) - @M0 + 12, 0)) AS lo,
  @LEAST((out_p >> 5) - @M0 + 12, @N) AS hi
FROM (SELECT county_out AS county, rem, birth, out, out_p, next, next_p,
    lag(out_p) OVER (PARTITION BY child ORDER BY id) AS before_p
  FROM removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2, 5) AND out < b18) AS x
WHERE next >= out AND out >= rem AND birth <= rem
