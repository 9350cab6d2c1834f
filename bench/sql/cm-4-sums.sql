SELECT county_out AS county, 1 AS den, 1 AS num,
  @GREATEST((out_p >> 5) - @M0, 0) AS lo,
  @LEAST((out_p >> 5) - @M0 + 12, @N) AS hi
FROM removals WHERE out BETWEEN @FROM AND @TO
