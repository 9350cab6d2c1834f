SELECT county, 1 AS den, CASE WHEN reason IN (1, 2, 3, 5)
    AND out < b18 AND @LOS < 12 THEN 1 ELSE 0 END AS num,
  @GREATEST(@GREATEST((rem_p >> 5) - @M0, 0),
    CASE WHEN prev_p > 0 THEN (prev_p >> 5) - @M0 + 12 ELSE 0 END) AS lo,
  @LEAST((rem_p >> 5) - @M0 + 12, @N) AS hi
FROM removals
WHERE rem BETWEEN @FROM AND @TO AND rem < b18 AND birth <= rem
  AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))
