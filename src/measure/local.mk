# Sources of this room; see src/measure/README.
noinst_LIBRARIES += libmeasure.a
libmeasure_a_SOURCES = \
	src/measure/area.c src/measure/area.h \
	src/measure/answer.c src/measure/answer.h \
	src/measure/attribute.c src/measure/attribute.h \
	src/measure/attribute_care.c src/measure/attribute_care.h \
	src/measure/attribute_report.c src/measure/attribute_report.h \
	src/measure/care.c src/measure/care.h \
	src/measure/chance.c src/measure/chance.h \
	src/measure/check.c src/measure/check.h \
	src/measure/clock.c src/measure/clock.h \
	src/measure/clock_care.c \
	src/measure/clock_days.c src/measure/clock_days.h \
	src/measure/clock_family.c \
	src/measure/clock_part.h \
	src/measure/clock_report.c \
	src/measure/clock_story.c \
	src/measure/clock_tpr.c \
	src/measure/clones.h \
	src/measure/choose.c \
	src/measure/cohort.c src/measure/cohort.h \
	src/measure/cohort_apart.c src/measure/cohort_scan.c src/measure/cohort_windows.c \
	src/measure/compare.c src/measure/compare.h \
	src/measure/composite.c \
	src/measure/definition.h \
	src/measure/diff.c src/measure/diff.h \
	src/measure/evaluate.h \
	src/measure/events.c src/measure/events.h \
	src/measure/example.c src/measure/example.h \
	src/measure/expected.c \
	src/measure/expr.c src/measure/expr.h src/measure/functions.def \
	src/measure/expr_names.c \
	src/measure/expr_part.h \
	src/measure/expr_term.c src/measure/expr_token.c \
	src/measure/feed.c src/measure/feed.def src/measure/feed.h \
	src/measure/figure.c \
	src/measure/filter.c src/measure/filter.h \
	src/measure/forecast.c src/measure/forecast.h \
	src/measure/goals.c src/measure/goals.h \
	src/measure/halves.c src/measure/halves.h \
	src/measure/judge.c src/measure/judge_all.c src/measure/reasons.def \
	src/measure/judge_part.h src/measure/judge_codes.c \
	src/measure/judge_keep.c src/measure/judge_missing.c \
	src/measure/judge_sum.c \
	src/measure/judging.c \
	src/measure/load.c src/measure/load.h \
	src/measure/load_clock.c \
	src/measure/load_entry.c \
	src/measure/load_examples.c \
	src/measure/load_limits.c \
	src/measure/load_measure.c \
	src/measure/load_parts.c \
	src/measure/load_peers.c \
	src/measure/load_rules.c \
	src/measure/load_aside.c \
	src/measure/load_text.c \
	src/measure/months.c src/measure/months.h \
	src/measure/measure.c src/measure/measure.h \
	src/measure/moves.c src/measure/moves.h \
	src/measure/median.c src/measure/median.h \
	src/measure/over.c src/measure/over.def src/measure/over.h \
	src/measure/peers.c \
	src/measure/pick.c src/measure/pick.h \
	src/measure/plan.c \
	src/measure/plan_sweep.c \
	src/measure/prog.h src/measure/prog_ops.h \
	src/measure/prog_calls.c src/measure/prog_compile.c \
	src/measure/prog_dates.c src/measure/prog_emit.c \
	src/measure/prog_part.h \
	src/measure/prog_frame.c src/measure/prog_frame.h \
	src/measure/prog_rows.c src/measure/prog_texts.c \
	src/measure/prog_run.c \
	src/measure/quality.c src/measure/quality.def src/measure/quality.h \
	src/measure/quality_checks.c src/measure/quality_checks.h \
	src/measure/ranks.c src/measure/ranks.h \
	src/measure/result.c src/measure/result.h \
	src/measure/review.c src/measure/review.h \
	src/measure/share.c \
	src/measure/slice.c src/measure/slice.h src/measure/slice_median.c \
	src/measure/slice_tally.c \
	src/measure/sums.c src/measure/sums.h \
	src/measure/by_path.c src/measure/by_path.h \
	src/measure/tally.c src/measure/tally.h \
	src/measure/slice_part.h src/measure/slice_sort.c \
	src/measure/sums_alike.c src/measure/sums_entries.c src/measure/sums_median.c \
	src/measure/sweep.c src/measure/sweep.h \
	src/measure/sweep_lanes.c src/measure/sweep_stretch.c src/measure/sweep_part.h \
	src/measure/trend.c \
	src/measure/unknown.c \
	src/measure/windows.c src/measure/windows.h \
	src/measure/visit_months.c src/measure/visit_months.h \
	src/measure/why.c src/measure/why.h

# What a program that evaluates measures links.
MEASURE_LIBS = libmeasure.a libfacts.a libproto.a $(BASE_LIBS)
