-- Cases open at the day's end.
SELECT @I AS i, county, 1 AS den, 1 AS num
FROM @WINDOWS cases WHERE opened <= @TO AND closed > @TO
