-- In care with a goal of adoption, going home, a relative or a guardian.
@USE(in-care|EXISTS (SELECT 1 FROM goals AS g WHERE g.removal = removals.id
    AND g.start <= @TO AND g.until > @TO AND g.goal IN (1, 2, 3, 6)))
