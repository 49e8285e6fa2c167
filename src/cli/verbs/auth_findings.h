/* auth_findings.h - what is wrong with a token for the API that is to be read. */
#ifndef VERBS_AUTH_FINDINGS_H
#define VERBS_AUTH_FINDINGS_H

#include "offerstat/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct signin_status;

#define AUTH_FINDINGS_MAX 5

struct auth_finding {
    const char *code; /* for machines: audience, expired, not_yet_valid, scope, certificate */
    bool is_fatal;    /* the API cannot accept the token; otherwise a matter of time */
    struct error text, advice;
};

/* Returns how many findings there are, the worst first. */
size_t auth_find(const struct signin_status *about, const char *api, int64_t now_ms,
                 struct auth_finding out[AUTH_FINDINGS_MAX]);

/* What to do when the API has answered the token with this HTTP status, in English (marked for
 * translation); NULL: no advice. */
const char *auth_advice_on_status(const struct signin_status *about, const char *api, long http,
                                  int64_t now_ms);

#endif
