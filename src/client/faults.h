/*
 * Faults of records as people read them, for the command and the screen: what
 * mending would do to a score, and which fault to mend first.
 */
#ifndef HEARTH_CLIENT_FAULTS_H
#define HEARTH_CLIENT_FAULTS_H

#include <stddef.h>

#include <cJSON.h>

#include "base/buf.h"
#include "client/doc.h"

/* "p1 from 50.0 to between 42.9 and 57.1 %"; "c1.2 leaves out 37" where the
 * amounts are not known; adds nothing for NULL. */
void faults_effect_words(struct buf *out, const cJSON *effect);
/* The same in the document's memory. */
const char *faults_effect(struct doc *doc, const cJSON *effect);
/* Of the answer's effects the one that moves a score most by that rule; NULL
 * when none does. */
const cJSON *faults_greatest(const cJSON *answer, const char *code);

/* The rules that some record breaks: first those that move a score, the one
 * that moves it most in front; the others by how many they are. */
#define FAULTS_MOST 32
struct faults_order {
	const cJSON *rules[FAULTS_MOST];
	size_t n;
};
void faults_order(struct faults_order *order, const cJSON *answer);

#endif
