-- Permanency in 12 months, children entering care: one period, by county.
SELECT county, 0, count(*), sum(CASE WHEN reason IN (1, 2, 3, 5)
    AND out < b18 AND los < 12 THEN 1 ELSE 0 END)
FROM (SELECT county, reason, out, b18,
    CASE WHEN reason = 1 AND thv < @NEVER AND out - thv > 30
      THEN @LEAST(@MONTHS(rem_p,out_p), @MONTHS(rem_p,thv_p) + 1)
      ELSE @MONTHS(rem_p,out_p) END AS los
  FROM removals
  WHERE rem BETWEEN @FROM AND @TO AND prev < @FROM AND rem < b18
    AND birth <= rem
    AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))) AS e
GROUP BY county
