# contract: scripts against the service in process, answers against
# etc/openapi.json.
check_PROGRAMS += contract_test
TESTS += contract_test
contract_test_SOURCES = tests/contract/contract_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/vt.c tests/contract/vt.h \
	tests/lib/schema.c tests/lib/schema.h
contract_test_CPPFLAGS = $(UNIT_CPPFLAGS)
contract_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
EXTRA_DIST += tests/contract/dues.vt tests/contract/figures.vt tests/contract/refusals.vt \
	tests/contract/plans.vt tests/contract/providers.vt \
	tests/contract/quality.vt tests/contract/refs.vt tests/contract/reviews.vt \
	tests/contract/tree.vt tests/contract/data
check_PROGRAMS += past_test
TESTS += past_test
past_test_SOURCES = tests/contract/past_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/lib/schema.c tests/lib/schema.h
past_test_CPPFLAGS = $(UNIT_CPPFLAGS)
past_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += revision_test
TESTS += revision_test
revision_test_SOURCES = tests/contract/revision_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/lib/schema.c tests/lib/schema.h
revision_test_CPPFLAGS = $(UNIT_CPPFLAGS)
revision_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += recall_test
TESTS += recall_test
recall_test_SOURCES = tests/contract/recall_test.c \
	tests/contract/fixture.c tests/contract/fixture.h
recall_test_CPPFLAGS = $(UNIT_CPPFLAGS)
recall_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += kept_test
TESTS += kept_test
kept_test_SOURCES = tests/contract/kept_test.c \
	tests/contract/fixture.c tests/contract/fixture.h
kept_test_CPPFLAGS = $(UNIT_CPPFLAGS)
kept_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += withdrawn_test
TESTS += withdrawn_test
withdrawn_test_SOURCES = tests/contract/withdrawn_test.c \
	tests/contract/fixture.c tests/contract/fixture.h
withdrawn_test_CPPFLAGS = $(UNIT_CPPFLAGS)
withdrawn_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += judged_test
TESTS += judged_test
judged_test_SOURCES = tests/contract/judged_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/vt.c tests/contract/vt.h
judged_test_CPPFLAGS = $(UNIT_CPPFLAGS)
judged_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += devices_test
TESTS += devices_test
devices_test_SOURCES = tests/contract/devices_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/lib/disk.c tests/lib/disk.h
devices_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
devices_test_LDADD = $(SCREENS_LIBS) libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
OFFICE_SOURCES = tests/contract/office.c tests/contract/office.h \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/unit/poms/rig.c tests/unit/poms/rig.h \
	tests/lib/schema.c tests/lib/schema.h
OFFICE_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/poms
OFFICE_LIBS = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += results_test
TESTS += results_test
results_test_SOURCES = tests/contract/results_test.c $(OFFICE_SOURCES) \
	tests/contract/willow.c tests/contract/willow.h
results_test_CPPFLAGS = $(OFFICE_CPPFLAGS)
results_test_LDADD = $(OFFICE_LIBS)
check_PROGRAMS += caps_test
TESTS += caps_test
caps_test_SOURCES = tests/contract/caps_test.c $(OFFICE_SOURCES)
caps_test_CPPFLAGS = $(OFFICE_CPPFLAGS)
caps_test_LDADD = $(OFFICE_LIBS)
check_PROGRAMS += proposals_test
TESTS += proposals_test
proposals_test_SOURCES = tests/contract/proposals_test.c $(OFFICE_SOURCES)
proposals_test_CPPFLAGS = $(OFFICE_CPPFLAGS)
proposals_test_LDADD = $(OFFICE_LIBS)
check_PROGRAMS += standing_test
TESTS += standing_test
standing_test_SOURCES = tests/contract/standing_test.c $(OFFICE_SOURCES)
standing_test_CPPFLAGS = $(OFFICE_CPPFLAGS)
standing_test_LDADD = $(OFFICE_LIBS)
check_PROGRAMS += laptop_test
TESTS += laptop_test
laptop_test_SOURCES = tests/contract/laptop_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/willow.c tests/contract/willow.h \
	tests/lib/disk.c tests/lib/disk.h
laptop_test_CPPFLAGS = $(UNIT_CPPFLAGS)
laptop_test_LDADD = $(SCREENS_LIBS) libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += dues_test
TESTS += dues_test
dues_test_SOURCES = tests/contract/dues_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/willow.c tests/contract/willow.h \
	tests/contract/vt.c tests/contract/vt.h \
	tests/lib/schema.c tests/lib/schema.h
dues_test_CPPFLAGS = $(UNIT_CPPFLAGS)
dues_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
YEAR_SOURCES = tests/contract/year.c tests/contract/year.h \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/willow.c tests/contract/willow.h \
	tests/contract/vt.c tests/contract/vt.h \
	tests/lib/schema.c tests/lib/schema.h
check_PROGRAMS += plan_test
TESTS += plan_test
plan_test_SOURCES = tests/contract/plan_test.c $(YEAR_SOURCES)
plan_test_CPPFLAGS = $(UNIT_CPPFLAGS)
plan_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += packet_test
TESTS += packet_test
packet_test_SOURCES = tests/contract/packet_test.c $(YEAR_SOURCES)
packet_test_CPPFLAGS = $(UNIT_CPPFLAGS)
packet_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += sealed_test
TESTS += sealed_test
sealed_test_SOURCES = tests/contract/sealed_test.c $(YEAR_SOURCES)
sealed_test_CPPFLAGS = $(UNIT_CPPFLAGS)
sealed_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += attachment_test
TESTS += attachment_test
attachment_test_SOURCES = tests/contract/attachment_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/lib/schema.c tests/lib/schema.h
attachment_test_CPPFLAGS = $(UNIT_CPPFLAGS)
attachment_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += packing_test
TESTS += packing_test
packing_test_SOURCES = tests/contract/packing_test.c \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/willow.c tests/contract/willow.h
packing_test_CPPFLAGS = $(UNIT_CPPFLAGS)
packing_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
