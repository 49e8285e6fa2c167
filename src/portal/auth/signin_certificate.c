/* signin_certificate.c - an assertion that the client signs with its own key. */
#include "auth/source.h"
#include "offerstat/secret.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"

static enum source_state look(const struct signin *s, struct error *err)
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

static int get_token(struct signin *s, struct token *out, struct error *err)
{
    struct strbuf endpoint = STRBUF_INIT(4096);
    char *assertion = NULL;
    int rc;

    oauth_url(&endpoint, s, s->options.tenant, "token");
    rc = endpoint.failed ? error_memory(err)
                         : jwt_assertion(s->options.certificate, s->options.client_id,
                                         strbuf_text(&endpoint), signin_now_ms(s), &assertion, err);
    if (rc != 0) {
        rc = err->code == ERR_AUTH ? 1 : -1; /* the file is of no use */
    } else {
        rc = oauth_assertion_token(s, assertion, out, err);
    }
    secret_free(assertion);
    strbuf_clear(&endpoint);
    return rc;
}

const struct signin_method signin_certificate = {
    .name = "certificate", .look = look, .get = get_token, .renews = true
};
