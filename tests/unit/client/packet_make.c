/* Makes a packet as the service will: packet_make INSTRUMENT ROSTER REVIEW
 * USER OUT; prints the service's public key in hex. For tests and the bench. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "proto/bundle.h"

static bool
part(struct bundle *b, const char *name, const char *path, struct buf *text,
    struct err *err)
{
	struct bundle_part *p = &b->parts[b->n++];

	snprintf(p->name, sizeof p->name, "%s", name);
	if (!file_read(text, path, BUNDLE_MAX, err))
		return false;
	p->data = text->data;
	p->len = text->len;
	return true;
}

int
main(int argc, char **argv)
{
	uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
	struct buf instrument = {0}, roster = {0}, out = {0};
	struct bundle b = {
	    .about = {.issued_ms = 1, .expires_ms = INT64_C(1) << 50}};
	struct err err;

	if (argc != 6)
		return 2;
	snprintf(b.about.packet, sizeof b.about.packet, "P-%s", argv[3]);
	snprintf(b.about.review, sizeof b.about.review, "%s", argv[3]);
	snprintf(b.about.user, sizeof b.about.user, "%s", argv[4]);
	snprintf(b.about.instrument, sizeof b.about.instrument, "example/1");
	bundle_keys(public, secret);
	if (!part(&b, "instrument", argv[1], &instrument, &err) ||
	    !part(&b, "roster", argv[2], &roster, &err) ||
	    !bundle_write(&out, &b, secret, &err) ||
	    !file_replace(argv[5], out.data, out.len, &err)) {
		fprintf(stderr, "packet_make: %s\n", err.text);
		return 1;
	}
	for (size_t i = 0; i < sizeof public; i++)
		printf("%02x", public[i]);
	putchar('\n');
	buf_free(&instrument);
	buf_free(&roster);
	buf_free(&out);
	return 0;
}
