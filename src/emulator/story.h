/* story.h - what has happened to an offer, without the words of any API. */
#ifndef EMULATOR_STORY_H
#define EMULATOR_STORY_H

#include "product.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#define STORY_ID_MAX 24

/* How far the newest submission is, as far as it is not live. */
enum phase {
    PHASE_NONE,          /* there is none beside what is live */
    PHASE_CHECKING,      /* in the first step; the APIs do not call this submitted yet */
    PHASE_STOPPED,       /* rejected by the first step */
    PHASE_SUBMITTED,     /* on the way to the preview */
    PHASE_FAILED,        /* failed on the way to the preview */
    PHASE_NOT_CERTIFIED, /* refused by a review of Microsoft, before or after the preview */
    PHASE_READY,         /* the preview waits for the publisher's sign-off */
    PHASE_GOING_LIVE,
    PHASE_NOT_LIVE, /* failed after the sign-off */
    PHASE_CANCELED
};

struct story {
    bool live;        /* something is in production */
    bool delisted;    /* something was, and has been taken down */
    enum phase phase; /* of the newest submission */
    bool signed_off;
    char live_id[STORY_ID_MAX], id[STORY_ID_MAX]; /* of the live and of the newest submission */
    unsigned long live_release, release;
    int64_t live_ms, begun_ms; /* when the one went live, and when the other was submitted */
};

struct story story_of(const struct product *p);

/* How far a step of an offer is. */
enum progress {
    STEP_WAITING,  /* not begun */
    STEP_WORKING,  /* under way, or held up */
    STEP_SIGN_OFF, /* the publisher has to sign off */
    STEP_DONE,
    STEP_REJECTED
};

enum progress step_progress(const cJSON *step);
bool step_is_sign_off(const cJSON *step);
bool step_is_rejected(const cJSON *step);

#endif
