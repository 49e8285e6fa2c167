/* auth_findings.c - a token's own claims compared with what the API wants.  The service has the
 * last word: a missing role is known to it alone. */
#include "auth_findings.h"

#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

#define SKEW_MS (INT64_C(5) * 60 * 1000) /* clocks may differ by this much */
#define WARN_MS (INT64_C(30) * 24 * 3600 * 1000)

/* Add a finding and return it to be filled. */
static struct auth_finding *add(struct auth_finding *all, size_t *count, const char *code,
                                bool is_fatal)
{
    struct auth_finding *finding = &all[(*count)++];

    *finding = (struct auth_finding){ .code = code, .is_fatal = is_fatal };
    return finding;
}

static void find_audience(const struct signin_status *about, const char *api,
                          struct auth_finding *all, size_t *count)
{
    const char *named = portal_audience_api(about->audience);
    struct auth_finding *finding;

    if (about->audience[0] == '\0' || (named != NULL && strcmp(named, api) == 0)) {
        return;
    }
    finding = add(all, count, "audience", true);
    error_set(&finding->text, ERR_AUTH, "the token is for %s, but the %s API accepts %s",
              about->audience, api, portal_traits(api)->audience);
    if (named != NULL) {
        error_set(&finding->advice, ERR_AUTH,
                  "read the API that it is for (--api %s), or get a token for %s", named,
                  portal_traits(api)->audience);
    } else {
        error_set(&finding->advice, ERR_AUTH,
                  "get a token for it: az account get-access-token --resource %s",
                  portal_traits(api)->audience);
    }
}

static void find_times(const struct signin_status *about, int64_t now_ms, struct auth_finding *all,
                       size_t *count)
{
    char at[TIMESTAMP_MAX];
    struct auth_finding *finding;

    if (about->expires_ms != 0 && about->expires_ms <= now_ms) {
        timestamp_format(about->expires_ms, at);
        finding = add(all, count, "expired", true);
        error_set(&finding->text, ERR_AUTH, "the token has expired at %s", at);
        error_set(&finding->advice, ERR_AUTH,
                  "get a new one; if it is new, this machine's clock is wrong");
    } else if (about->starts_ms > now_ms + SKEW_MS) {
        timestamp_format(about->starts_ms, at);
        finding = add(all, count, "not_yet_valid", true);
        error_set(&finding->text, ERR_AUTH, "the token is not valid before %s", at);
        error_set(&finding->advice, ERR_AUTH, "check this machine's clock");
    }
}

static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; (at = strstr(at, word)) != NULL; at += len) {
        if ((at == words || at[-1] == ' ') && (at[len] == ' ' || at[len] == '\0')) {
            return true;
        }
    }
    return false;
}

/* For a person's token; an application's has roles in place of scopes. */
static void find_scope(const struct signin_status *about, const char *api, struct auth_finding *all,
                       size_t *count)
{
    const char *scope = portal_traits(api)->person_scope;
    struct auth_finding *finding;

    if (about->scopes[0] == '\0' || scope == NULL || scope[0] == '.' ||
        has_word(about->scopes, scope)) {
        return;
    }
    finding = add(all, count, "scope", true);
    error_set(&finding->text, ERR_AUTH, "the token lacks the scope %s", scope);
    error_set(&finding->advice, ERR_AUTH,
              "sign in by `offerstat auth login --api %s`, which asks for it", api);
}

static void find_certificate(const struct signin_status *about, int64_t now_ms,
                             struct auth_finding *all, size_t *count)
{
    struct auth_finding *finding;

    if (about->certificate_end_ms != 0 && about->certificate_end_ms - now_ms < WARN_MS) {
        finding = add(all, count, "certificate", false);
        error_set(&finding->text, ERR_AUTH, "the certificate expires within 30 days");
        error_set(&finding->advice, ERR_AUTH, "upload a new one in time");
    }
}

size_t auth_find(const struct signin_status *about, const char *api, int64_t now_ms,
                 struct auth_finding out[AUTH_FINDINGS_MAX])
{
    size_t count = 0;

    find_audience(about, api, out, &count);
    find_times(about, now_ms, out, &count);
    if (count == 0) { /* a token for a different API has different scopes */
        find_scope(about, api, out, &count);
    }
    find_certificate(about, now_ms, out, &count);
    return count;
}

const char *auth_advice_on_status(const struct signin_status *about, const char *api, long http,
                                  int64_t now_ms)
{
    struct auth_finding findings[AUTH_FINDINGS_MAX];

    if (http != 401 && http != 403) {
        return NULL;
    }
    if (auth_find(about, api, now_ms, findings) > 0 && findings[0].is_fatal) {
        return NULL; /* the finding says what to do */
    }
    if (http == 401 && about->audience[0] == '\0') {
        return N_(
            "the token is not accepted: it may have expired, be meant for a different API, or "
            "lack the Manager role in Partner Center");
    }
    /* The Cloud Partner Portal answers 401 also when a role is missing. */
    return N_("the token itself is valid: the application or user must be in Partner Center's user "
              "management, with the Manager role");
}
