SELECT county, 1 AS den, CASE WHEN reason IN (1, 2)
    AND @LOS_HOME < 12 THEN 1 ELSE 0 END AS num,
  @GREATEST((rem_p >> 5) - @M0 + 12, 0) AS lo,
  @LEAST((rem_p >> 5) - @M0 + 18, @N) AS hi
FROM removals
WHERE rem >= @BEFORE_6 AND rem <= @TO AND rem = first_rem AND prev < rem
  AND NOT (out < @NEVER AND out - rem < 8)
  AND NOT (out < @NEVER AND reason = 0 AND @LOS_DOUBT < 12)
