-- Maltreated while it was open.
@USE(any|EXISTS (SELECT 1 FROM victims AS v WHERE v.child = served.child
  AND v.date BETWEEN served.opened AND served.closed))
