SELECT county, 1 AS den, $2 AS num, @GREATEST(month - @M0, 0) AS lo,
  @LEAST(month - @M0 + 12, @N) AS hi
FROM reports WHERE date BETWEEN @FROM AND @TO AND $1
