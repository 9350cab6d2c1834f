-- First victim report of the period: another incident 15 to 365 days later.
@USE(victims|date BETWEEN @FROM AND @TO AND date < b18|
  died = 0 AND (pe < @DAY(2018-10-01) OR birth <= date)|
  CASE WHEN EXISTS (SELECT 1 FROM victims AS v WHERE v.child = x.child
    AND v.date BETWEEN x.date + 15 AND x.date + 365
    AND (v.incident < -900000 OR v.incident <> x.incident)) THEN 1 ELSE 0 END|
  birth, died, incident, @TO AS pe)
