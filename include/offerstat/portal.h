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
    int64_t budget_ms;           /* for the whole run: no request begins or goes on beyond it */
    /* One line a try, without secrets; a try that has to wait.  Both may be NULL. */
    void (*trace)(void *user, const char *line);
    void (*waits)(void *user, const struct retry_wait *wait);
    void *trace_user; /* for both */
};

/* Names of the APIs that can be read, NULL after the last; at most PORTAL_APIS. */
#define PORTAL_APIS 3
const char *portal_api_name(size_t i);

/* What is known of an API before it is asked. */
struct portal_traits {
    const char *audience; /* what a v2 token for it is asked for; a token is good for one alone */
    const char
        *person_scope;   /* below the audience, for a person; NULL: it takes no person's tokens */
    bool has_publishers; /* it lists the offers of one publisher after the other */
    bool lists_changes;  /* its list has the time of each change */
    bool cannot_see_delisted; /* its records do not tell what was delisted: a witness does */
    bool lacks_new_offers;    /* what was made in Partner Center is not in it */
};
/* Of a name that is no API's: all NULL and false. */
const struct portal_traits *portal_traits(const char *api);

/* The API that is read where none is named, the one that is asked whether an offer of another was
 * delisted, and the one that has configure jobs. */
const char *portal_default_api(void);
const char *portal_witness_api(void);
const char *portal_jobs_api(void);

/* The API that a token is for, by what it says of itself; NULL where it is no JWT, or for another.
 */
const char *portal_token_api(const char *token);

/* The API that a token of this audience is for, NULL where it is for another. */
const char *portal_audience_api(const char *audience);

/* What people call it: "Partner Center ingestion API"; NULL for an unknown API. */
const char *portal_api_title(const char *api);

/* The endpoint an API has when none is given, or NULL for an unknown API. */
const char *portal_default_endpoint(const char *api);

/* An endpoint must be https, or http on loopback, without user, query and fragment.  ERR_USAGE
 * otherwise.  *loopback: whether it is on this machine. */
int portal_check_endpoint(const char *endpoint, bool *loopback, struct error *err);

/* 0, or -1 with *err set and *out untouched.  Strings are copied. */
int portal_open(const struct portal_options *options, struct portal **out, struct error *err);
void portal_close(struct portal *p); /* NULL is fine */

/* Another run begins: the budget of options.budget_ms is whole again. */
void portal_begin_run(struct portal *p);

/* When the service wants to be asked again at the earliest, by what it answered since the run has
 * begun (Retry-After), by the transport's clock; 0: it said nothing. */
int64_t portal_not_before_ms(const struct portal *p);

/* When the Graph API is asked for its word on an offer of another API. */
enum witness {
    WITNESS_AUTO, /* where the offer's own API leaves open whether it was delisted */
    WITNESS_ALWAYS,
    WITNESS_NEVER
};

/* The states (bits of enum offer_state) that an offer can turn out to have once it is read, by what
 * the list of its API shows of it. */
unsigned portal_possible_states(const struct offer *listed, enum witness witness);

struct portal_query {
    const char *const *publishers; /* ids; none: every publisher of the account is asked */
    size_t publisher_count;
    enum read_depth depth;
    size_t limit; /* the first so many that the sink takes are enough; 0: all are wanted */
    /* Nothing but the offers of these ids is wanted: an API that can look one up is not asked for
     * its whole list, unless there is none of that id.  None: the list. */
    const char *const *ids;
    size_t id_count;
    bool merge; /* one record an offer, with its sources; several portals imply it
                 */
    enum witness witness;
    struct portal *graph; /* who is asked then; NULL: no one */
};

/* Where a read goes.  Offers come in the server's order, publisher by publisher, each as soon as it
 * and all before it are known; the records live until the call returns.  A callback that returns -1
 * with *err set ends the read with that error. */
struct portal_sink {
    void *user;
    /* Is an offer of the list wanted?  SELECTED_IF_UNIQUE puts it off until every list was read;
     * then select_by_unique_name says which of the other answers it is.  The list may still break
     * off and be read again, so that nothing may be remembered here.  Of several portals, an offer
     * is wanted when one of its records is, and not when one of them is SELECTED_NEVER. */
    enum selected (*select)(void *user, const struct offer *o);
    enum selected (*select_by_unique_name)(void *user, const struct offer *o);
    /* Once every list was read, and in their order: an offer that stands in one, wanted or not (all
     * that its list has but steps and notes).  NULL: not of interest, and not kept for it. */
    void (*seen)(void *user, const struct offer *o);
    int (*offer)(void *user, const struct offer *o, struct error *err);
    /* Whether as many offers were taken as the limit asks for, so that no further one is read.
     * NULL: every offer that was given is taken. */
    bool (*full)(void *user);
    /* At the end: the limit left out offers that were wanted.  May be NULL. */
    void (*limited)(void *user);
    /* The list broke off and is read again: forget every offer given so far, none of them counts as
     * read.  False where some were written already; then the list is not read again. */
    bool (*forget)(void *user);
    /* Something could not be read; publisher and offer may be NULL. */
    int (*problem)(void *user, const struct error *problem, const char *publisher,
                   const char *offer, struct error *err);
    /* An API refuses the account as a whole: 403 to its first list, which *why says, or it has no
     * publisher of the account (why NULL).  It may be called more than once.  NULL: a refusal is a
     * problem, and having no publisher is none. */
    void (*not_there)(void *user, const char *api, const struct error *why);
    /* For the tally, and besides the problem: an offer that was wanted could not be read (its ids,
     * NULL where not even those could), or a list was not read whole, so that it is not known how
     * many more there are.  Both may be NULL. */
    void (*unread)(void *user, const char *publisher, const char *offer);
    void (*list_broken)(void *user);
    void (*progress)(void *user, size_t done, size_t total);
    /* Something a reader of the result should know, and that leaves it whole. */
    void (*notice)(void *user, enum message_level level, const struct error *what);
};

/* Read offers.  What cannot be read goes to sink->problem and the rest goes on; -1 with *err
 * only when the read as a whole had to end (a sink's own error, no memory).  The portals (at least
 * one, all on one transport) are read side by side; of several, offers of one id become one, as
 * offer_merge does it, and limit is not looked at. */
int portal_read(struct portal *const *portals, size_t count, const struct portal_query *query,
                const struct portal_sink *sink, struct error *err);

/* One page as it came; it lives until the call returns. */
typedef int (*portal_page)(void *user, const char *data, size_t len, struct error *err);

/* GET path: below the API's own path, or below the endpoint where it begins with a slash; the
 * version that each call of an API needs is added where it is missing.  With paginate the pages
 * after it follow.  -1 with *err: ERR_USAGE when path leads to another origin. */
int portal_get(struct portal *p, const char *path, bool paginate, portal_page give, void *user,
               struct error *err);

/* Read the status of a configure job into report's events.  ERR_USAGE where the API has no jobs. */
int portal_job(struct portal *p, const char *id, struct report *report, struct error *err);

/* Whether the API knows publishers, and lists their offers one by one. */
bool portal_has_publishers(const struct portal *p);

/* One cheap request that shows whether the token is accepted.  -1 with *err where it is not, or
 * could not be asked. */
int portal_probe(struct portal *p, struct error *err);

/* Read the publishers of the account into report (publishers, problems).  -1 as above. */
int portal_publishers(struct portal *p, struct report *report, struct error *err);

#endif
