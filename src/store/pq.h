/*
 * libpq's functions, found when a store asks for them (private to this room).
 * libpq brings TLS, Kerberos and LDAP: linked, it was half the time until a
 * private service over an embedded store answered. It is loaded when a store's
 * URL asks for it; see base/lazy.h.
 * Empty in a build without PostgreSQL.
 */
#ifndef HEARTH_STORE_PQ_H
#define HEARTH_STORE_PQ_H

#include "config.h"
#ifdef HAVE_POSTGRESQL

#include <libpq-fe.h>

#include "base/lazy.h"

/* clang-format off */
#define PQ_FUNCTIONS(F) \
	F(PQclear) F(PQcmdTuples) F(PQconnectdbParams) F(PQconninfoFree) \
	F(PQconninfoParse) F(PQerrorMessage) F(PQexec) F(PQexecParams) \
	F(PQfinish) F(PQfreemem) F(PQgetResult) F(PQgetisnull) \
	F(PQgetlength) F(PQgetvalue) F(PQntuples) F(PQputCopyData) \
	F(PQputCopyEnd) F(PQreset) F(PQresultErrorField) F(PQresultStatus) \
	F(PQsetNoticeProcessor) F(PQstatus) F(PQunescapeBytea)
/* clang-format on */

/* pq.PQexec() is PQexec(); NULL until pq_load(). */
extern LAZY(pq_library, PQ_FUNCTIONS) pq;

/* Once is enough; again costs nothing. False: it is not installed, or too
 * old. */
bool pq_load(struct err *err);

#endif
#endif
