-- In care, not free.
@USE(in-care|free > @TO)
