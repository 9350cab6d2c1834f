-- Entry cohort reunification: first entries of the six months before.
SELECT @I AS i, county, 1 AS den, CASE WHEN reason IN (1, 2)
    AND @LOS_HOME < 12 THEN 1 ELSE 0 END AS num
FROM @WINDOWS removals
WHERE rem >= @BEFORE_6 AND rem < @FROM AND rem = first_rem AND prev < rem
  AND NOT (out < @NEVER AND out - rem < 8)
  AND NOT (out < @NEVER AND reason = 0 AND @LOS_DOUBT < 12)
