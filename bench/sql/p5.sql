-- Moves per 1,000 days of the children entering care; a child's days are
-- capped, and the unit is that of the child's last stay.
SELECT i, CASE WHEN eff = rem THEN y.county WHEN eff = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county,
  @LEAST(all_days, pe - ps) AS den, all_moves AS num
FROM (SELECT i, ps, pe, child, county, county_out, rem, out, eff,
    row_number() OVER (PARTITION BY i, child ORDER BY id DESC) AS n,
    sum(eff - rem) OVER (PARTITION BY i, child) AS all_days,
    sum(moved) OVER (PARTITION BY i, child) AS all_moves
  FROM (SELECT i, ps, pe, id, child, county, county_out, rem, out, gone, eff,
      (SELECT count(*) FROM moves AS m WHERE m.removal = x.id
        AND m.start <= x.eff) AS moved
    FROM (SELECT @I AS i, @FROM AS ps, @TO AS pe, id, child, county,
        county_out, rem, out, @LEAST(out, b18) AS gone,
        @LEAST(@LEAST(out, b18), @TO) AS eff
      FROM @WINDOWS removals
      WHERE rem BETWEEN @FROM AND @TO AND rem < b18 AND birth <= rem
        AND out >= rem AND settings >= 0) AS x
    WHERE NOT (gone <= pe AND eff - rem < 8)) AS z
  WHERE moved <= eff - rem) AS y
LEFT JOIN assigned AS a
  ON a.child = y.child AND a.start <= eff AND a.until > eff
WHERE n = 1 AND all_days > 0
