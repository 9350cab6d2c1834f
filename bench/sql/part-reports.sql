-- Reports received in the period: $1 which ones, $2 what counts.
SELECT @I AS i, county, 1 AS den, $2 AS num
FROM @WINDOWS reports WHERE date BETWEEN @FROM AND @TO AND $1
