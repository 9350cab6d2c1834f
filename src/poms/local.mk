# Sources of this room; see src/poms/README.
noinst_LIBRARIES += libpoms.a
libpoms_a_SOURCES = \
	src/poms/checks.def src/poms/facts.def src/poms/functions.def \
	src/poms/known.def src/poms/units.def \
	src/poms/cap.c src/poms/cap.h \
	src/poms/change.c src/poms/change_part.h \
	src/poms/card.c src/poms/card.h src/poms/card_part.h \
	src/poms/card_findings.c src/poms/card_scores.c src/poms/card_why.c \
	src/poms/compare.c \
	src/poms/definition.h \
	src/poms/depend.c src/poms/depend.h \
	src/poms/content.c src/poms/content.h \
	src/poms/event.c src/poms/event.h \
	src/poms/instrument.c src/poms/instrument.h \
	src/poms/keys.c src/poms/keys.h \
	src/poms/letter.c \
	src/poms/loader.c src/poms/loader.h \
	src/poms/loader_answers.c src/poms/loader_questions.c \
	src/poms/loader_sections.c \
	src/poms/loader_days.c src/poms/loader_tables.c \
	src/poms/merge.c \
	src/poms/move.c \
	src/poms/names.c \
	src/poms/plan.c src/poms/plan.h \
	src/poms/problems.c \
	src/poms/response.c src/poms/response.h \
	src/poms/repeat.c src/poms/repeat.h \
	src/poms/review.c src/poms/review.h \
	src/poms/roster.c src/poms/roster.h \
	src/poms/rule.c src/poms/rule.h src/poms/rule_node.h \
	src/poms/rule_eval.c src/poms/rule_eval_part.h \
	src/poms/rule_functions.c \
	src/poms/rule_name.c src/poms/rule_parser.h src/poms/rule_token.c \
	src/poms/sample.c src/poms/sample.h \
	src/poms/score.c src/poms/score.h \
	src/poms/select.c \
	src/poms/scorecard.c \
	src/poms/settle.c src/poms/settle.h \
	src/poms/state.c src/poms/state.h \
	src/poms/take.c \
	src/poms/walk.c

# What a program that reads instruments and reviews links.
POMS_LIBS = libpoms.a libproto.a $(BASE_LIBS)
EXTRA_DIST += src/poms/README
