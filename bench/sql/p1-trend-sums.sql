-- The same by the engine's own plan: each row once, the run of windows it
-- belongs to, differences, running sums. M0 is the last month of window 0.
WITH e AS (
  SELECT county, CASE WHEN reason IN (1, 2, 3, 5) AND out < b18 AND
      (CASE WHEN reason = 1 AND thv < @NEVER AND out - thv > 30
        THEN @LEAST(@MONTHS(rem_p,out_p), @MONTHS(rem_p,thv_p) + 1)
        ELSE @MONTHS(rem_p,out_p) END) < 12 THEN 1 ELSE 0 END AS met,
    @GREATEST(@GREATEST((rem_p >> 5) - @M0, 0),
      CASE WHEN prev_p > 0 THEN (prev_p >> 5) - @M0 + 12 ELSE 0 END) AS lo,
    @LEAST((rem_p >> 5) - @M0 + 12, @N) AS hi
  FROM removals
  WHERE rem BETWEEN @FROM AND @TO AND rem < b18 AND birth <= rem
    AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))),
d AS (SELECT county, lo AS i, 1 AS den, met AS num FROM e WHERE lo < hi
  UNION ALL SELECT county, hi, -1, -met FROM e WHERE lo < hi),
g AS (SELECT county, i, sum(den) AS den, sum(num) AS num FROM d
  GROUP BY county, i),
grid AS (SELECT c.county, w.i FROM (SELECT DISTINCT county FROM g) AS c
  CROSS JOIN windows AS w),
r AS (SELECT grid.county, grid.i,
    sum(coalesce(den, 0)) OVER (PARTITION BY grid.county ORDER BY grid.i)
      AS den,
    sum(coalesce(num, 0)) OVER (PARTITION BY grid.county ORDER BY grid.i)
      AS num
  FROM grid LEFT JOIN g ON g.county = grid.county AND g.i = grid.i)
SELECT county, i, den, num FROM r WHERE den > 0
