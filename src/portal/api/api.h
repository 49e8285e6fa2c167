/* api.h - the description of an API, and what reader and backends share. */
#ifndef API_API_H
#define API_API_H

#include "http/fetch.h"
#include "offerstat/offer_build.h"
#include "offerstat/portal.h"
#include "rest/json_get.h"
#include "rest/pages.h"

struct offer_read; /* api/offer_read.h */

struct portal {
    const struct portal_api *api;
    char *endpoint; /* without a slash at its end */
    char *header;   /* sent with every request, or NULL */
    struct fetcher fetcher;
    int64_t budget_ms;
    struct signin *signin; /* borrowed */
};

/* All that distinguishes the APIs: each is a row in api.c, and its own file. */
struct portal_api {
    const char *name, *title, *endpoint;
    struct portal_traits traits;
    const char *application_id; /* which may be a token's audience, too; NULL: none */
    unsigned witness_rank;      /* how much it is trusted about an offer; 1 is the most */
    bool takes_seller_id;       /* sends x-ms-publisherId if the user gives one */
    const char *base;           /* path of all its URLs, below the endpoint */
    const char *version;        /* "name=value" that every query has, or NULL */
    /* Append a URL below that path.  An API with publishers lists the offers of one; others have
     * one list of products.  NULL: it has no such URL. */
    void (*publishers_url)(struct strbuf *url);
    void (*list_url)(struct strbuf *url, const char *publisher);
    void (*lookup_url)(struct strbuf *url, const char *offer_id);
    void (*type_url)(struct strbuf *url, const char *type);
    /* Types that are listed one by one with type_url when the service refuses the plain list; NULL
     * after the last. */
    const char *const *types;
    size_t types_recorded; /* how many of them, from the first, occur in recorded answers */
    /* Whether an error to type_url says that there is no such type.  NULL where types is. */
    bool (*is_no_such_type)(const struct error *err);
    bool pages;      /* lists come in pages */
    bool end_is_404; /* as in struct pages */
    /* The members that read_offer reads, NULL after the last. */
    const char *const *list_members;
    /* Read one element; texts may point into item or the arena.  -1 with *err, and the id is set if
     * it could be read. */
    int (*read_publisher)(const cJSON *item, struct arena *a, struct publisher *out,
                          struct error *err);
    int (*read_offer)(const cJSON *item, enum read_depth depth, const char *publisher,
                      struct arena *a, struct offer *out, struct error *err);
    /* When more than the list is read: make the next requests of an offer; once nothing is missing,
     * fill its record and call offer_read_answered.  -1 with *err when the read as a whole has to
     * end. */
    int (*advance)(struct offer_read *read, struct error *err);
    /* The states (bits) that an offer may have once it is read, by what the list shows; NULL:
     * all. */
    unsigned (*possible_states)(const struct offer *listed);
    /* Whether this API cannot show if the offer, which was read, has been delisted.  NULL: it
     * can. */
    bool (*leaves_open)(const struct offer_read *read);
    /* A configure job by its id, and reading it; NULL: this API has none. */
    void (*job_url)(struct strbuf *url, const char *id);
    int (*read_job)(const cJSON *item, struct arena *a, struct event *out, struct error *err);
    /* Whether an error says that the API does not have offers of this type.  NULL: never. */
    bool (*is_foreign)(const struct error *err);
};

extern const struct portal_api api_cpp, api_ingestion, api_graph;

const struct portal_api *portal_find_api(const char *name); /* NULL: there is none */
const struct portal_api *portal_find_jobs(void);            /* the one that has jobs */

/* An API's record of an offer, for offer_merge. */
struct testimony portal_testimony(const struct portal_api *api, const struct offer *o);

/* Append the endpoint and the API's path. */
void portal_url(const struct portal *p, struct strbuf *url);

/* publishers.c: read the account's publishers into report (publishers, problems, read), then call
 * done; failure is NULL unless the read has to end (no memory). */
int publishers_start(struct portal *p, struct report *report,
                     void (*done)(void *user, const struct error *failure), void *user,
                     struct error *err);

#endif
