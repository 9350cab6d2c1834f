SELECT county, 1 AS den, CASE WHEN @LOS_HOME < 12 THEN 1 ELSE 0 END AS num,
  @GREATEST((out_p >> 5) - @M0, 0) AS lo,
  @LEAST(@LEAST((out_p >> 5) - @M0 + 12, @N),
    coalesce((after_p >> 5) - @M0, @N)) AS hi
FROM (SELECT county_out AS county, rem_p, out, out_p, thv, thv_p, reason,
    lead(out_p) OVER (PARTITION BY child ORDER BY id) AS after_p
  FROM removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2) AND out - rem >= 8) AS x
