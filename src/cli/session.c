/* session.c - a token, a transport and a portal, opened and closed together. */
#include "cli.h"

#include "offerstat/portal.h"
#include "offerstat/token.h"
#include "offerstat/transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define RUN_BUDGET_MS (INT64_C(10) * 60 * 1000)

struct session {
    struct transport *transport;
    struct portal *portal;
};

/* No core file while a secret is held. */
static void forbid_core(void)
{
    const struct rlimit none = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &none);
}

static int find_token(const struct settings *s, char **out, struct error *err)
{
    forbid_core();
    if (s->token != NULL) {
        if (token_check(s->token, "OFFERSTAT_TOKEN", err) != 0) {
            return -1;
        }
        *out = strdup(s->token);
        return *out != NULL ? 0 : error_memory(err);
    }
    if (s->token_file != NULL) {
        return token_read_file(s->token_file, out, err);
    }
    return error_set(err, ERR_AUTH,
                     "no token: set OFFERSTAT_TOKEN or --token-file FILE, for example with `az "
                     "account get-access-token --resource https://cloudpartner.azure.com --query "
                     "accessToken -o tsv`");
}

static const char *env_text(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && *value != '\0' ? value : NULL;
}

/* While nothing comes in, what is known goes out. */
static void tick(void *user)
{
    (void)fflush(stdout); /* a failure stays in the stream and is told by whoever writes next */
    progress_tick(user);
}

static int open_transport(const struct settings *s, const char *token, struct transport **out,
                          struct error *err)
{
    const char *endpoint = s->endpoint != NULL ? s->endpoint : portal_default_endpoint(s->api);
    struct transport_options options = { .user_agent = "offerstat/" OFFERSTAT_VERSION,
                                         .token = token,
                                         /* the curl tool reads these two, the library does not */
                                         .ca_file = env_text("SSL_CERT_FILE"),
                                         .ca_path = env_text("SSL_CERT_DIR"),
                                         .jobs = s->jobs,
                                         .connect_timeout_ms = (long)s->connect_timeout_ms,
                                         .stall_timeout_ms = (long)s->stall_timeout_ms,
                                         .request_timeout_ms = (long)s->request_timeout_ms,
                                         .tick = tick };

    if (portal_check_endpoint(endpoint, &options.direct, err) != 0) {
        return -1;
    }
    return transport_curl_open(&options, out, err);
}

int session_open(const struct settings *s, struct session **out, struct error *err)
{
    struct session *session = calloc(1, sizeof(*session));
    struct portal_options options = { .api = s->api,
                                      .endpoint = s->endpoint,
                                      .retries = s->retries,
                                      .budget_ms = RUN_BUDGET_MS,
                                      .trace = s->debug ? say_trace : NULL };
    char *token = NULL;
    int rc = -1;

    if (session == NULL) {
        return error_memory(err);
    }
    progress_setup(!s->no_progress && !s->quiet);
    if (find_token(s, &token, err) != 0 ||
        open_transport(s, token, &session->transport, err) != 0) {
        goto done;
    }
    options.transport = session->transport;
    if (portal_open(&options, &session->portal, err) != 0) {
        goto done;
    }
    *out = session;
    session = NULL;
    rc = 0;
done:
    secret_free(token);
    session_close(session);
    return rc;
}

struct portal *session_portal(struct session *session)
{
    return session->portal;
}

void session_close(struct session *session)
{
    if (session != NULL) {
        portal_close(session->portal);
        if (session->transport != NULL) {
            session->transport->close(session->transport);
        }
        free(session);
    }
}
