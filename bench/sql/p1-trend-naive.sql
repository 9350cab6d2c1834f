-- 60 rolling windows by county: each window joined to its rows.
SELECT county, i, count(*), sum(CASE WHEN reason IN (1, 2, 3, 5)
    AND out < b18 AND los < 12 THEN 1 ELSE 0 END)
FROM (SELECT county, w.i, reason, out, b18,
    CASE WHEN reason = 1 AND thv < @NEVER AND out - thv > 30
      THEN @LEAST(@MONTHS(rem_p,out_p), @MONTHS(rem_p,thv_p) + 1)
      ELSE @MONTHS(rem_p,out_p) END AS los
  FROM windows AS w JOIN removals
    ON rem BETWEEN w.ps AND w.pe AND prev < w.ps
  WHERE rem < b18 AND birth <= rem
    AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))) AS e
GROUP BY county, i
