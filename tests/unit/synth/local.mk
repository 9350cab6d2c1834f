# unit/synth
UNIT_TESTS += caseload_test family_test synth_test
SHELL_TESTS += tests/unit/synth/synth_command.test

caseload_test_SOURCES = tests/unit/synth/caseload_test.c
caseload_test_LDADD = libsynth.a libproto.a $(BASE_LIBS) $(UNIT_LIBS)
family_test_SOURCES = tests/unit/synth/family_test.c
family_test_LDADD = libsynth.a libproto.a $(BASE_LIBS) $(UNIT_LIBS)
synth_test_SOURCES = tests/unit/synth/synth_test.c
synth_test_LDADD = libsynth.a libproto.a $(BASE_LIBS) $(UNIT_LIBS)
