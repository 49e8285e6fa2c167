/* wait_run.h - one run of `wait`, shared by its files. */
#ifndef WAITING_WAIT_RUN_H
#define WAITING_WAIT_RUN_H

#include "wait_notify.h"
#include "wait_offers.h"

#include "offerstat/wait_schedule.h"

struct wait_run {
    struct offers_session *session;
    struct settings *settings; /* the session's, in which the deadline is set */
    struct wait_policy policy;
    struct wait_schedule schedule;
    struct wait_offers offers;
    struct wait_notifier notifier;
    int64_t began_ms, deadline_ms; /* by the transport's clock; deadline 0: none */
    int64_t next_read_ms;          /* the same; 0: a read is under way */
    int last_code;                 /* of the last read that was not cut off */
    bool complete;                 /* that read could read all that it asked for */
    struct error problem;          /* the latest; ERR_NONE: none */
    char api[64];                  /* that was read last, when it differs from the one asked for */
    int code, signal;              /* the end */
    bool by_offer;                 /* an offer has decided the code */
};

#endif
