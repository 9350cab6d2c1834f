#include "screen/world.h"

#include <check.h>
#include <ftw.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "base/file.h"
#include "ingest/extract.h"
#include "proto/bundle.h"
#include "unit/client/sealed.h"
#include "service/service.h"
#include "store/store.h"

#define CHILDREN 160
#define WORKERS 12

static struct {
	char *folder;
	struct service *service;
	int32_t through;
} world;

static void
must(bool ok, const struct err *err)
{
	ck_assert_msg(ok, "%s", err->text);
}

/* Loads one row, written as "column=value|column=value". */
__attribute__((format(printf, 3, 4))) static void
world_row(struct load *load, enum extract_table id, const char *fmt, ...)
{
	const struct table *t = extract_table(id);
	struct cell cells[EXTRACT_MAX_COLS];
	char text[256], *save = NULL;
	struct err err;
	va_list ap;

	for (int i = 0; i < EXTRACT_MAX_COLS; i++)
		cells[i] = cell_empty();
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (char *part = strtok_r(text, "|", &save); part;
	     part = strtok_r(NULL, "|", &save)) {
		size_t len = strcspn(part, "=");
		int c = table_column(t, part, len);
		struct csv_field field = {
		    part + len + 1, strlen(part + len + 1)};

		ck_assert_msg(c >= 0, "no column %s", part);
		if (field.len)
			ck_assert_ptr_null(
			    extract_cell(&t->columns[c], &field, &cells[c]));
	}
	must(store_load_row(load, id, cells, &err), &err);
}

/* Three regions of two circuits; each circuit down to one unit of two. */
static void
world_org(struct load *load)
{
	static const char *const regions[] = {
	    "Northwest", "Kansas City", "Southeast"};
	static const char *const counties[] = {"Andrew", "Buchanan", "Clay",
	    "Jackson", "Ste. Genevieve", "Cape Girardeau"};
	static const char *const workers[] = {"Ana Muñoz", "Ben Ash",
	    "Cleo Dell", "Dov Stein", "Eva Núñez", "Finn O'Shea", "Gwen Hale",
	    "Hugo Lind", "Iris Park", "Juan Peña", "Kai Moss", "Lena Voss"};

	world_row(load, EXTRACT_ORG, "node_id=MO|level=state|name=Missouri");
	world_row(load, EXTRACT_PROVIDER,
	    "provider_id=G1|name=Garza House|programme=gh|operator_id=G");
	world_row(load, EXTRACT_PROVIDER,
	    "provider_id=G|name=Garza Homes|programme=gh");
	world_row(load, EXTRACT_SITES,
	    "site_id=S1|provider_id=G1|name=Main Street|kind=site|capacity=40");
	for (int r = 0; r < 3; r++)
		world_row(load, EXTRACT_ORG,
		    "node_id=R%d|parent_id=MO|level=region|name=%s", r + 1,
		    regions[r]);
	for (int c = 0; c < 6; c++) {
		world_row(load, EXTRACT_ORG,
		    "node_id=C%d|parent_id=R%d|level=circuit|name=Circuit %d",
		    c + 1, c / 2 + 1, c + 5);
		world_row(load, EXTRACT_ORG,
		    "node_id=K%d|parent_id=C%d|level=county|name=%s|"
		    "fips=2900%d",
		    c + 1, c + 1, counties[c], c + 1);
		world_row(load, EXTRACT_ORG,
		    "node_id=O%d|parent_id=K%d|level=office|name=%s office",
		    c + 1, c + 1, counties[c]);
		world_row(load, EXTRACT_ORG,
		    "node_id=U%d|parent_id=O%d|level=unit|name=Unit %d", c + 1,
		    c + 1, c + 1);
	}
	for (int w = 0; w < WORKERS; w++)
		world_row(load, EXTRACT_ORG,
		    "node_id=W%d|parent_id=U%d|level=worker|name=%s", w + 1,
		    w / 2 + 1, workers[w]);
}

struct life {
	int n;
	int32_t removed, left; /* left: DATE_NEVER while in care */
	char out[DATE_TEXT];   /* left as text */
};

static void
world_care(struct load *load, const struct life *l)
{
	static const char *const reasons[] = {"reunification", "reunification",
	    "adoption", "guardianship", "emancipation", "relative"};
	static const char *const settings[] = {
	    "nonrelative", "relative", "group_home", "preadoptive"};
	/* Only the group home has somebody who runs it. */
	static const char *const homes[] = {"", "", "G1", ""};
	char in[DATE_TEXT], moved[DATE_TEXT];
	int32_t move = l->removed + 100;

	date_format(l->removed, in);
	world_row(load, EXTRACT_REMOVAL,
	    "child_id=C%03d|removal_date=%s|custody_date=%s|finding_date=%s|"
	    "discharge_date=%s|discharge_reason=%s",
	    l->n, in, in, in, l->out, *l->out ? reasons[l->n % 6] : "");
	world_row(load, EXTRACT_ASSIGN,
	    "child_id=C%03d|node_id=W%d|start_date=%s|end_date=%s", l->n,
	    l->n % WORKERS + 1, in, l->out);
	if (move >= l->left || move > world.through)
		move = DATE_NEVER;
	world_row(load, EXTRACT_PLACEMENT,
	    "child_id=C%03d|start_date=%s|end_date=%s|setting=%s|"
	    "provider_id=%s|requested_by=%s",
	    l->n, in, move == DATE_NEVER ? l->out : date_format(move, moved),
	    settings[l->n % 4], homes[l->n % 4],
	    l->n % 4 == 2 && move != DATE_NEVER ? "provider" : "");
	if (move != DATE_NEVER)
		world_row(load, EXTRACT_PLACEMENT,
		    "child_id=C%03d|start_date=%s|end_date=%s|setting=%s|"
		    "provider_id=%s",
		    l->n, moved, l->out, settings[(l->n + 1) % 4],
		    homes[(l->n + 1) % 4]);
	world_row(load, EXTRACT_GOALS, "child_id=C%03d|start_date=%s|goal=%s",
	    l->n, in, l->n % 3 ? "reunify" : "adoption");
}

/* Reviews every 170 days; of every fifth child only the first was held. */
static void
world_meetings(struct load *load, const struct life *l)
{
	int32_t day = l->removed + 30;

	while (day < l->left && day <= world.through) {
		char text[DATE_TEXT];

		world_row(load, EXTRACT_MEETING,
		    "child_id=C%03d|date=%s|kind=pprt|entered_on=%s", l->n,
		    date_format(day, text), text);
		day += l->n % 5 ? 170 : 100000;
	}
}

static void
world_child(struct load *load, int n)
{
	static const char *const given[] = {"Álvaro", "Beth", "Cruz", "Dara",
	    "Eli", "Fay", "Gil", "Hana", "Ian", "Joy", "Kim"};
	static const char *const family[] = {
	    "Ash", "Bell", "Cruz", "Dunn", "Ñandú", "Frost", "Gray"};
	static const char *const race[] = {"white", "black", "white", "asian"};
	struct life l = {.n = n,
	    .removed = date_make(2019, 10, 1) + n * 11,
	    .left = DATE_NEVER};
	char born[DATE_TEXT];
	int32_t left = l.removed + 60 + n * 53 % 600;

	if (n % 3 && left <= world.through)
		l.left = left;
	date_format(l.left, l.out);
	date_format(date_make(2008, 1, 15) + n * 37, born);
	world_row(load, EXTRACT_CHILD,
	    "child_id=C%03d|birth_date=%s|sex=%s|race=%s|hispanic=n|"
	    "sibling_group=S%d|given_name=%s|family_name=%s|restricted=n",
	    n, born, n % 2 ? "female" : "male", race[n % 4], n / 2,
	    given[n % 11], family[n / 2 % 7]);
	world_care(load, &l);
	world_meetings(load, &l);
}

/* One report, of no child in care: closed within 30 days. */
static void
world_report(struct load *load)
{
	world_row(load, EXTRACT_REPORT,
	    "report_id=Q1|received_at=2024-03-01T16:00|track=investigation|"
	    "priority_hours=24|first_contact_at=2024-03-02T10:00|"
	    "all_seen_at=2024-03-02T10:00|concluded_at=2024-03-20T12:00|"
	    "conclusion=unsubstantiated|node_id=K1");
}

void
world_publish(int without)
{
	const struct facts_about about = {
	    .data_through = world.through,
	    .loaded_at = 1727830800,
	    .agency = "Invented agency",
	    .source = "test",
	    .invented = true,
	};
	char *url = xasprintf("sqlite:%s", world.folder);
	struct store *store;
	struct load *load;
	struct err err;
	uint32_t generation;

	must(store_open(&store, url, STORE_CREATE, &err), &err);
	must(store_load_begin(&load, store, &(struct load_options){0}, &err),
	    &err);
	world_org(load);
	for (int n = 0; n < CHILDREN; n++)
		if (n != without)
			world_child(load, n);
	world_report(load);
	store_load_about(load, &about);
	must(store_load_commit(load, &generation, &err), &err);
	store_close(store);
	free(url);
}

/* A few measures by name, so that a new one changes no screen. */
static char *
world_definitions(void)
{
	static const char *const files[] = {
	    "categories.cfg", "clocks.cfg", "cps-3.cfg", "p1.cfg", "p2.cfg"};
	const char *top = getenv("top_srcdir");
	char *folder = file_join(world.folder, "measures", NULL);
	struct err err;

	must(file_mkdirs(folder, &err), &err);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *from = file_join(
		    top ? top : ".", "etc", "measures", files[i], NULL);
		char *to = file_join(folder, files[i], NULL);
		struct buf text = {NULL, 0, 0};

		must(file_read(&text, from, 1 << 20, &err), &err);
		must(file_replace(to, text.data, text.len, &err), &err);
		buf_free(&text);
		free(from);
		free(to);
	}
	return folder;
}

/* A sealed review comes in. */
static void
world_take(void *arg, const char *record, const struct buf *body)
{
	char *path = xasprintf("/v1/reviews/%s/revisions/1", record);
	struct answer answer = {0};

	(void)arg;
	service_answer(world.service,
	    &(struct request){
		.method = "PUT",
		.path = path,
		.body = body->data,
		.body_len = body->len,
		.who = {.kind = WHO_LOCAL, .name = "screen"},
	    },
	    &answer);
	ck_assert_int_eq(answer.status, 201);
	answer_free(&answer);
	free(path);
}

void
world_reviews(void)
{
	sealed_reviews(world_take, NULL);
}

/* The key that signs packets. */
static char *
world_key(const char *folder)
{
	uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
	char hex[2 * BUNDLE_SECRET + 1];
	char *path = file_join(folder, "signing.secret", NULL);
	struct err err;

	ck_assert(bundle_keys(public, secret));
	sodium_bin2hex(hex, sizeof hex, secret, sizeof secret);
	must(file_replace(path, hex, strlen(hex), &err), &err);
	ck_assert_int_eq(chmod(path, 0600), 0);
	return path;
}

void
world_open(void)
{
	char folder[] = "/tmp/hearth-screen-XXXXXX";
	const char *top = getenv("top_srcdir");
	char *definitions, *audit, *key;
	char *instruments = file_join(top ? top : ".", "etc/instruments", NULL);
	struct err err;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	world.folder = xstrdup(folder);
	world.through = date_make(2024, 9, 30);
	definitions = world_definitions();
	audit = file_join(folder, "audit.log", NULL);
	key = world_key(folder);
	world_publish(-1);
	must(service_open(&world.service,
		 &(struct service_options){
		     .store = folder,
		     .definitions = definitions,
		     .instruments = instruments,
		     .audit = audit,
		     .signing_key = key,
		 },
		 &err),
	    &err);
	free(key);
	free(audit);
	free(definitions);
	free(instruments);
}

static int
world_remove(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void
world_close(void)
{
	service_close(world.service);
	nftw(world.folder, world_remove, 8, FTW_DEPTH | FTW_PHYS);
	free(world.folder);
}

static int
world_ask(const struct net_call *call, const char *who, struct buf *body)
{
	char *route = xstrdup(call->path), *query = strchr(route, '?');
	struct answer answer = {0};
	int status;

	if (query)
		*query++ = '\0';
	service_answer(world.service,
	    &(struct request){
		.method = call->method ? call->method : "GET",
		.path = route,
		.query = query,
		.body = call->upload.data,
		.body_len = call->upload.len,
		.who = {.kind = WHO_LOCAL, .name = who},
	    },
	    &answer);
	status = answer.status;
	buf_add(body, answer.body.data, answer.body.len);
	answer_free(&answer);
	free(route);
	return status;
}

int
world_answer(const struct net_call *call, struct buf *body)
{
	return world_ask(call, "screen", body);
}

void
world_put(const char *who, const char *path, const char *body)
{
	struct net_call call = {.method = "PUT", .path = xstrdup(path)};
	struct buf answer = {NULL, 0, 0};
	int status;

	buf_str(&call.upload, body);
	status = world_ask(&call, who, &answer);
	ck_assert_msg(status == 200 || status == 201, "%s", buf_text(&answer));
	buf_free(&call.upload);
	buf_free(&answer);
	free(call.path);
}

/* Agreements: one has no monitor; both are with homes that no data know, and
 * the one of the data has none. */
#define TERMS                                                              \
	"\"version\":0,\"programme\":\"gh\",\"agreement\":\"A\",\"year\":" \
	"2023,"                                                            \
	"\"to\":\"2026-06-30\""

void
world_contracts(void)
{
	world_put("test", "/v1/contracts/C-2",
	    "{\"provider\":\"P2\",\"from\":\"2023-07-01\"," TERMS "}");
	world_put("test", "/v1/contracts/C-3",
	    "{\"provider\":\"P3\",\"from\":\"2023-12-15\",\"monitor\":"
	    "\"mk\"," TERMS "}");
}
