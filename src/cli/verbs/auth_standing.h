/* auth_standing.h - the status of the sign-in to an API, found by auth_status.c and printed by
 * auth_status_print.c. */
#ifndef VERBS_AUTH_STANDING_H
#define VERBS_AUTH_STANDING_H

#include "auth_findings.h"

#include "offerstat/error.h"
#include "offerstat/signin.h"

#include <stdbool.h>
#include <stddef.h>

struct settings;

#define SKIPPED_MAX 16

struct skipped {
    const char *source;
    struct error why;
};

/* What is known about the sign-in to one API. */
struct standing {
    const char *api;
    struct signin_status about; /* source NULL: there is no token, err says why */
    struct skipped skipped[SKIPPED_MAX];
    size_t skipped_count;
    struct auth_finding findings[AUTH_FINDINGS_MAX];
    size_t finding_count;
    bool past_source;       /* sources after it were not looked at */
    bool checked, accepted; /* the service was asked, and accepts the token */
    const char *advice;     /* what to do about its answer; NULL: no advice */
    bool has_publishers;    /* the API lists them, and listed so many */
    size_t publisher_count;
    bool absent;           /* no source has a token for it */
    struct error left_out; /* auto: the note in place of err, when other APIs can be read; no text:
                              it counts */
    struct error err;      /* of the sign-in, or of the check */
    int code;              /* the exit code */
};

/* For people.  Sources that were skipped for the same reasons as before (may be NULL) are not
 * printed again. */
void auth_print_standing(const struct standing *st, const struct standing *before);

/* For scripts: all in one document on stdout, in which `api` is the resolved --api.  Returns the
 * exit code: the worst one, or 70 without memory. */
int auth_print_document(const char *api, const struct standing *all, size_t count);

#endif
