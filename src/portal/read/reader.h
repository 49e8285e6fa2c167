/* reader.h - one read: its lists and its offers.  Shared by the files of this folder. */
#ifndef READ_READER_H
#define READ_READER_H

#include "api/api.h"
#include "api/offer_read.h"

/* What a list contains. */
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
    struct offer_read **page; /* where the current page begins */
    struct sighting *seen, **last_seen, **seen_on_page;
    struct arena sightings;
    struct offer_read *unstarted;   /* the first offer that is not started yet; they start once the
                                       list is complete */
    struct report element_problems; /* reported once the list is complete */
    size_t element_problems_before; /* of earlier pages */
    size_t broken, broken_before;   /* elements that are no offers */
    size_t elements, elements_before;
    size_t pages_read; /* pages that were read to their end */
    bool streamed;     /* offers went to the sink while the list was still arriving */
    bool closed;       /* complete, or given up */
    bool ready; /* closed, as are all lists that may have the same products: its offers may start */
    struct error *failure; /* why it is not complete; NULL: it is */
    struct error *ended;   /* it ended at a page that does not exist; NULL: with its last page */
    bool reported;         /* its problems were reported */
};

/* An offer that went to the sink, kept when a different API may refuse the same one. */
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
    size_t open_lists;     /* lists, or the list of publishers, that have not ended */
    size_t running;        /* offers started and not done */
    size_t started;        /* offers in all */
    size_t total;          /* offers that are wanted: each is counted in one of the next three */
    size_t given;          /* to the sink */
    size_t lost;           /* reported as a problem */
    size_t elsewhere;      /* this API refuses their type, and a different one delivered them */
    size_t finished;
    size_t passed_on; /* offers that were started and passed on */
    size_t may_start; /* with a limit: start at most so many until all of them are passed on */
    bool full;        /* the limit is reached: what is left is not read */
    bool merges;      /* records of several APIs become one offer */
    bool wait_for_all_lists; /* nothing is passed on before all lists are whole */
    struct report account;   /* the account's publishers, when none was named */
    struct portal *publishers_of;
    struct arena scratch;            /* of one element */
    bool witness_asked, witness_off; /* witness_off: there is no sign-in for it */
    struct error failure;
    bool failed;
    bool lists_done; /* every list has ended, and duplicates and selection are done */
    /* Refused because of their type; reported after all others. */
    struct offer_read *refused, **last_refused;
    struct delivered *delivered;
    struct arena kept;                           /* of delivered offers */
    struct offer_read *answered, *last_answered; /* answered by their own API, oldest first */
};

/* reader.c */
void read_abort(struct reader *r, const struct error *err);
void read_no_memory(struct reader *r);
/* Give a problem to the sink, with the API's name when several are read. */
void read_problem(struct reader *r, const struct portal_api *api, const struct error *problem,
                  const char *publisher, const char *offer);
/* Report to the sink that an API refuses the account as a whole; false when it has no callback for
 * that. */
bool read_not_there(struct reader *r, const struct portal_api *api, const struct error *why);
/* For the tally; either id may be NULL. */
void read_unread(struct reader *r, const char *publisher, const char *offer);
void read_list_broken(struct reader *r);
/* A read of this offer, which is copied to an arena of its own; NULL without memory. */
struct offer_read *read_new_offer(struct reader *r, struct portal *p, const struct offer *o);
/* No more is asked about an offer: put it into the order. */
void read_finish(struct offer_read *read);

/* account.c: where each offer that was wanted has gone. */
/* Pass on an offer: its own API has answered in full, and every offer before it is passed on. */
void read_pass_on(struct offer_read *read);
/* At the end: report what was refused because of its type, and check the sum. */
void read_account(struct reader *r);

/* listing.c */
/* Put "offers of contoso" in front of an error's text. */
void listing_wrap(const struct listing *listing, struct error *err);
/* The publisher that its offers belong to; NULL in APIs without publishers. */
const char *listing_publisher(const struct listing *listing);
/* What pages_start calls for a list; `user` is the listing. */
/* Whether an offer with this answer counts in reader.total.  Others are kept only when a different
 * API's record of the same offer may select them. */
bool listing_counts(enum selected selected);
int listing_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                       struct error *err);
int listing_on_restart(void *user);
void listing_on_page(void *user);
/* Give the sink what the list has shown, once every list was read. */
void listing_report_seen(struct listing *listing);
/* Report the problems of single elements, once the list has ended. */
void listing_report_broken(struct listing *listing);
/* Free the reads from *from on. */
void listing_drop_reads(struct listing *listing, struct offer_read **from);

/* list_plan.c */
int lists_begin(struct reader *r, struct portal *p, struct error *err);
/* Report, once, why a list that has ended is not complete, and which of its elements are broken. */
void lists_report(struct listing *listing);
void lists_clear(struct reader *r);

/* duplicates.c: of products of this API that were listed more than once keep the first. */
void drop_duplicates(struct reader *r, const struct portal *p);
void note_same_ids(struct reader *r);

/* same_offer.c: once all lists are complete, what selects or refuses one record of an offer holds
 * for the records of the other APIs. */
void select_whole_offers(struct reader *r);

/* witness.c */
/* Ask the Graph API about an offer that its own API has read, if that is wanted.  True when it was
 * asked: offer_read_answered of read->witness will follow. */
bool witness_begin(struct offer_read *read);
/* Its answer has come: apply it to the offer. */
void witness_end(struct offer_read *read);

/* merge.c: a sink that merges the records of an offer and passes them to a second sink. */
struct merge;
struct merge *merge_open(const struct portal_sink *to, struct portal_sink *sink, struct error *err);
/* Merge what was collected and pass it on. */
int merge_finish(struct merge *m, struct error *err);
void merge_close(struct merge *m); /* NULL is fine */

#endif
