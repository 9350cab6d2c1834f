-- Days in care of children served, and the reports of which they were victims
-- from the 7th day of a stay until its end; of days in a row every second one
-- is a report of its own. The unit is that of the child's last stay.
WITH stay AS (SELECT @I AS i, @FROM AS ps, @TO AS pe, id, child, county,
    county_out, rem, out, @LEAST(out, b18) AS gone,
    @LEAST(@LEAST(out, b18), @TO) AS eff
  FROM @WINDOWS removals
  WHERE rem <= @TO AND out >= @FROM AND @GREATEST(rem, @FROM) < b18
    AND out >= rem AND birth <= rem),
kept AS (SELECT * FROM stay WHERE NOT (gone <= pe AND eff - rem < 8)),
hit AS (SELECT DISTINCT i, k.id, date FROM kept AS k
  JOIN victims AS v ON v.child = k.child AND v.date BETWEEN ps AND pe
    AND v.date >= rem + 7 AND (v.date < gone)
    AND (v.incident < -900000 OR v.incident >= rem + 7 AND v.incident < gone
      AND v.incident <= pe)),
run AS (SELECT i, id, date - row_number() OVER (PARTITION BY i, id
    ORDER BY date) AS since FROM hit),
told AS (SELECT i, id, sum(n) AS n
  FROM (SELECT i, id, (count(*) + 1) / 2 AS n FROM run
    GROUP BY i, id, since) AS r GROUP BY i, id),
child AS (SELECT k.i, ps, pe, child, county, county_out, rem, out, eff,
    row_number() OVER (PARTITION BY k.i, child ORDER BY k.id DESC) AS n,
    sum(CASE WHEN eff < ps THEN 0 ELSE eff - @GREATEST(rem, ps)
      + CASE WHEN rem < ps AND gone > pe THEN 1 ELSE 0 END END)
      OVER (PARTITION BY k.i, child) AS days,
    sum(coalesce(t.n, 0)) OVER (PARTITION BY k.i, child) AS reports
  FROM kept AS k LEFT JOIN told AS t ON t.i = k.i AND t.id = k.id)
SELECT i, CASE WHEN eff = rem THEN c.county WHEN eff = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county,
  @LEAST(days, pe - ps + 1) AS den, reports AS num
FROM child AS c
LEFT JOIN assigned AS a ON a.child = c.child AND a.start <= eff AND a.until > eff
WHERE n = 1 AND days > 0
