/* wait_run.h - one run of `wait`, as its files share it. */
#ifndef CLI_WAIT_RUN_H
#define CLI_WAIT_RUN_H

#include "wait_notify.h"
#include "wait_offers.h"

#include "offerstat/wait_schedule.h"

struct wait_run {
    struct offers_session *session;
    struct settings *settings; /* the session's, for the deadline to be set in */
    struct wait_policy policy;
    struct wait_schedule schedule;
    struct wait_offers offers;
    struct wait_notifier notifier;
    int64_t began_ms, deadline_ms; /* by the transport's clock; deadline 0: none */
    int64_t next_look_ms;          /* the same; 0: it is under way */
    int last_code;                 /* of the last look that was not cut off */
    bool complete;                 /* it could read all that it asked for */
    struct error problem;          /* the last one; ERR_NONE: there was none */
    char api[64];     /* that was read last, where that is another name than the one asked for */
    int code, signal; /* the end */
    bool by_offer;    /* it is an offer that has decided */
};

#endif
