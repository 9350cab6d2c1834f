-- A plan within 30 days of the opening, or the days not over.
SELECT @I AS i, county, 1 AS den,
  CASE WHEN planned - opened <= 30 THEN 1 ELSE 0 END AS num
FROM @WINDOWS cases WHERE opened BETWEEN @FROM AND @TO AND closed >= opened
  AND (planned < @NEVER OR @AS_OF - opened > 30)
