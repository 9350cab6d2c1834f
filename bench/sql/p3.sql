-- Permanency in 12 months, in care on the first day for 24 months and over.
@USE(permanency|24 AND 251)
