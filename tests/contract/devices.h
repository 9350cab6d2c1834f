/*
 * One review on two or three laptops, each with a disk of its own, and the real
 * service in the same process.
 */
#ifndef HEARTH_TESTS_DEVICES_H
#define HEARTH_TESTS_DEVICES_H

#include "base/rng.h"
#include "client/visit.h"
#include "contract/fixture.h"
#include "lib/disk.h"

#define DEVICES 3

struct device {
	struct disk *disk;
	struct folder *folder;
	struct visit *visit;
	char who[16];
	struct net *net;
};

/* What is between them and the service. */
struct devices_line {
	unsigned faults;    /* of 10 answers so many go wrong */
	bool portal;	    /* a hotel's network answers */
	const char *roster; /* the service's answer about the roster; NULL:
			       its own */
};

extern struct device devices[DEVICES];
extern int devices_n;
extern struct devices_line devices_line;
extern struct fixture devices_office;
extern struct rng devices_rng; /* of everything that is left to chance */

/* The office, and n laptops with the packet; a line without faults. */
void devices_open(int n);
void devices_close(void);

/* The program ends and is started anew. */
void device_again(struct device *d);
/* The power went, with the visit closed, and is back; all: as disk_restart().
 */
void device_restart(struct device *d, bool all);
/* Opens the visit. */
void device_visit(struct device *d);

/* Keeps and applies what a person did; empties the change. */
void device_keep(struct device *d, struct change *c);
struct stamp device_stamp(const struct device *d);
/* Any answer that fits; texts tell who typed them and when. */
struct response device_answer(
    const struct question *q, const struct device *d, char text[64]);
/* A question of a unit, by chance; false: that unit has none. */
bool device_cell(const struct device *d, int *unit, int *question);
/* Answers some question somehow. */
void device_type(struct device *d);
/* Seals what is new. */
void device_seal(struct device *d);
/* Syncs; nothing may fail but the line. */
void device_sync(struct device *d);
/* Everything of a review in one text, units by kind and key; the caller
 * frees. */
char *device_whole(const struct review *r);

#endif
