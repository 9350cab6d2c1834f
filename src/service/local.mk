# Sources of this room; see src/service/README.
noinst_LIBRARIES += libservice.a
libservice_a_SOURCES = \
	src/service/attachments.c \
	src/service/audit.c src/service/audit.h \
	src/service/board.c src/service/board.h \
	src/service/cache.c src/service/cache.h \
	src/service/catalogue.c \
	src/service/child.c \
	src/service/child_time.c src/service/child_time.h \
	src/service/compare.c src/service/compare_part.h \
	src/service/compare_expected.c src/service/compare_row.c \
	src/service/compare_sets.c \
	src/service/columns.c src/service/columns.h src/service/columns.def \
	src/service/changes.c src/service/moved.c \
	src/service/since.c src/service/since.h \
	src/service/claims.c \
	src/service/context.c src/service/context.h \
	src/service/contracts.c \
	src/service/countdown.c src/service/dues.c src/service/dues.h \
	src/service/draw.c src/service/draw.h \
	src/service/draw_change.c src/service/draws.c \
	src/service/frame.c src/service/frame.h \
	src/service/differ.c src/service/differ.h \
	src/service/find.c src/service/find.h \
	src/service/handlers.h \
	src/service/history.c src/service/history.h \
	src/service/homes.c src/service/homes.h \
	src/service/recall.c src/service/recall.h \
	src/service/refer.c src/service/refer.h \
	src/service/ref.c \
	src/service/instruments.c src/service/instruments.h \
	src/service/judged.c src/service/judged.h \
	src/service/judged_balance.c src/service/judged_forecast.c \
	src/service/judged_part.h \
	src/service/list.c src/service/list_order.c src/service/list_part.h \
	src/service/keeper.c src/service/kept.c src/service/kept.h \
	src/service/org.c \
	src/service/packets.c src/service/packet_part.h \
	src/service/packet_issue.c src/service/packet_make.c \
	src/service/packing.c src/service/packing.h \
	src/service/packing_part.h src/service/packing_rows.c \
	src/service/packing_write.c \
	src/service/plan.c src/service/plan.h src/service/plan_part.h \
	src/service/plan_source.c src/service/plans.c \
	src/service/roster.c \
	src/service/sealed.c src/service/sealed.h \
	src/service/lasting.c src/service/lasting.h \
	src/service/signer.c src/service/signer.h \
	src/service/verify.c src/service/verify.h \
	src/service/papers.c src/service/papers.h \
	src/service/params.c src/service/params.h \
	src/service/place.c src/service/place.h \
	src/service/report.c \
	src/service/rights.c src/service/rights.h \
	src/service/scope.c src/service/scope.h \
	src/service/scope_figures.c \
	src/service/entry.c \
	src/service/listing.c src/service/listing.h \
	src/service/listing_part.h src/service/listing_text.c \
	src/service/page.c src/service/page.h \
	src/service/provider.c src/service/providers.c \
	src/service/quality.c \
	src/service/revision.c \
	src/service/row_text.c src/service/row_text.h \
	src/service/cap_list.c \
	src/service/caps.c src/service/caps.h \
	src/service/indicators.c \
	src/service/proposals.c src/service/proposals_part.h \
	src/service/proposal_desk.c src/service/proposal_put.c \
	src/service/rates.c src/service/rates.h \
	src/service/reviews.c src/service/reviews.h \
	src/service/amended.c \
	src/service/standing.c src/service/standing.h \
	src/service/verdicts.c \
	src/service/scorecard.c \
	src/service/scoring.c src/service/scoring.h \
	src/service/shelf.c src/service/shelf.h \
	src/service/search.c \
	src/service/sentence.c src/service/sentence.h \
	src/service/service.c src/service/service.h \
	src/service/shape.c src/service/shape.h \
	src/service/shape_duty.c src/service/shape_duty.h \
	src/service/snap.c src/service/snap.h \
	src/service/status.c \
	src/service/why.c \
	src/service/withdrawn.c src/service/withdrawn.h

# The daemon's part, with sockets.
noinst_LIBRARIES += libhearthd.a
libhearthd_a_SOURCES = \
	src/service/acceptor.c src/service/acceptor.h \
	src/service/daemon.c src/service/daemon.h \
	src/service/door.c src/service/door.h \
	src/service/http.c src/service/http.h \
	src/service/http_guard.c src/service/http_guard.h \
	src/service/log.c src/service/log.h \
	src/service/mhd.c src/service/mhd.h \
	src/service/porch.c src/service/porch.h \
	src/service/reaper.c src/service/reaper.h \
	src/service/settings.c src/service/settings.h \
	src/service/settings.def
libhearthd_a_CFLAGS = $(AM_CFLAGS) $(MHD_CFLAGS)

# What a program that asks the service in process links.
SERVICE_LIBS = libservice.a libcensus.a libpoms.a libmeasure.a $(STORE_LIBS)

sbin_PROGRAMS += hearthd
hearthd_SOURCES = src/service/main.c
hearthd_LDADD = libhearthd.a $(SERVICE_LIBS)

# The interface's description, for whoever writes a client.
openapidir = $(pkgdatadir)
dist_openapi_DATA = etc/openapi.json
EXTRA_DIST += etc/hearthd.conf
