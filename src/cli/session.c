/* session.c - transports, a sign-in and a portal, opened and closed together. */
#include "cli.h"

#include "offerstat/portal.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define RUN_BUDGET_MS (INT64_C(10) * 60 * 1000)

#define SIGNIN_TIMEOUT_MS (30L * 1000)
#define AZ_TIMEOUT_MS (INT64_C(20) * 1000)

struct session {
    struct transport *transport;
    struct strbuf login_file;
    struct transport *signin_transport; /* NULL: the token was given, nothing has to be asked */
    struct signin *signin;
    struct portal *portal;
};

/* No core file while a secret is held. */
static void forbid_core(void)
{
    const struct rlimit none = { 0, 0 };

    (void)setrlimit(RLIMIT_CORE, &none);
}

/* While nothing comes in, what is known goes out. */
static void tick(void *user)
{
    (void)fflush(stdout); /* a failure stays in the stream and is told by whoever writes next */
    progress_tick(user);
}

static int open_transports(const struct settings *s, struct session *session, struct error *err)
{
    struct transport_options options = { .user_agent = "offerstat/" OFFERSTAT_VERSION,
                                         /* the curl tool reads these two, the library does not */
                                         .ca_file = env_text("SSL_CERT_FILE"),
                                         .ca_path = env_text("SSL_CERT_DIR"),
                                         .jobs = s->jobs,
                                         .connect_timeout_ms = (long)s->connect_timeout_ms,
                                         .stall_timeout_ms = (long)s->stall_timeout_ms,
                                         .request_timeout_ms = (long)s->request_timeout_ms,
                                         .tick = tick };

    if (transport_curl_open(&options, &session->transport, err) != 0) {
        return -1;
    }
    if ((s->token != NULL || s->token_file != NULL) &&
        (s->auth == NULL || strcmp(s->auth, "auto") == 0 || strcmp(s->auth, "token") == 0)) {
        return 0;
    }
    options.jobs = 1;
    options.request_timeout_ms = SIGNIN_TIMEOUT_MS;
    return transport_curl_open(&options, &session->signin_transport, err);
}

static void say_useless_source(void *user, const char *text)
{
    (void)user;
    say_warning("%s", text);
}

static int open_signin(const struct settings *s, struct session *session, struct error *err)
{
    const char *client = s->client_id != NULL ? s->client_id : env_text("AZURE_CLIENT_ID");
    struct signin_options options = {
        .method = s->auth,
        .audience = signin_audience(s->api),
        .token = s->token,
        .token_file = s->token_file,
        .authority = s->authority != NULL ? s->authority : env_text("AZURE_AUTHORITY_HOST"),
        .tenant = env_text("AZURE_TENANT_ID"),
        .client_id = client,
        .client_secret = env_text("AZURE_CLIENT_SECRET"),
        .certificate = env_text("AZURE_CLIENT_CERTIFICATE_PATH"),
        .federated_file = env_text("AZURE_FEDERATED_TOKEN_FILE"),
        .login_file = strbuf_text(&session->login_file),
        .github_url = env_text("ACTIONS_ID_TOKEN_REQUEST_URL"),
        .github_token = env_text("ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
        .transport =
            session->signin_transport != NULL ? session->signin_transport : session->transport,
        .reader = session->transport,
        .retries = s->retries,
        .az_timeout_ms =
            s->request_timeout_ms < AZ_TIMEOUT_MS ? s->request_timeout_ms : AZ_TIMEOUT_MS,
        .warn = say_useless_source,
        .trace = s->debug ? say_trace : NULL
    };

    return signin_open(&options, &session->signin, err);
}

/* Beside the configuration; "" where there is no home. */
static int name_login_file(const struct settings *s, struct session *session, struct error *err)
{
    session->login_file = (struct strbuf)STRBUF_INIT(4096);
    (void)paths_login(&session->login_file, s->profile);
    return session->login_file.failed ? error_memory(err) : 0;
}

int session_open_signin(const struct settings *s, struct session **out, struct error *err)
{
    struct session *session = calloc(1, sizeof(*session));

    if (session == NULL) {
        (void)error_memory(err);
        return -1;
    }
    progress_setup(!s->no_progress && !s->quiet);
    forbid_core();
    if (name_login_file(s, session, err) != 0 || open_transports(s, session, err) != 0 ||
        open_signin(s, session, err) != 0) {
        session_close(session);
        return -1;
    }
    *out = session;
    return 0;
}

int session_open(const struct settings *s, struct session **out, struct error *err)
{
    struct portal_options options = { .api = s->api,
                                      .endpoint = s->endpoint,
                                      .retries = s->retries,
                                      .budget_ms = RUN_BUDGET_MS,
                                      .trace = s->debug ? say_trace : NULL };
    struct session *session = NULL;
    unsigned serial;

    if (session_open_signin(s, &session, err) != 0) {
        return -1;
    }
    options.transport = session->transport;
    options.signin = session->signin;
    /* Told once and before anything else, instead of by every request. */
    if (portal_open(&options, &session->portal, err) != 0 ||
        signin_token(session->signin, &serial, err) == NULL) {
        session_close(session);
        return -1;
    }
    *out = session;
    return 0;
}

struct signin *session_signin(struct session *session)
{
    return session->signin;
}

struct portal *session_portal(struct session *session)
{
    return session->portal;
}

void session_close(struct session *session)
{
    if (session != NULL) {
        portal_close(session->portal);
        signin_close(session->signin);
        if (session->signin_transport != NULL) {
            session->signin_transport->close(session->signin_transport);
        }
        if (session->transport != NULL) {
            session->transport->close(session->transport);
        }
        strbuf_clear(&session->login_file);
        free(session);
    }
}
