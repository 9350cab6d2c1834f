TESTS += tests/unit/admin/hearthctl.test
EXTRA_DIST += tests/unit/admin/hearthctl.test
