-- Removed while it was open or within 12 months.
@USE(any|EXISTS (SELECT 1 FROM removals AS r WHERE r.child = served.child
  AND r.rem BETWEEN served.opened AND served.closed_12))
