#include "proto/resources.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "lib/unit.h"

#define SPACE 512

/* Fills every field with a value of its own, so that two fields that share
 * bytes or change places show. */
static void
fill(const struct api_resource_info *r, char *at)
{
	static const char *const words[] = {"a", "b\"", "c", "d", "e", "f", "g",
	    "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
	    "u", "v", "w", "x", "y", "z", "A", "B", "C", "D", "E", "F", "G",
	    "H", "I", "J", "K", "L", "M", "N"};

	ck_assert_uint_le(r->n, sizeof words / sizeof *words);
	for (size_t i = 0; i < r->n; i++) {
		const struct api_field *f = &r->fields[i];

		switch (f->type) {
		case API_FIELD_TEXT:
			*(api_text *)(at + f->offset) = words[i];
			break;
		case API_FIELD_INT:
			*(api_int *)(at + f->offset) = 1000 + (int64_t)i;
			break;
		case API_FIELD_DATE:
			*(api_date *)(at + f->offset) = 15000 + (int32_t)i;
			break;
		case API_FIELD_BOOL:
			*(api_bool *)(at + f->offset) = true;
			break;
		}
	}
}

static void
write_one(struct buf *b, int resource, const void *value)
{
	struct json j;

	buf_reset(b);
	json_begin(&j, b);
	api_object(&j, (enum api_resource)resource, value);
}

START_TEST(resource__each__survives_a_round_trip)
{
	const struct api_resource_info *r = &api_resources[_i];
	_Alignas(max_align_t) char first[SPACE] = {0}, again[SPACE] = {0};
	struct buf a = {0}, b = {0};
	struct err err = {0};
	cJSON *tree;

	fill(r, first);
	write_one(&a, _i, first);
	tree = json_parse(a.data, a.len, a.len, &err);
	ck_assert_msg(tree != NULL, "%s: %s", r->name, err.text);
	ck_assert_int_eq(cJSON_GetArraySize(tree), (int)r->n);
	ck_assert(api_read(again, (enum api_resource)_i, tree));
	write_one(&b, _i, again);
	ck_assert_str_eq(buf_text(&a), buf_text(&b));
	cJSON_Delete(tree);
	buf_free(&a);
	buf_free(&b);
}
END_TEST

START_TEST(read__absent_and_null__are_null)
{
	struct err err = {0};
	static const char text[] = "{\"due\":null,\"days\":null,\"more\":[1]}";
	cJSON *tree = json_parse(text, strlen(text), 100, &err);
	struct api_duty d;

	ck_assert(api_read(&d, API_RESOURCE_duty, tree));
	ck_assert_ptr_null(d.child_id);
	ck_assert(d.days == API_NULL);
	ck_assert(d.due == DATE_MISSING);
	cJSON_Delete(tree);
}
END_TEST

static const char *const wrong[] = {
    "[]",
    "null",
    "{\"days\":\"1\"}",
    "{\"days\":1.5}",
    "{\"due\":1}",
    "{\"due\":\"2013-02-29\"}",
    "{\"child_id\":7}",
};

START_TEST(read__wrong_type__refused)
{
	struct err err = {0};
	cJSON *tree = json_parse(wrong[_i], strlen(wrong[_i]), 100, &err);
	struct api_duty d;

	ck_assert(!api_read(&d, API_RESOURCE_duty, tree));
	cJSON_Delete(tree);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("resources");
	TCase *t = tcase_create("resources");

	suite_add_tcase(s, t);
	tcase_add_loop_test(
	    t, resource__each__survives_a_round_trip, 0, API_RESOURCES);
	tcase_add_test(t, read__absent_and_null__are_null);
	tcase_add_loop_test(t, read__wrong_type__refused, 0,
	    (int)(sizeof wrong / sizeof *wrong));
	return unit_run(s);
}
