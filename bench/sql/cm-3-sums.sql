SELECT county, 1 AS den, 1 AS num, @GREATEST((rem_p >> 5) - @M0, 0) AS lo,
  @LEAST((rem_p >> 5) - @M0 + 12, @N) AS hi
FROM removals WHERE rem BETWEEN @FROM AND @TO
