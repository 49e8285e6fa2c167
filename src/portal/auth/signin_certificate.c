/* signin_certificate.c - a token for the application, by an assertion that is signed with its own
 * key. */
#include "auth/source.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"

#include <stdio.h>

static enum source_state certificate_look(const struct signin *s, struct error *err)
{
    int64_t end_ms;

    if (s->options.certificate == NULL) {
        error_set(err, ERR_AUTH, "AZURE_CLIENT_CERTIFICATE_PATH is not set");
        return SOURCE_ABSENT;
    }
    if (!signin_has_client(s, err)) {
        return SOURCE_ABSENT;
    }
    if (jwt_certificate_end(s->options.certificate, &end_ms, err) != 0) {
        return SOURCE_USELESS;
    }
    if (end_ms <= signin_now_ms(s)) {
        char day[TIMESTAMP_MAX];
        timestamp_format(end_ms, day);
        error_set(err, ERR_AUTH, "%s: the certificate has expired on %.10s", s->options.certificate,
                  day);
        return SOURCE_USELESS;
    }
    return SOURCE_THERE;
}

static int certificate_get_token(struct signin *s, struct token *out, struct error *err)
{
    const struct oauth_client client = signin_client(s);
    struct strbuf endpoint = STRBUF_INIT(4096);
    char *assertion = NULL;
    int rc = SOURCE_REFUSED;

    (void)out;
    oauth_url(&endpoint, s, s->options.tenant, "token");
    if (endpoint.failed) {
        error_memory(err);
    } else if (jwt_assertion(s->options.certificate, s->options.client_id, strbuf_text(&endpoint),
                             signin_now_ms(s), &assertion, err) == 0) {
        rc = oauth_assertion_token(s, &client, assertion, err);
    } else if (err->code == ERR_AUTH) { /* the file has changed since it was looked at */
        rc = SOURCE_SKIPPED;
    }
    secret_free(assertion);
    strbuf_clear(&endpoint);
    return rc;
}

static void certificate_origin(const struct signin *s, char *out, size_t size)
{
    snprintf(out, size, "%s", s->options.certificate);
}

const struct signin_method signin_certificate = { .name = "certificate",
                                                  .look = certificate_look,
                                                  .get = certificate_get_token,
                                                  .origin = certificate_origin,
                                                  .client = signin_client,
                                                  .renews = true };
