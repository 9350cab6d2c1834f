/* A load's entry in the catalogue, in one transaction. */
#include <inttypes.h>

#include "store/load_part.h"

static uint64_t
kept(const struct load *l)
{
	uint64_t n = 0;

	for (int i = 0; i < EXTRACT_COUNT; i++)
		n += l->rows[i];
	return n;
}

static bool
enter_generation(struct load *l, const char *sum, struct err *err)
{
	const struct facts_about *a = &l->about;
	const struct cell values[] = {
	    cell_number(l->generation),
	    cell_text("held"),
	    cell_number(
		a->data_through == DATE_MISSING ? CELL_EMPTY : a->data_through),
	    cell_number(a->loaded_at),
	    cell_text(l->agency != NULL ? l->agency : ""),
	    cell_text(l->source != NULL ? l->source : ""),
	    cell_number(a->invented),
	    cell_number((int64_t)kept(l)),
	    cell_number((int64_t)l->asides),
	    cell_number(l->base),
	    cell_text(sum),
	};

	return store_do(l->store,
	    "INSERT INTO generations (id, state, data_through, loaded_at,"
	    " agency, source, invented, kept, aside, base, facts_sum) VALUES"
	    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	    "itiittiiiit", values, err);
}

static bool
enter_sources(struct load *l, struct err *err)
{
	const struct cell ids[] = {
	    cell_number(l->generation), cell_number(l->base)};

	if (l->base != 0 && !store_do(l->store,
				"INSERT INTO sources SELECT $1, name, sha256,"
				" format, given, kept, aside FROM sources"
				" WHERE generation = $2",
				"ii", ids, err))
		return false;
	for (size_t i = 0; i < l->n_sources; i++) {
		const struct store_source *s = &l->sources[i];
		const struct cell values[] = {
		    cell_number(l->generation),
		    cell_text(s->name),
		    cell_text(s->sha256),
		    cell_text(s->format),
		    cell_number((int64_t)s->rows),
		    cell_number((int64_t)s->kept),
		    cell_number((int64_t)s->aside),
		};

		if (!store_do(l->store,
			"INSERT INTO sources VALUES"
			" ($1, $2, $3, $4, $5, $6, $7)",
			"itttiii", values, err))
			return false;
	}
	return true;
}

static bool
enter_counts(struct load *l, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < l->n_flags; i++) {
		const struct cell values[] = {cell_number(l->generation),
		    cell_text(l->flags[i].rule),
		    cell_number((int64_t)l->flags[i].n)};

		ok = store_do(l->store, "INSERT INTO flags VALUES ($1, $2, $3)",
		    "iti", values, err);
	}
	for (size_t i = 0; ok && i < l->n_origins; i++) {
		const struct cell values[] = {cell_number(l->generation),
		    cell_number((int64_t)i), cell_text(l->origins[i])};

		ok = store_do(l->store,
		    "INSERT INTO origins VALUES ($1, $2, $3)", "iit", values,
		    err);
	}
	for (int i = 0; ok && i < EXTRACT_COUNT; i++) {
		const struct cell values[] = {cell_number(l->generation),
		    cell_text(extract_table((enum extract_table)i)->name),
		    cell_number((int64_t)l->rows[i])};

		ok = store_do(l->store,
		    "INSERT INTO tallies VALUES ($1, $2, $3)", "iti", values,
		    err);
	}
	return ok;
}

bool
load_enter(struct load *l, const char *sum, struct err *err)
{
	struct store *s = l->store;
	bool ok;

	if (!s->ops->begin(s->db, err))
		return false;
	ok = enter_generation(l, sum, err) && enter_sources(l, err) &&
	     enter_counts(l, err) &&
	     (l->options.hold || store_put_in_front(s, l->generation, err));
	if (ok)
		load_step(l, LOAD_SYNCED, 0);
	ok = ok && s->ops->commit(s->db, err);
	if (!ok)
		s->ops->rollback(s->db);
	return ok;
}
