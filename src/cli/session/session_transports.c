/* session_transports.c - the transports of a session, and what a user sees of their work. */
#include "session_transports.h"

#include "options/settings.h"
#include "output/output.h"
#include "session_options.h"
#include "terminal/progress.h"
#include "terminal/say.h"
#include "terminal/stream.h"

#include "offerstat/har.h"
#include "offerstat/portal.h"
#include "offerstat/transport.h"

#include <string.h>

#define SIGNIN_TIMEOUT_MS (30L * 1000)
#define LONG_PAST_MS 1 /* a deadline in the past, which ends all that is under way */

/* Flush what was printed, so that it is visible while the service is waited for. */
void session_on_tick(void *user)
{
    struct session_transports *t = user;
    const struct settings *s = t->settings;

    stream_flush_lines();
    progress_tick(NULL);
    if (s->tick != NULL && !s->tick(s->tick_user)) {
        t->reader->deadline_ms = LONG_PAST_MS;
        if (t->signin != NULL) {
            t->signin->deadline_ms = LONG_PAST_MS;
        }
    }
}

void session_on_trace(void *user, const char *line)
{
    struct session_transports *t = user;

    t->requests++;
    if (t->settings->debug) {
        say_trace(NULL, line);
    }
}

void session_on_wait(void *user, const struct retry_wait *wait)
{
    (void)user;
    progress_waits(wait->why, wait->wait_ms);
    say_detail("%s: %s; try %u of %u in %.1f s", wait->url, wait->why, wait->tries + 1, wait->most,
               (double)wait->wait_ms / 1000);
}

static void session_on_note(void *user, const char *text)
{
    (void)user;
    say_warning("%s", text);
}

static struct transport_options options_of(struct session_transports *t)
{
    const struct settings *s = t->settings;

    return (struct transport_options){ .user_agent = "offerstat/" OFFERSTAT_VERSION,
                                       .proxy_auth = s->proxy_auth,
                                       .jobs = s->jobs,
                                       .connect_timeout_ms = (long)s->connect_timeout_ms,
                                       .stall_timeout_ms = (long)s->stall_timeout_ms,
                                       .request_timeout_ms = (long)s->request_timeout_ms,
                                       .tick = session_on_tick,
                                       .tick_user = t,
                                       .note = session_on_note };
}

int session_transports_open_signin(struct session_transports *t, struct error *err)
{
    struct transport_options options = options_of(t);

    session_name_certificates(&options);
    options.jobs = PORTAL_APIS;
    options.note = NULL; /* sign-ins need not be parallel, so fewer jobs are no news */
    if (t->settings->recording != NULL) {
        options.recorder = har_signin_recorder(t->settings->recording);
    }
    options.request_timeout_ms = SIGNIN_TIMEOUT_MS;
    if (transport_curl_open(&options, &t->signin, err) != 0) {
        return -1;
    }
    t->signin->deadline_ms = t->settings->deadline_ms;
    return 0;
}

int session_transports_open(struct session_transports *t, const struct settings *s, bool has_token,
                            struct error *err)
{
    struct transport_options options;

    *t = (struct session_transports){ .settings = s,
                                      .began_ms = output_now_ms(),
                                      .warned = STRBUF_INIT((size_t)16 * 1024) };
    options = options_of(t);

    session_name_certificates(&options);
    if (s->recording != NULL) {
        options.recorder = har_recorder(s->recording);
    }
    if (transport_curl_open(&options, &t->reader, err) != 0) {
        return -1;
    }
    t->reader->deadline_ms = t->settings->deadline_ms;
    if (has_token) {
        return 0; /* no token has to be fetched */
    }
    return session_transports_open_signin(t, err);
}

void session_on_warning(void *user, const char *text)
{
    struct session_transports *t = user;

    if (strstr(strbuf_text(&t->warned), text) == NULL) {
        say_warning("%s", text);
        strbuf_printf(&t->warned, "%s\n", text);
    }
}

void session_transports_close(struct session_transports *t)
{
    if (t->requests > 0) {
        say_detail("%u requests in %.1f s", t->requests,
                   (double)(output_now_ms() - t->began_ms) / 1000);
    }
    if (t->signin != NULL) {
        t->signin->close(t->signin);
    }
    if (t->reader != NULL) {
        t->reader->close(t->reader);
    }
    strbuf_clear(&t->warned);
}
