SELECT county, 1 AS den, $3 AS num,
  @GREATEST((out_p >> 5) - @M0, 0) AS lo,
  @LEAST(@LEAST((out_p >> 5) - @M0 + 12, @N),
    coalesce((after_p >> 5) - @M0, @N)) AS hi
FROM (SELECT county_out AS county, out_p, $4,
    lead(out_p) OVER (PARTITION BY child ORDER BY id) AS after_p
  FROM removals WHERE out BETWEEN @FROM AND @TO AND $1) AS x
WHERE $2
