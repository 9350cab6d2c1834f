/*
 * How a client starts a hearthd of its own (hearth --local):
 *
 *   hearthd --store DIR --listen unix:PATH --private-fd N
 *
 * N is one end of a stream socket pair. Once it answers, hearthd writes the
 * line "ready"; if it cannot, "error NAME TEXT", NAME from errors.def, and
 * ends. It may find that out later, after a first answer from what it kept.
 * It then reads N and stops when that gives the end of file: the client is
 * gone, however it went. PATH stands in a folder of mode 0700 which the
 * client makes before and removes after.
 */
#ifndef HEARTH_PROTO_PRIVATE_H
#define HEARTH_PROTO_PRIVATE_H

#define PRIVATE_OPTION "--private-fd"
#define PRIVATE_READY "ready"
#define PRIVATE_ERROR "error"
#define PRIVATE_LINE 600 /* bytes of the longest line, its end included */

#endif
