/* Inside of cmd_plan*.c: what its words ask. */
#ifndef HEARTH_CLIENT_CMD_PLAN_PART_H
#define HEARTH_CLIENT_CMD_PLAN_PART_H

#include "base/json.h"
#include "client/call.h"

/* The review of the first word behind the subcommand, as the call's answer. */
bool plan_ask_show(struct call *call, struct err *err);
/* The packets that wait. */
bool plan_ask_packets(struct call *call, struct err *err);
/* Draws the sample from the roster of a day, with the staff of a table. */
bool plan_ask_draw(struct call *call, struct err *err);
/* The sample as it stands. */
bool plan_ask_sample(struct call *call, struct err *err);
/* The next reserve in a unit's place; a unit that was not drawn. */
bool plan_ask_replace(struct call *call, struct err *err);
bool plan_ask_add(struct call *call, struct err *err);
/* Makes a packet for the monitor, or whom the words name. */
bool plan_ask_issue(struct call *call, struct err *err);
bool plan_ask_recall(struct call *call, struct err *err);
/* Puts a member of another object into what is written; nothing when it has
 * none. */
void plan_copy_text(struct json *j, const char *name, const cJSON *from);
void plan_copy_number(struct json *j, const char *name, const cJSON *from);

#endif
