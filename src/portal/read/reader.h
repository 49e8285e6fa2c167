/* reader.h - one read: its lists, its offers, and what goes on between them. */
#ifndef READ_READER_H
#define READ_READER_H

#include "api/api.h"
#include "api/offer_read.h"

/* What a list is a list of. */
enum list_kind {
    LIST_PUBLISHER, /* the offers of one publisher */
    LIST_ALL,       /* all products of the account */
    LIST_LOOKUP,    /* products of one offer id */
    LIST_TYPE       /* products of one type, where the service refuses to list all */
};

/* What a list has shown of an offer, wanted or not. */
struct sighting {
    struct sighting *next;
    struct offer offer;
};

struct listing {
    struct reader *reader;
    struct portal *portal;
    struct listing *next;
    enum list_kind kind;
    char *key; /* publisher, offer id or type; NULL for LIST_ALL */
    struct offer_read *first, **last;
    struct offer_read **page; /* where the page at hand begins */
    struct sighting *seen, **last_seen, **seen_on_page;
    struct arena sightings;
    struct offer_read *unstarted;   /* every offer before it was started, once the list is whole */
    struct report element_problems; /* reported once the list is whole */
    size_t element_problems_before; /* of the pages before this one */
    size_t broken, broken_before;   /* elements that are no offers */
    size_t elements, elements_before;
    size_t pages_read; /* pages that are whole */
    bool streamed;     /* offers went to the sink while the list still came */
    bool closed;       /* whole, or given up */
    bool ready; /* and so is every other list that may have the same products: its offers may start
                 */
    struct error *failure; /* why it is not whole; NULL: it is */
    struct error *ended;   /* by a page that is not there; NULL: by its last page */
    bool reported;         /* its problems */
};

/* An offer that went to the sink, where another API may refuse to give the same one. */
struct delivered {
    struct delivered *next;
    const char *product_id, *id;
};

struct reader {
    struct portal *const *portals;
    size_t portal_count;
    const struct portal_query *query;
    const struct portal_sink *sink;
    struct listing *first; /* in the order of the portals */
    size_t open_lists;     /* lists, or the list of publishers, still to come */
    size_t running;        /* offers started and not done */
    size_t started;        /* offers in all */
    size_t total;          /* offers that are wanted: each ends in one of the next three */
    size_t given;          /* to the sink */
    size_t lost;           /* reported as a problem */
    size_t elsewhere;      /* this API refuses their type, and another gave them */
    size_t finished;
    size_t passed_on;        /* offers that were started, and have gone */
    size_t may_start;        /* under a limit: not more than so many, until all of them have gone */
    bool full;               /* the limit is reached: what is left is not read */
    bool merges;             /* records of several APIs become one offer */
    bool wait_for_all_lists; /* nothing is passed on before all lists are whole */
    struct report account;   /* the account's publishers, where none was named */
    struct portal *publishers_of;
    struct arena scratch;            /* of one element */
    bool witness_asked, witness_off; /* off: there is no sign-in for it */
    struct error failure;
    bool failed;
    bool lists_done; /* every list has ended, and what follows from that is done */
    struct offer_read *refused, **last_refused; /* for their type: reported after all others */
    struct delivered *delivered;
    struct arena kept;                           /* of those */
    struct offer_read *answered, *last_answered; /* by their own API, oldest first */
};

/* reader.c */
void read_abort(struct reader *r, const struct error *err);
void read_no_memory(struct reader *r);
/* Hand it to the sink; where several APIs are read, with the name of the one. */
void read_problem(struct reader *r, const struct portal_api *api, const struct error *problem,
                  const char *publisher, const char *offer);
/* Tell the sink that an API refuses the account as a whole; false where it does not want to know.
 */
bool read_not_there(struct reader *r, const struct portal_api *api, const struct error *why);
/* For the tally; either id may be NULL. */
void read_unread(struct reader *r, const char *publisher, const char *offer);
void read_list_broken(struct reader *r);
/* The read of this offer, which is copied to an arena of its own; NULL without memory. */
struct offer_read *read_new_offer(struct reader *r, struct portal *p, const struct offer *o);
/* Nothing more is asked about an offer. */
void read_finish(struct offer_read *read);

/* account.c: where each offer that was wanted has gone. */
/* The offer's own API has answered in full, and every offer before it has gone to the sink. */
void read_pass_on(struct offer_read *read);
/* Once nothing is under way: what was refused for its type, and whether the sum comes out. */
void read_account(struct reader *r);

/* listing.c */
/* Put "offers of contoso" in front of an error's story. */
void listing_wrap(const struct listing *listing, struct error *err);
/* The publisher that an offer belongs to; APIs without publishers know the account alone. */
const char *listing_publisher(const struct listing *listing);
/* What pages_start calls for a list; `user` is the listing. */
/* Whether such an offer is one of reader.total.  The others are kept where another API's record of
 * the same offer may select them. */
bool listing_counts(enum selected selected);
int listing_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                       struct error *err);
int listing_on_restart(void *user);
void listing_on_page(void *user);
/* Tell the sink what the list has shown, once every list was read. */
void listing_tell_seen(struct listing *listing);
/* The problems of single elements, once the list has ended. */
void listing_report_broken(struct listing *listing);
/* Forget the offers from *from on. */
void listing_drop_reads(struct listing *listing, struct offer_read **from);

/* list_plan.c */
int lists_begin(struct reader *r, struct portal *p, struct error *err);
/* Why a list that has ended is not whole, and which of its elements are broken; once. */
void lists_report(struct listing *listing);
void lists_clear(struct reader *r);

/* duplicates.c: of products of this API that were listed more than once keep the first. */
void drop_duplicates(struct reader *r, const struct portal *p);
void note_same_ids(struct reader *r);

/* same_offer.c: once all lists are whole, what selects or refuses one record of an offer does so
 * with those of the other APIs. */
void select_whole_offers(struct reader *r);

/* witness.c */
/* Ask the Graph API about an offer that its own API has read, where that is wanted: true when it is
 * on its way, and offer_read_answered of read->witness will come. */
bool witness_begin(struct offer_read *read);
/* Its word is here: it goes into the offer. */
void witness_end(struct offer_read *read);

/* merge.c: a sink in front of another that makes one offer of those with one id. */
struct merge;
struct merge *merge_open(const struct portal_sink *to, struct portal_sink *sink, struct error *err);
/* Pass on what was gathered. */
int merge_finish(struct merge *m, struct error *err);
void merge_close(struct merge *m); /* NULL is fine */

#endif
