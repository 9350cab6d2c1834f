/* GET /v1/contracts, GET and PUT /v1/contracts/{id}: agreements with
 * providers. */
#include "service/handlers.h"

#include <string.h>

#include "base/i18n.h"
#include "proto/codes.h"
#include "proto/resources.h"
#include "service/papers.h"
#include "service/rights.h"

/* The members of an agreement, without those of its paper. */
static void
contract_members(struct json *j, const cJSON *b)
{
	const struct api_contract r = {
	    .provider = body_text(b, "provider"),
	    .programme = body_text(b, "programme"),
	    .agreement = body_text(b, "agreement"),
	    .year = body_int(b, "year"),
	    .from = body_date(b, "from"),
	    .to = body_date(b, "to"),
	    .monitor = body_text(b, "monitor"),
	    .note = body_text(b, "note"),
	};
	const cJSON *one;

	api_members(j, API_RESOURCE_contract, &r);
	json_key(j, "co_monitors");
	json_array(j);
	cJSON_ArrayForEach(one, cJSON_GetObjectItem(b, "co_monitors"))
	{
		json_string(j, one->valuestring);
	}
	json_array_end(j);
}

static void
contract_write(struct json *j, const struct paper *p)
{
	json_object(j);
	papers_head(j, p);
	contract_members(j, p->body);
	json_object_end(j);
}

static void
contract_list(struct json *j, const char *key, const struct papers *papers)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < papers->n; i++)
		contract_write(j, &papers->list[i]);
	json_array_end(j);
}

bool
contracts_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_CONTRACT};
	struct papers papers;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    !papers_read(c, &ask, &papers))
		return false;
	contract_list(&c->json, "contracts", &papers);
	return true;
}

/* What was written of it, the newest last. */
bool
contract_answer(struct context *c)
{
	const struct shelf_ask ask = {.kind = PAPER_CONTRACT,
	    .id = context_text(c, API_PATH_ID),
	    .history = true};
	struct papers papers;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS) ||
	    !papers_read(c, &ask, &papers))
		return false;
	if (papers.n == 0)
		return err_set(&c->err, ERR_NO_ANSWER,
		    _("there is no contract %s"), ask.id);
	json_key(&c->json, "contract");
	contract_write(&c->json, &papers.list[papers.n - 1]);
	contract_list(&c->json, "history", &papers);
	return true;
}

/* What the table cannot say. The ids of its reviews are made of its own, so
 * that must leave room for the year. */
static bool
contract_sound(struct context *c, const cJSON *b)
{
	if (strlen(context_text(c, API_PATH_ID)) > 34)
		return papers_refuse(c, "id",
		    _("the id of a contract has at most 34 bytes"),
		    _("its reviews are called by it and the year"));
	if (body_date(b, "to") < body_date(b, "from"))
		return papers_refuse(
		    c, "to", _("it ends before it begins"), NULL);
	if (body_word(b, "programme", CODES_HOME_KIND) > HOME_KIND_FFA)
		return papers_refuse(c, "programme",
		    _("only these programmes are reviewed"), "gh, ffa");
	return true;
}

bool
contract_put_answer(struct context *c)
{
	cJSON *body;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_PLANS))
		return false;
	body = papers_body(c, BODY_contract);
	return body != NULL && contract_sound(c, body) &&
	       papers_keep(c, PAPER_CONTRACT, context_text(c, API_PATH_ID),
		   BODY_contract, body);
}
