/* What a store keeps apart from generations, and its backups. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "rig.h"

static bool
see_definition(void *arg, const struct store_definition *d, struct err *error)
{
	(void)error;
	buf_printf(arg, "%s %s %s %" PRId64 ";", d->id, d->version, d->text,
	    d->first_used);
	return true;
}

START_TEST(store__definitions__are_kept_once_and_in_order)
{
	const struct store_definition list[] = {
	    {"p1", "bb", "new; \"text\"", 200},
	    {"p1", "aa", "old", 100},
	    {"clock:pprt", "aa", "c", 100},
	    {"p1", "aa", "not again", 300},
	};
	struct buf seen = {0};
	char path[96];

	ck_ok(store_definitions_keep(store, list, 3, &err));
	ck_ok(store_definitions_keep(store, &list[3], 1, &err));
	rig_reopen();
	ck_ok(store_definitions(store, see_definition, &seen, &err));
	ck_assert_str_eq(buf_text(&seen),
	    "clock:pprt aa c 100;p1 aa old 100;p1 bb new; \"text\" 200;");
	/* They go with a backup. */
	rig_backup_path(path);
	ck_ok(store_backup(store, path, &err));
	store_close(store);
	store = rig_beside("other");
	ck_ok(store_restore(store, path, &err));
	buf_reset(&seen);
	ck_ok(store_definitions(store, see_definition, &seen, &err));
	ck_assert_str_eq(buf_text(&seen),
	    "clock:pprt aa c 100;p1 aa old 100;p1 bb new; \"text\" 200;");
	buf_free(&seen);
}
END_TEST

START_TEST(store__backup__is_restored_into_either_kind_of_store)
{
	const struct store_aside bad = {"f.csv", 1, "sex", "CODE", "x"};
	struct store_generations all;
	struct store *other = rig_beside("other");
	struct rig_seen seen = {0};
	struct load *l;
	char path[96];
	uint32_t n;

	l = rig_begin(&rig_plain);
	rig_describe(l);
	rig_row(l, EXTRACT_CHILD, "child_id=a given_name=Ann");
	rig_raw(l, "afcars1993", "a", 201203, "bytes\n");
	ck_ok(store_load_aside(l, &bad, &err));
	ck_ok(store_load_flag(l, "DQ-A7", 2, &err));
	ck_ok(store_load_commit(l, &n, &err));
	rig_load(&rig_plain, 20);
	rig_load(&rig_held, 30);
	ck_ok(store_publish(store, 1, &err));
	rig_backup_path(path);
	ck_ok(store_backup(store, path, &err));

	ck_ok(store_restore(other, path, &err));
	ck_ok(store_serving(other, &n, &err));
	ck_assert_uint_eq(n, 1);
	ck_ok(store_generations(other, &all, &err));
	ck_assert_uint_eq(all.n, 3);
	ck_assert_uint_eq(all.list[1].rows, 41);
	ck_assert_int_eq(all.list[1].state, STORE_PUBLISHED);
	ck_assert_int_eq(all.list[2].state, STORE_HELD);
	store_generations_free(&all);
	ck_ok(store_flags(other, 1, rig_see_flag, &seen.text, &err));
	ck_ok(store_asides(other, 1, rig_see_aside, &seen.text, &err));
	ck_assert_str_eq(buf_text(&seen.text), "DQ-A7=2;f.csv:1:sex:CODE:x;");
	ck_fails(store_restore(other, path, &err), ERR_REFUSED);

	/* And back into a store of the kind under test. */
	store_close(store);
	store = NULL;
	if (embedded)
		store = rig_beside("third");
	else
		rig_shell(getenv("HEARTH_TEST_WIPE"));
	if (!embedded)
		ck_ok(store_open(&store, url, STORE_CREATE, &err));
	ck_ok(store_backup(other, path, &err));
	ck_ok(store_restore(store, path, &err));
	buf_reset(&seen.text);
	l = rig_begin(&rig_adding);
	ck_ok(store_load_scan_raw(l, "afcars1993", rig_see_raw, &seen, &err));
	store_load_abort(l);
	ck_ok(store_withdraw(store, 2, &err));
	ck_ok(store_withdraw(store, 3, &err));
	l = rig_begin(&rig_adding);
	ck_ok(store_load_scan_raw(l, "afcars1993", rig_see_raw, &seen, &err));
	store_load_abort(l);
	ck_assert_str_eq(buf_text(&seen.text), "a 201203 bytes\n;");
	store_close(other);
	buf_free(&seen.text);
}
END_TEST

START_TEST(store__restore__refuses_what_is_no_backup)
{
	struct buf good = {0};
	struct store *other = rig_beside("other");
	char path[96];
	size_t sizes[] = {0, 100, 512, 3000};

	rig_load(&rig_plain, 5);
	rig_backup_path(path);
	ck_ok(store_backup(store, path, &err));
	ck_ok(file_read(&good, path, 1 << 24, &err));
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		ck_ok(file_replace(path, good.data, sizes[i], &err));
		ck_fails(store_restore(other, path, &err), ERR_FORMAT);
	}
	/* Another name with the same letters, so that its checksum holds. */
	memcpy(good.data, "aehrth.db", 9);
	ck_ok(file_replace(path, good.data, good.len, &err));
	ck_fails(store_restore(other, path, &err), ERR_FORMAT);
	store_close(other);
	buf_free(&good);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("backup");
	TCase *t = tcase_create("backup");

	tcase_add_checked_fixture(t, rig_setup, rig_teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, store__definitions__are_kept_once_and_in_order);
	tcase_add_test(t, store__backup__is_restored_into_either_kind_of_store);
	tcase_add_test(t, store__restore__refuses_what_is_no_backup);
	suite_add_tcase(s, t);
	return unit_run(s);
}
