# The client's two halves, each with its own list; see src/client/README.
include src/client/tui.mk
include src/client/cli.mk
