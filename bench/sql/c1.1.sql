-- Reunification within 12 months: a child's last qualifying exit.
SELECT i, county, 1 AS den, CASE WHEN @LOS_HOME < 12 THEN 1 ELSE 0 END AS num
FROM (SELECT @I AS i, county_out AS county, rem, rem_p, out, out_p, thv, thv_p,
    reason, row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2) AND out - rem >= 8) AS x
WHERE n = 1
