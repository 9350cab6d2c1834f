# contract: scripts against the service in process, answers against
# etc/openapi.json.
UNIT_TESTS += attachment_test caps_test changes_test contract_test \
	damage_test devices_test dues_test judged_test kept_test laptop_test \
	packet_test packing_test past_test \
	plan_test proposals_test recall_test results_test revision_test \
	sealed_test shown_test standing_test withdrawn_test
EXTRA_DIST += tests/contract/dues.vt tests/contract/figures.vt \
	tests/contract/listing.vt \
	tests/contract/refusals.vt tests/contract/plans.vt \
	tests/contract/providers.vt tests/contract/quality.vt \
	tests/contract/refs.vt tests/contract/reviews.vt \
	tests/contract/tree.vt tests/contract/data

# What they share: a store made of data/, questions to the service, scripts, the
# answers' schema, the office that reviews come to, and a contract's year.
check_LIBRARIES += libcontract.a
libcontract_a_SOURCES = tests/contract/ask.c tests/contract/ask.h \
	tests/contract/fixture.c tests/contract/fixture.h \
	tests/contract/office.c tests/contract/office.h \
	tests/contract/past.c tests/contract/past.h \
	tests/contract/vt.c tests/contract/vt.h \
	tests/contract/willow.c tests/contract/willow.h \
	tests/contract/year.c tests/contract/year.h \
	tests/lib/schema.c tests/lib/schema.h
CONTRACT_RIGS = libcontract.a libpomsrig.a libingest.a
CONTRACT_LIBS = $(CONTRACT_RIGS) $(SERVICE_LIBS) $(UNIT_LIBS)

attachment_test_SOURCES = tests/contract/attachment_test.c
attachment_test_LDADD = $(CONTRACT_LIBS)
caps_test_SOURCES = tests/contract/caps_test.c
caps_test_LDADD = $(CONTRACT_LIBS)
changes_test_SOURCES = tests/contract/changes_test.c
changes_test_LDADD = $(CONTRACT_LIBS)
contract_test_SOURCES = tests/contract/contract_test.c
contract_test_LDADD = $(CONTRACT_LIBS)
dues_test_SOURCES = tests/contract/dues_test.c
dues_test_LDADD = $(CONTRACT_LIBS)
judged_test_SOURCES = tests/contract/judged_test.c
judged_test_LDADD = $(CONTRACT_LIBS)
damage_test_SOURCES = tests/contract/damage_test.c
damage_test_LDADD = $(CONTRACT_LIBS)
kept_test_SOURCES = tests/contract/kept_test.c
kept_test_LDADD = $(CONTRACT_LIBS)
packet_test_SOURCES = tests/contract/packet_test.c
packet_test_LDADD = $(CONTRACT_LIBS)
packing_test_SOURCES = tests/contract/packing_test.c
packing_test_LDADD = $(CONTRACT_LIBS)
past_test_SOURCES = tests/contract/past_test.c
past_test_LDADD = $(CONTRACT_LIBS)
plan_test_SOURCES = tests/contract/plan_test.c
plan_test_LDADD = $(CONTRACT_LIBS)
proposals_test_SOURCES = tests/contract/proposals_test.c
proposals_test_LDADD = $(CONTRACT_LIBS)
recall_test_SOURCES = tests/contract/recall_test.c
recall_test_LDADD = $(CONTRACT_LIBS)
results_test_SOURCES = tests/contract/results_test.c
results_test_LDADD = $(CONTRACT_LIBS)
revision_test_SOURCES = tests/contract/revision_test.c
revision_test_LDADD = $(CONTRACT_LIBS)
sealed_test_SOURCES = tests/contract/sealed_test.c
sealed_test_LDADD = $(CONTRACT_LIBS)
standing_test_SOURCES = tests/contract/standing_test.c
standing_test_LDADD = $(CONTRACT_LIBS)
withdrawn_test_SOURCES = tests/contract/withdrawn_test.c
withdrawn_test_LDADD = $(CONTRACT_LIBS)

# Laptops and the service in one process.
check_LIBRARIES += libdevices.a
libdevices_a_SOURCES = tests/contract/devices.c tests/contract/devices.h
LAPTOP_LIBS = libdevices.a libjournalrig.a $(SCREENS_LIBS) $(CONTRACT_LIBS)
devices_test_SOURCES = tests/contract/devices_test.c
devices_test_LDADD = $(LAPTOP_LIBS)
laptop_test_SOURCES = tests/contract/laptop_test.c
laptop_test_LDADD = $(LAPTOP_LIBS)
shown_test_SOURCES = tests/contract/shown_test.c
shown_test_LDADD = $(LAPTOP_LIBS)
