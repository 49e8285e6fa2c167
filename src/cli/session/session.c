/* session.c - sign-ins and portals, opened and closed together. */
#include "session.h"

#include "options/api_choice.h"
#include "options/settings.h"
#include "output/output.h"
#include "process/core_file.h"
#include "process/paths.h"
#include "session_options.h"
#include "session_transports.h"
#include "terminal/progress.h"
#include "terminal/say.h"
#include "terminal/stream.h"

#include "offerstat/portal.h"
#include "offerstat/secret.h"
#include "offerstat/signin.h"
#include "offerstat/strbuf.h"
#include "offerstat/token.h"
#include "offerstat/translate.h"
#include "offerstat/transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN_BUDGET_MS (INT64_C(10) * 60 * 1000)

struct session {
    struct session_transports transports;
    struct strbuf login_file;
    struct signin *signins[PORTAL_APIS];
    struct portal *portals[PORTAL_APIS];
    size_t count;                /* of both */
    unsigned apis;               /* the set of them */
    unsigned absent;             /* and of those that there is no sign-in for */
    size_t rejected;             /* how many of count have a sign-in that was rejected */
    struct error rejection;      /* of the first of them */
    bool rejected_otherwise;     /* they were not all rejected with the same error */
    struct signin *graph_signin; /* of the witness */
    struct portal *graph;
};

static bool reads_several(const struct settings *s)
{
    return api_set_has_several(s->apis);
}

static int open_signin(const struct settings *s, struct session *session, const char *api,
                       struct signin **out, struct error *err)
{
    struct signin_options options;

    session_signin_options(s, api, &options);
    options.login_file = strbuf_text(&session->login_file);
    options.transport = session->transports.signin != NULL ? session->transports.signin
                                                           : session->transports.reader;
    options.reader = session->transports.reader;
    options.warn = session_on_warning;
    options.user = &session->transports;
    options.trace = s->debug || s->verbose ? session_on_trace : NULL;
    options.waits = session_on_wait;
    options.tick = session_on_tick;
    return signin_open(&options, out, err);
}

/* The login file is next to the configuration file; "" when there is no home. */
static int name_login_file(const struct settings *s, struct session *session, struct error *err)
{
    session->login_file = (struct strbuf)STRBUF_INIT(4096);
    paths_login(&session->login_file, s->profile);
    if (session->login_file.failed) {
        error_memory(err);
        return -1;
    }
    return 0;
}

/* Check the ready token before anything is sent, whichever API it is for. */
static int check_ready_token(const struct settings *s, struct error *err)
{
    char *copy = NULL;

    if (s->token == NULL || !api_takes_ready_token(s)) {
        return 0;
    }
    if (token_copy(s->token, "OFFERSTAT_TOKEN", &copy, err) != 0) {
        return -1;
    }
    secret_free(copy);
    return 0;
}

static int open_empty(const struct settings *s, bool has_token, struct session **out,
                      struct error *err)
{
    struct session *session;

    if (check_ready_token(s, err) != 0) {
        return -1;
    }
    session = calloc(1, sizeof(*session));

    if (session == NULL) {
        error_memory(err);
        return -1;
    }
    progress_setup(!s->no_progress && !s->quiet);
    forbid_core_file(s->debug);
    if (name_login_file(s, session, err) != 0 ||
        session_transports_open(&session->transports, s, has_token, err) != 0) {
        session_close(session);
        return -1;
    }
    *out = session;
    return 0;
}

int session_open_signin(const struct settings *s, struct session **out, struct error *err)
{
    const char *api = api_set_first(s->apis);
    struct session *session = NULL;

    if (open_empty(s, session_has_ready_token(s, api), &session, err) != 0) {
        return -1;
    }
    if (open_signin(s, session, api, &session->signins[0], err) != 0) {
        session_close(session);
        return -1;
    }
    session->count = 1;
    *out = session;
    return 0;
}

static int open_portal(const struct settings *s, struct session *session, const char *api,
                       struct signin *signin, struct portal **out, struct error *err)
{
    const struct portal_options options = { .api = api,
                                            .endpoint = s->endpoint,
                                            .transport = session->transports.reader,
                                            .signin = signin,
                                            .seller_id = s->seller_id,
                                            .retries = s->retries,
                                            .budget_ms = RUN_BUDGET_MS,
                                            .trace =
                                                s->debug || s->verbose ? session_on_trace : NULL,
                                            .waits = session_on_wait,
                                            .trace_user = &session->transports };

    return portal_open(&options, out, err);
}

/* Length of the error's text without the number of tries and their time. */
static size_t length_without_effort(const struct error *err)
{
    const char *effort = strstr(err->text, " tries in ");

    while (effort != NULL && effort > err->text && *effort != '(') {
        effort--;
    }
    return effort != NULL ? (size_t)(effort - err->text) : strlen(err->text);
}

static void note_rejection(struct session *session, const struct error *why)
{
    size_t len = length_without_effort(why);

    if (session->rejected == 0) {
        session->rejection = *why;
    } else if (length_without_effort(&session->rejection) != len ||
               strncmp(session->rejection.text, why->text, len) != 0) {
        session->rejected_otherwise = true;
    }
    session->rejected++;
}

int session_open_portal(const struct settings *s, struct session *session, struct error *err)
{
    return open_portal(s, session, api_set_first(s->apis), session->signins[0],
                       &session->portals[0], err);
}

static void say_signin(const char *api, struct signin *signin)
{
    struct signin_status about;

    signin_describe(signin, &about);
    if (about.source != NULL) {
        say_detail("%s API: signed in by %s (%s)", api, about.source, about.origin);
    }
}

/* Add one API.  Its sign-in is tried first, so that a failure is reported once and not for every
 * request.  0, or -1 with *err.  With several APIs, one without a sign-in is left out, and one
 * whose sign-in was rejected is kept, so that it is reported as a problem. */
static int add_api(const struct settings *s, struct session *session, const char *api,
                   struct signin *signin, struct error *err)
{
    size_t i = session->count;
    unsigned serial;

    session->signins[i] = signin;
    if (signin_token(signin, &serial, err) == NULL) {
        if (!reads_several(s) || err->code == ERR_MEMORY || err->code == ERR_BUG) {
            return -1;
        }
        if (signin_is_absent(signin)) {
            session->absent |= api_set_of(api);
            signin_close(signin);
            session->signins[i] = NULL;
            return 0;
        }
        note_rejection(session, err);
    }
    if (open_portal(s, session, api, signin, &session->portals[i], err) != 0) {
        return -1;
    }
    session->count++;
    session->apis |= api_set_of(api);
    say_signin(api, signin);
    return 0;
}

/* All sign-ins are fetched side by side. */
static int add_apis(const struct settings *s, struct session *session, struct error *err)
{
    const char *apis[PORTAL_APIS];
    struct signin *signins[PORTAL_APIS] = { NULL };
    size_t count = 0, added = 0;
    int rc = 0;

    for (size_t i = 0; rc == 0 && portal_api_name(i) != NULL; i++) {
        if (api_set_has(s->apis, portal_api_name(i))) {
            apis[count] = portal_api_name(i);
            rc = open_signin(s, session, apis[count], &signins[count], err);
            count++;
        }
    }
    if (rc == 0) {
        progress_doing(_("Signing in"));
        signin_fetch(signins, count);
    }
    while (rc == 0 && added < count) {
        rc = add_api(s, session, apis[added], signins[added], err);
        added++;
    }
    while (added < count) {
        signin_close(signins[added++]); /* NULL when it could not be opened */
    }
    if (rc == 0 && session->count > 0 && session->rejected == session->count &&
        !session->rejected_otherwise) {
        *err = session->rejection; /* once, and not for each API */
        return -1;
    }
    return rc;
}

/* When no API is left the error says so. */
static void report_absent(const struct session *session, session_left_out left_out, void *user)
{
    struct error what = ERROR_INIT;

    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        if (api_set_has(session->absent, portal_api_name(i)) && left_out != NULL) {
            error_set(&what, ERR_AUTH, "the %s API is left out: there is no sign-in for it",
                      portal_api_name(i));
            left_out(user, &what);
        }
    }
}

/* Whether no source of tokens is configured, which a later try cannot change. */
static bool has_no_signin(const struct session *session)
{
    const struct signin *first = session->signins[0];

    return session->count == 0 &&
           (session->absent != 0 || (first != NULL && signin_is_absent(first)));
}

int session_open(const struct settings *s, struct session **out, session_left_out left_out,
                 void *user, struct error *err)
{
    struct session *session = NULL;
    struct error why = ERROR_INIT;

    if (open_empty(s, !reads_several(s) && session_has_ready_token(s, s->api), &session, err) !=
        0) {
        return -1;
    }
    if (add_apis(s, session, &why) != 0 || session->count == 0) {
        *err = why;
        if (left_out != NULL && has_no_signin(session)) {
            left_out(user, NULL);
        }
        session_close(session);
        return -1;
    }
    report_absent(session, left_out, user);
    progress_doing(_("Waiting for the service"));
    *out = session;
    return 0;
}

int session_open_graph(const struct settings *s, struct session *session, struct error *err)
{
    const char *graph = portal_witness_api();

    if (api_set_has(s->apis, graph)) {
        return 0;
    }
    if (session->transports.signin == NULL &&
        session_transports_open_signin(&session->transports, err) != 0) {
        return -1;
    }
    if (open_signin(s, session, graph, &session->graph_signin, err) != 0) {
        return -1;
    }
    return open_portal(s, session, graph, session->graph_signin, &session->graph, err);
}

void session_begin_run(struct session *session)
{
    for (size_t i = 0; i < session->count; i++) {
        portal_begin_run(session->portals[i]);
    }
    if (session->graph != NULL) {
        portal_begin_run(session->graph);
    }
}

int64_t session_not_before_ms(const struct session *session)
{
    int64_t latest_ms = session->graph != NULL ? portal_not_before_ms(session->graph) : 0;

    for (size_t i = 0; i < session->count; i++) {
        int64_t at_ms = portal_not_before_ms(session->portals[i]);
        if (at_ms > latest_ms) {
            latest_ms = at_ms;
        }
    }
    return latest_ms;
}

struct signin *session_signin(struct session *session)
{
    return session->signins[0];
}

struct portal *session_portal(struct session *session)
{
    return session->portals[0];
}

unsigned session_apis(const struct session *session)
{
    return session->apis;
}

size_t session_portals(const struct session *session, struct portal *const **out)
{
    *out = session->portals;
    return session->count;
}

struct portal *session_graph(const struct session *session)
{
    return session->graph;
}

void session_close(struct session *session)
{
    if (session != NULL) {
        for (size_t i = 0; i < PORTAL_APIS; i++) {
            portal_close(session->portals[i]);
            signin_close(session->signins[i]);
        }
        portal_close(session->graph);
        signin_close(session->graph_signin);
        session_transports_close(&session->transports);
        strbuf_clear(&session->login_file);
        free(session);
    }
}
