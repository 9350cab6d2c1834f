-- In care, free.
@USE(in-care|free <= @TO)
