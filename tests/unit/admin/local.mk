SHELL_TESTS += tests/unit/admin/hearthctl.test
