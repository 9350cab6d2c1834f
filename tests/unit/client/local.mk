# Each half of the client lists its tests for itself.
include tests/unit/client/cli.mk
include tests/unit/client/tui.mk
