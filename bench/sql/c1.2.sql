-- Median time to reunification: a child's last qualifying exit.
SELECT i, county, 1 AS den, CASE WHEN thv < @NEVER AND out - thv > 30 AND thv - rem + 30 < out - rem
    THEN thv - rem + 30 ELSE out - rem END AS num
FROM (SELECT @I AS i, county_out AS county, rem, rem_p, out, out_p, thv, thv_p,
    reason, row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2) AND out - rem >= 8) AS x
WHERE n = 1
