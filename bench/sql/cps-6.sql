-- Reports concluded in the period.
SELECT @I AS i, county, 1 AS den, 1 AS num
FROM @WINDOWS reports WHERE done BETWEEN @FROM AND @TO
