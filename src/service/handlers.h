/*
 * The handlers, one file each; service.c maps routes to them. Each asks
 * rights.h first, then writes the members of its answer.
 */
#ifndef HEARTH_SERVICE_HANDLERS_H
#define HEARTH_SERVICE_HANDLERS_H

#include "service/context.h"

bool status_answer(struct context *c);
bool catalogue_answer(struct context *c);
bool definition_answer(struct context *c);
bool org_answer(struct context *c);
bool report_answer(struct context *c);
bool compare_answer(struct context *c);
bool list_answer(struct context *c);
bool why_answer(struct context *c);
bool child_answer(struct context *c);
bool countdown_answer(struct context *c);
bool board_answer(struct context *c);
bool dues_answer(struct context *c);
bool search_answer(struct context *c);
bool quality_answer(struct context *c);
bool entry_answer(struct context *c);
bool revision_answer(struct context *c);
bool revision_one_answer(struct context *c);
bool attachment_put_answer(struct context *c);
bool attachment_answer(struct context *c);
bool chunk_put_answer(struct context *c);
bool chunk_answer(struct context *c);
bool attachments_answer(struct context *c);
bool reviews_answer(struct context *c);
bool review_answer_one(struct context *c);
bool scorecard_answer(struct context *c);
bool review_state_answer(struct context *c);
bool release_answer(struct context *c);
bool review_changes_answer(struct context *c);
bool rescore_answer(struct context *c);
bool findings_answer(struct context *c);
bool letter_answer(struct context *c);
bool review_why_answer(struct context *c);
bool indicators_answer(struct context *c);
bool caps_answer(struct context *c);
bool cap_answer_one(struct context *c);
bool cap_put_answer(struct context *c);
bool proposals_answer(struct context *c);
bool proposal_answer_one(struct context *c);
bool proposal_put_answer(struct context *c);
bool ref_answer(struct context *c);
bool providers_answer(struct context *c);
bool provider_answer(struct context *c);
bool provider_rows_answer(struct context *c);
bool changes_answer(struct context *c);
bool moved_answer(struct context *c);
bool contracts_answer(struct context *c);
bool contract_answer(struct context *c);
bool contract_put_answer(struct context *c);
bool plans_answer(struct context *c);
bool plan_answer(struct context *c);
bool plan_put_answer(struct context *c);
bool draw_answer(struct context *c);
bool draw_put_answer(struct context *c);
bool sample_put_answer(struct context *c);
bool packets_answer(struct context *c);
bool packet_answer(struct context *c);
bool packet_put_answer(struct context *c);
bool claims_answer(struct context *c);
bool claim_put_answer(struct context *c);
bool roster_answer(struct context *c);

#endif
