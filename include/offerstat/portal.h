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

struct portal; /* opaque, see src/portal/api/api.h */

struct portal_options {
    const char *api;             /* a name of portal_api_name */
    const char *endpoint;        /* scheme, host and optional prefix; NULL: the API's own */
    struct transport *transport; /* borrowed */
    struct signin *signin;       /* borrowed: where tokens come from */
    const char *seller_id;       /* digits, sent as x-ms-publisherId to Partner Center; NULL: not */
    unsigned retries;            /* further tries of one request */
    int64_t budget_ms;           /* for the whole run: no request begins after it or outlasts it */
    /* Called with one line for each try, without secrets; before a retry that has to wait.  Both
     * may be NULL. */
    void (*trace)(void *user, const char *line);
    void (*waits)(void *user, const struct retry_wait *wait);
    void *trace_user; /* for both */
};

/* Names of the APIs that can be read, NULL after the last; at most PORTAL_APIS. */
#define PORTAL_APIS 3
const char *portal_api_name(size_t i);

/* What is known of an API before it is asked. */
struct portal_traits {
    const char *audience; /* of the v2 tokens that it accepts; a token has one audience */
    const char
        *person_scope;   /* scope below the audience for a person's token; NULL: it accepts none */
    bool has_publishers; /* it lists offers publisher by publisher */
    bool lists_changes;  /* its list has the time of each change */
    bool cannot_see_delisted; /* it does not show what was delisted: a witness is asked */
    bool lacks_new_offers;    /* offers that were made in Partner Center are not in it */
};
/* For a name that is no API's, all members are NULL and false. */
const struct portal_traits *portal_traits(const char *api);

/* The API that is read when none is named, the one that is asked whether an offer of a different
 * API was delisted (the witness), and the one that has configure jobs. */
const char *portal_default_api(void);
const char *portal_witness_api(void);
const char *portal_jobs_api(void);

/* The API that a token is for, by its own claims; NULL when it is no JWT, or for none of these
 * APIs. */
const char *portal_token_api(const char *token);

/* The API that has this audience, or NULL. */
const char *portal_audience_api(const char *audience);

/* The API's name for people, "Partner Center ingestion API"; NULL for an unknown API. */
const char *portal_api_title(const char *api);

/* The endpoint of an API unless one is configured; NULL for an unknown API. */
const char *portal_default_endpoint(const char *api);

/* An endpoint must be https, or http on loopback, without user, query and fragment.  ERR_USAGE
 * otherwise.  *loopback: whether it is on this machine. */
int portal_check_endpoint(const char *endpoint, bool *loopback, struct error *err);

/* 0, or -1 with *err set and *out untouched.  Strings are copied. */
int portal_open(const struct portal_options *options, struct portal **out, struct error *err);
void portal_close(struct portal *p); /* NULL is fine */

/* Begin a new run, with the whole of options.budget_ms. */
void portal_begin_run(struct portal *p);

/* The earliest time, by the transport's clock, at which the service wants to be asked again, by the
 * Retry-After of this run's answers; 0: there was none. */
int64_t portal_not_before_ms(const struct portal *p);

/* When the Graph API is asked about an offer that a different API lists. */
enum witness {
    WITNESS_AUTO, /* when the offer's own API cannot show whether it was delisted */
    WITNESS_ALWAYS,
    WITNESS_NEVER
};

/* The states (bits of enum offer_state) that an offer may have once it is read, by what the list of
 * its API shows. */
unsigned portal_possible_states(const struct offer *listed, enum witness witness);

struct portal_query {
    const char *const *publishers; /* ids; none: every publisher of the account is asked */
    size_t publisher_count;
    enum read_depth depth;
    size_t limit; /* stop after so many offers that the sink accepts; 0: no limit */
    /* Only offers of these ids are wanted, so that an API that can look one up is not asked for its
     * whole list unless it has none of that id.  No ids: the list. */
    const char *const *ids;
    size_t id_count;
    bool merge; /* make one record of an offer, with its sources; implied by several portals */
    enum witness witness;
    struct portal *graph; /* the witness; NULL: none is asked */
};

/* Where a read delivers what it finds.  Offers come in the server's order, publisher by publisher,
 * each as soon as it and all before it are known; the records live until the call returns.  A
 * callback that returns -1 with *err set ends the read with that error. */
struct portal_sink {
    void *user;
    /* Whether an offer of the list is wanted.  SELECTED_IF_UNIQUE defers the answer until every
     * list was read; then select_by_unique_name gives it.  The list may still break off and be read
     * again, so nothing may be remembered here.  With several portals an offer is wanted when one
     * of its records is, unless one of them is SELECTED_NEVER. */
    enum selected (*select)(void *user, const struct offer *o);
    enum selected (*select_by_unique_name)(void *user, const struct offer *o);
    /* Called once every list was read, in their order, for each offer in them, wanted or not, with
     * all that the list shows but steps and notes.  NULL: not needed, which saves the memory. */
    void (*seen)(void *user, const struct offer *o);
    int (*offer)(void *user, const struct offer *o, struct error *err);
    /* Whether the sink has accepted as many offers as the limit allows, so that no further one is
     * read.  NULL: it accepts every offer. */
    bool (*full)(void *user);
    /* Called at the end when the limit left out offers that were wanted.  May be NULL. */
    void (*limited)(void *user);
    /* The list broke off and is to be read again: forget every offer given so far.  False when some
     * were written already; then the list is not read again. */
    bool (*forget)(void *user);
    /* Something could not be read; publisher and offer may be NULL. */
    int (*problem)(void *user, const struct error *problem, const char *publisher,
                   const char *offer, struct error *err);
    /* An API refuses the account as a whole: it answers its first list with 403 (*why), or it has
     * no publisher of the account (why NULL).  May be called more than once.  When this is NULL a
     * refusal is a problem, and having no publisher is none. */
    void (*not_there)(void *user, const char *api, const struct error *why);
    /* For the tally, in addition to `problem`: an offer that was wanted could not be read (ids are
     * NULL when not even they could), or a list could not be read to its end, so that it is not
     * known how many offers are missing.  Both may be NULL. */
    void (*unread)(void *user, const char *publisher, const char *offer);
    void (*list_broken)(void *user);
    void (*progress)(void *user, size_t done, size_t total);
    /* Something a reader of the result should know, although nothing is missing. */
    void (*notice)(void *user, enum message_level level, const struct error *what);
};

/* Read offers.  What cannot be read goes to sink->problem and the read continues; -1 with *err only
 * when the read as a whole had to end (a sink's own error, no memory).  The portals (at least one,
 * all on one transport) are read side by side.  With several, records of one offer are merged by
 * offer_merge, and limit is ignored. */
int portal_read(struct portal *const *portals, size_t count, const struct portal_query *query,
                const struct portal_sink *sink, struct error *err);

/* One page as it came; it lives until the call returns. */
typedef int (*portal_page)(void *user, const char *data, size_t len, struct error *err);

/* GET a path below the API's own path, or below the endpoint when it begins with a slash; the
 * api-version that an API requires is added when it is missing.  With paginate the following pages
 * are read, too.  -1 with *err: ERR_USAGE when path leads to a different origin. */
int portal_get(struct portal *p, const char *path, bool paginate, portal_page give, void *user,
               struct error *err);

/* Read the status of a configure job into report's events.  ERR_USAGE where the API has no jobs. */
int portal_job(struct portal *p, const char *id, struct report *report, struct error *err);

/* Whether the API knows publishers, and lists offers publisher by publisher. */
bool portal_has_publishers(const struct portal *p);

/* Send one cheap request that shows whether the token is accepted.  0, or -1 with *err when it is
 * not, or when no answer came. */
int portal_probe(struct portal *p, struct error *err);

/* Read the publishers of the account into report (publishers, problems).  -1 as above. */
int portal_publishers(struct portal *p, struct report *report, struct error *err);

#endif
