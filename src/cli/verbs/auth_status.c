/* auth_status.c - `auth status`: the sign-in of one API, or of each. */
#include "auth_status.h"

#include "auth_standing.h"
#include "options/api_choice.h"
#include "options/settings.h"
#include "output/output.h"
#include "session/session.h"
#include "session/session_options.h"
#include "session/ways.h"
#include "terminal/say.h"

#include "offerstat/outcome.h"
#include "offerstat/portal.h"
#include "offerstat/render.h"
#include "offerstat/report.h"
#include "offerstat/strbuf.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

static void auth_on_source(void *user, const char *method, int state, const struct error *why)
{
    struct standing *st = user;
    struct skipped *skipped;

    if (st->about.source != NULL && strcmp(method, st->about.source) == 0) {
        st->past_source = true;
    }
    if (st->past_source || st->skipped_count == SKIPPED_MAX) {
        return;
    }
    skipped = &st->skipped[st->skipped_count++];
    skipped->source = method;
    skipped->why = *why;
    if (state > 0) {
        error_set(&skipped->why, ERR_AUTH, "it returned no token");
    }
}

static void fail(struct standing *st, const struct error *err)
{
    st->err = *err;
    st->code = outcome_of_error(err->code);
}

/* Ask the service whether it accepts the token. */
static void check(struct standing *st, struct session *session)
{
    struct portal *portal = session_portal(session);
    struct report report = REPORT_INIT;
    struct error err = ERROR_INIT;

    st->checked = true;
    st->has_publishers = portal_has_publishers(portal);
    if (st->has_publishers) {
        if (portal_publishers(portal, &report, &err) == 0 && report.problem_count > 0) {
            problem_error(&report.problems[0], &err);
        }
        st->publisher_count = report.publisher_count;
        report_clear(&report);
    } else {
        portal_probe(portal, &err);
    }
    st->accepted = err.code == ERR_NONE;
    if (st->accepted) {
        st->code = EXIT_OK; /* whatever the token's own claims say */
    } else {
        fail(st, &err);
        st->advice = auth_advice_on_status(&st->about, st->api, err.http, output_now_ms());
    }
}

static void examine(const struct settings *s, struct standing *st)
{
    struct session *session = NULL;
    struct error err = ERROR_INIT;
    unsigned serial;

    st->api = s->api;
    if (session_open_signin(s, &session, &err) != 0) {
        fail(st, &err);
        return;
    }
    if (signin_token(session_signin(session), &serial, &err) == NULL) {
        st->absent = signin_is_absent(session_signin(session));
        signin_survey(session_signin(session), auth_on_source, st);
        session_close(session);
        fail(st, &err);
        return;
    }
    signin_describe(session_signin(session), &st->about);
    signin_survey(session_signin(session), auth_on_source, st);
    st->finding_count = auth_find(&st->about, st->api, output_now_ms(), st->findings);
    for (size_t i = 0; i < st->finding_count; i++) {
        if (st->findings[i].is_fatal) {
            st->code = EXIT_AUTH;
        }
    }
    if (s->check && session_open_portal(s, session, &err) == 0) {
        check(st, session);
    } else if (s->check) {
        fail(st, &err);
    }
    session_close(session);
}

/* Under auto an API that has no sign-in, or that refuses the account, does not count as long as
 * another can be read, as in `list`. */
static void leave_out(struct standing *all, size_t count)
{
    bool has_usable = false;

    for (size_t i = 0; i < count; i++) {
        has_usable = has_usable || all[i].code == EXIT_OK;
    }
    for (size_t i = 0; i < count; i++) {
        struct standing *st = &all[i];
        bool refused = st->checked && !st->accepted && st->err.http == 403;
        if (!has_usable || (!st->absent && !refused)) {
            continue;
        }
        if (refused) {
            error_set(&st->left_out, ERR_AUTH,
                      "the %s API is left out: it refuses this account (HTTP %ld)", st->api,
                      st->err.http);
        } else {
            error_set(&st->left_out, ERR_AUTH, "the %s API is left out: there is no sign-in for it",
                      st->api);
        }
        st->code = EXIT_OK;
    }
}

/* An error that is the same for all APIs, such as a wrong secret, is printed once. */
static bool is_same_for_all(const struct standing *all, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (strcmp(all[i].err.text, all[0].err.text) != 0) {
            return false;
        }
    }
    return true;
}

/* A certificate that expires soon is the same for all APIs. */
static bool has_finding(const struct standing *st, const struct auth_finding *finding)
{
    for (size_t i = 0; st != NULL && i < st->finding_count; i++) {
        if (strcmp(st->findings[i].text.text, finding->text.text) == 0) {
            return true;
        }
    }
    return false;
}

static void say_failure(const struct standing *st, const struct standing *before, bool several)
{
    struct error err = st->err;

    if (st->left_out.text[0] != '\0') {
        say_hint("%s", error_text(&st->left_out));
        return;
    }
    if (err.code != ERR_NONE) {
        if (several) {
            error_wrap(&err, "%s", st->api);
        }
        say_error(&err);
    }
    if (st->advice != NULL) {
        say_hint("%s", _(st->advice));
    }
    for (size_t i = 0; i < st->finding_count; i++) {
        if (!has_finding(before, &st->findings[i])) {
            say_warning("%s: %s", error_text(&st->findings[i].text),
                        error_text(&st->findings[i].advice));
        }
    }
}

/* A ready token is for one API alone. */
static void leave_out_token(const struct settings *s, struct settings *one)
{
    if (strcmp(one->api, session_api_of_token(s)) != 0) {
        one->token = NULL;
        one->token_file = NULL;
        one->piped_token = NULL;
    }
}

static size_t examine_all(const struct settings *s, struct standing all[PORTAL_APIS])
{
    bool several = api_set_has_several(s->apis);
    size_t count = 0;

    for (size_t i = 0; portal_api_name(i) != NULL; i++) {
        struct settings one = *s;
        if (!api_set_has(s->apis, portal_api_name(i))) {
            continue;
        }
        api_choose_one(&one, portal_api_name(i));
        if (several) {
            leave_out_token(s, &one);
        }
        examine(&one, &all[count++]);
    }
    if (s->finds_apis) {
        leave_out(all, count);
    }
    return count;
}

static int print_document(const struct settings *s, const struct standing *all, size_t count)
{
    struct strbuf names = STRBUF_INIT(256);
    unsigned set = 0;
    int code;

    for (size_t i = 0; i < count; i++) {
        if (all[i].left_out.text[0] == '\0') {
            set |= api_set_of(all[i].api);
        }
    }
    api_set_print(&names, set, ",");
    code = auth_print_document(s->finds_apis ? strbuf_text(&names) : s->api, all, count);
    strbuf_clear(&names);
    return code;
}

int auth_status(const struct settings *s)
{
    struct standing all[PORTAL_APIS] = { { 0 } };
    bool as_json = strstr(s->format->name, "json") != NULL;
    size_t count = examine_all(s, all);
    bool alike = is_same_for_all(all, count);
    int code = EXIT_OK;

    for (size_t i = 0; i < count; i++) {
        code = outcome_worse(code, all[i].code);
        if (i == 0 || !alike || all[i].err.code == ERR_NONE) {
            say_failure(&all[i], i > 0 ? &all[i - 1] : NULL, !alike);
        }
        if (i == 0 && all[i].about.source == NULL) {
            ways_say(s, all[i].err.code);
        }
        if (!as_json && all[i].code != EXIT_USAGE) {
            fputs(i > 0 ? "\n" : "", stdout);
            auth_print_standing(&all[i], i > 0 ? &all[i - 1] : NULL);
        }
    }
    if (as_json && code != EXIT_USAGE) {
        return print_document(s, all, count);
    }
    return code;
}
