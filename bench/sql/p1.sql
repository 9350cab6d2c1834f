-- Permanency in 12 months, children entering care. A child's earlier entry in
-- the period is the one that counts, and previous removals are at hand.
SELECT @I AS i, county, 1 AS den, CASE WHEN reason IN (1, 2, 3, 5)
    AND out < b18 AND @LOS < 12 THEN 1 ELSE 0 END AS num
FROM @WINDOWS removals
WHERE rem BETWEEN @FROM AND @TO AND prev < @FROM AND rem < b18
  AND birth <= rem AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))
