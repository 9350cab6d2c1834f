# Screens, terminal, loop and transfers.
