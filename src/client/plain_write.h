/*
 * Writing, line by line: the same acts, fields, refusals and questions as the
 * form of the screens has (acts.h, writing.h), for those who read no screen.
 */
#ifndef HEARTH_CLIENT_PLAIN_WRITE_H
#define HEARTH_CLIENT_PLAIN_WRITE_H

#include <stdio.h>

#include "client/acts.h"
#include "client/call.h"

/* Asks each field, says what will be written and as whom, and writes it when
 * that is answered with y. False with *err when what stands cannot be had. */
bool plain_write(const struct call *call, const struct act *act,
    const cJSON *row, FILE *in, struct err *err);

#endif
