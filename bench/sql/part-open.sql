-- Reports open at the day's end: $1 for how many days at least to count.
SELECT @I AS i, county, 1 AS den, CASE WHEN @TO - date > $1 THEN 1 ELSE 0 END
  AS num
FROM @WINDOWS reports WHERE date <= @TO AND done > @TO
