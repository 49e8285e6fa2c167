/* cpp_read.h - one offer while it is read from the Cloud Partner Portal. */
#ifndef API_CPP_READ_H
#define API_CPP_READ_H

#include "api/api.h"
#include "api/offer_read.h"
#include "offerstat/cpp_rules.h"

#define CPP_VERSION "api-version=2017-10-31"
#define CPP_QUERY "?" CPP_VERSION

enum { REQUEST_STATUS, REQUEST_PRODUCTION, REQUEST_PREVIEW, REQUEST_SUBMISSIONS, REQUEST_COUNT };

/* One request about one offer, and its answer. */
struct cpp_get {
    struct cpp_read *owner;
    int kind;
    bool answered;     /* an element came that could be read */
    struct offer part; /* the answer's part of the record */
    const char *status;
    struct cpp_submission *submissions; /* in the offer's arena */
    size_t submission_count;
    struct error *failure; /* in the offer's arena */
};

/* What the backend keeps of an offer while it is read. */
struct cpp_read {
    struct offer_read *read;
    struct cpp_facts facts;
    const char *listed_status; /* the list's word */
    struct cpp_get gets[REQUEST_COUNT];
    unsigned in_flight;
};

/* Append "/publishers/ID/offers". */
void cpp_offers_path(struct strbuf *url, const char *publisher);

/* Start the requests of these bits of enum cpp_request.  0, or -1 with *err. */
int cpp_ask_for(struct cpp_read *c, unsigned needs, struct error *err);

/* Only an offer that was never published may have no /status; for any other this is a failure.  0,
 * or -1 without memory. */
int cpp_check_status(struct cpp_read *c, struct error *err);

/* Report the first failure, in the fixed order of the requests, so that a run says the same every
 * time.  0, or -1 without memory. */
int cpp_keep_first_failure(struct cpp_read *c);

#endif
