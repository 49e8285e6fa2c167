/* ingestion_read.h - one product while it is read from Partner Center. */
#ifndef API_INGESTION_READ_H
#define API_INGESTION_READ_H

#include "api/api.h"
#include "api/ingestion_decode.h"
#include "api/offer_read.h"

enum answer { UNASKED, ASKED, GIVEN, FAILED };

/* What the backend keeps of an offer while it is read. */
struct ingestion_read {
    struct offer_read *read;
    struct ingestion_facts facts;
    size_t submission_count; /* for `history`: how many, once all are known */
    enum answer submissions, workflow, validations;
    const struct message *messages; /* of the validations */
    size_t message_count;
    struct error *workflow_error, *validations_error; /* why these optional answers are missing */
    unsigned in_flight;
};

/* ingestion_read.c: queue a request.  Its answer goes into *c, and then offer_read_step is called.
 * 0, or -1 with *err. */

int ingestion_ask_submissions(struct ingestion_read *c, struct error *err);

/* For one submission.  *answer is updated with the state of the request: c->workflow, or NULL when
 * this answer alone decides nothing. */
int ingestion_ask_workflow(struct ingestion_read *c, const char *submission, enum answer *answer,
                           struct error *err);
int ingestion_ask_validations(struct ingestion_read *c, const char *submission, struct error *err);

/* ingestion_record.c */

/* "InProgress/InDraft, Create/Failed", with the update unless it was simply completed.  In the
 * arena; NULL without memory. */
const char *ingestion_raw_status(const struct ingestion_submission *s, struct arena *a);

/* Make the offer's record once every answer is there.  0, or -1 without memory. */
int ingestion_fill_record(struct ingestion_read *c);

#endif
