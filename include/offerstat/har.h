/* har.h - a recording of all requests and answers of a run, as HAR 1.2. */
#ifndef OFFERSTAT_HAR_H
#define OFFERSTAT_HAR_H

#include "offerstat/error.h"
#include "offerstat/transport.h"

#include <stdbool.h>
#include <stdio.h>

struct har_options {
    const char *beside; /* the recording's name: what has to wait on disk does so in its folder */
    bool names;         /* replace what names a publisher, its offers and its people */
};

struct har;

/* 0 with *out, or -1 with *err. */
int har_open(const struct har_options *options, struct har **out, struct error *err);

/* The id of an offer that will be asked for, which becomes "offer-1" where names are replaced, and
 * the next one "offer-2".  A name or a pattern is left to the answers. */
void har_name_offer(struct har *har, const char *id);

/* What a transport_options wants; of the bodies of sign-ins nothing is kept. */
const struct transport_recorder *har_recorder(const struct har *har);
const struct transport_recorder *har_signin_recorder(const struct har *har);

/* Write what was recorded so far, in the order in which requests began.  0, or -1 with *err: no
 * memory, or ERR_OUTPUT. */
int har_write(struct har *har, const char *program_version, FILE *out, struct error *err);

void har_close(struct har *har); /* NULL is fine */

#endif
