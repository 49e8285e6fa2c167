/* portal.h - reading offers from a partner portal. */
#ifndef OFFERSTAT_PORTAL_H
#define OFFERSTAT_PORTAL_H

#include "offerstat/error.h"
#include "offerstat/offer.h"
#include "offerstat/report.h"
#include "offerstat/select.h"
#include "offerstat/signin.h"
#include "offerstat/transport.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct portal; /* opaque, see src/portal/portal_priv.h */

struct portal_options {
    const char *api;             /* a name of portal_api_name */
    const char *endpoint;        /* scheme, host and optional prefix; NULL: the API's own */
    struct transport *transport; /* borrowed */
    struct signin *signin;       /* borrowed: where tokens come from */
    unsigned retries;            /* further tries of one request */
    int64_t budget_ms;           /* for the whole run: no retry is waited for beyond it */
    void (*trace)(void *user, const char *line); /* one line a try, without secrets; may be NULL */
    void *trace_user;
};

/* Names of the APIs that can be read, NULL after the last. */
const char *portal_api_name(size_t i);

/* The endpoint an API has when none is given, or NULL for an unknown API. */
const char *portal_default_endpoint(const char *api);

/* An endpoint must be https, or http on loopback, without user, query and fragment.  ERR_USAGE
 * otherwise.  *loopback tells whether it is on this machine. */
int portal_check_endpoint(const char *endpoint, bool *loopback, struct error *err);

/* 0, or -1 with *err set and *out untouched.  Strings are copied. */
int portal_open(const struct portal_options *options, struct portal **out, struct error *err);
void portal_close(struct portal *p); /* NULL is fine */

struct portal_query {
    const char *const *publishers; /* ids; none: every publisher of the account is asked */
    size_t publisher_count;
    enum read_depth depth;
    size_t limit; /* no requests for more than the first so many that are selected; 0: for all */
};

/* Where a read goes.  Offers come in the server's order, publisher by publisher, each as soon as it
 * and all before it are known; the records live until the call returns.  A callback that returns -1
 * with *err set ends the read with that error. */
struct portal_sink {
    void *user;
    /* Is an offer of the list wanted?  SELECTED_LATER puts it off until every list was read. */
    enum selected (*select)(void *user, const struct offer *o);
    bool (*resolve)(void *user, const struct offer *o);
    int (*offer)(void *user, const struct offer *o, struct error *err);
    /* The list broke off: forget every offer given so far, none of them counts as read.  False
     * where some were written already; then the list is not read again. */
    bool (*forget)(void *user);
    /* Something could not be read; publisher and offer may be NULL. */
    int (*problem)(void *user, const struct error *problem, const char *publisher,
                   const char *offer, struct error *err);
    void (*progress)(void *user, size_t done, size_t total);
};

/* Read offers.  What cannot be read is told to sink->problem and the rest goes on; -1 with *err
 * only when the read as a whole had to end (a sink's own error, no memory). */
int portal_read(struct portal *p, const struct portal_query *query, const struct portal_sink *sink,
                struct error *err);

/* Read the publishers of the account into report (publishers, problems).  -1 as above. */
int portal_publishers(struct portal *p, struct report *report, struct error *err);

#endif
