-- Re-entry in 12 months, entry cohort.
SELECT @I AS i, county_out AS county, 1 AS den, CASE WHEN next < @NEVER
    AND @MONTHS(out_p,next_p) < 12 THEN 1 ELSE 0 END AS num
FROM @WINDOWS removals
WHERE rem BETWEEN @FROM AND @TO AND prev < @FROM AND rem < b18
  AND birth <= rem AND reason IN (1, 2, 5) AND out < b18 AND out - rem >= 8
  AND next >= out AND @LOS < 12
