SELECT county, 1 AS den, CASE WHEN planned - opened <= 30 THEN 1 ELSE 0 END
  AS num, @GREATEST(month - @M0, 0) AS lo, @LEAST(month - @M0 + 12, @N) AS hi
FROM cases WHERE opened BETWEEN @FROM AND @TO AND closed >= opened
  AND (planned < @NEVER OR @AS_OF - opened > 30)
