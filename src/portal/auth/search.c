/* search.c - finding a token: asking the sources in their order, for several sign-ins at once. */
#include "auth/search.h"

#include "auth/source.h"
#include "offerstat/typo.h"

#include <string.h>

/* In the order in which they are tried. */
static const struct signin_method *const methods[] = {
    &signin_explicit, &signin_federated,        &signin_pipelines, &signin_certificate,
    &signin_secret,   &signin_managed_identity, &signin_login,     &signin_azure_cli,
};
#define METHOD_COUNT (sizeof(methods) / sizeof(methods[0]))

const char *signin_method_name(size_t i)
{
    return i < METHOD_COUNT ? methods[i]->name : NULL;
}

bool search_wants(const struct signin *s, const struct signin_method *m)
{
    return s->options.method == NULL || strcmp(s->options.method, "auto") == 0 ||
           strcmp(s->options.method, m->name) == 0;
}

int search_check_method(const char *name, struct error *err)
{
    const char *known[METHOD_COUNT + 1] = { "auto" };
    const char *near;

    for (size_t i = 0; i < METHOD_COUNT; i++) {
        known[i + 1] = methods[i]->name;
    }
    for (size_t i = 0; i <= METHOD_COUNT; i++) {
        if (name == NULL || strcmp(known[i], name) == 0) {
            return 0;
        }
    }
    near = word_nearest(name, known, METHOD_COUNT + 1);
    error_set(err, ERR_USAGE, "no sign-in \"%s\"", name);
    if (near != NULL) {
        error_append(err, "; did you mean \"%s\"?", near);
    }
    return -1;
}

/* A source has a token: it replaces the current one. */
static int take(struct signin *s, const struct signin_method *m, struct token *fresh,
                struct error *err)
{
    if (s->options.reader != NULL &&
        s->options.reader->hide(s->options.reader, fresh->text, err) != 0) {
        token_drop(fresh);
        return -1;
    }
    token_drop(&s->token);
    s->token = *fresh;
    s->method = m;
    s->got_ms = signin_now_ms(s);
    if (s->token.expires_ms <= s->got_ms) {
        s->token.expires_ms = 0; /* a clock is wrong: the service will reject it */
    }
    s->failed_ms = 0;
    s->serial++;
    return 0;
}

/* Act on what the source that is asked has answered. */
static int end_asking(struct signin *s, int answer, struct token *fresh, struct error *err)
{
    const struct signin_method *m = s->asking;

    if (answer == SOURCE_ASKING) {
        return SOURCE_ASKING;
    }
    s->asking = NULL;
    source_request_clear(&s->request);
    if (answer == SOURCE_GAVE) {
        return take(s, m, fresh, err);
    }
    error_wrap(err, "%s", m->name);
    err->http = 0; /* http is for statuses of the API that is read, and this is none */
    return answer;
}

/* Ask one source, if it is configured.  One of enum source_answer. */
static int begin(struct signin *s, const struct signin_method *m, struct error *err)
{
    struct token fresh = { 0 };
    int answer = SOURCE_SKIPPED;

    s->asking = m;
    s->fetcher.deadline_ms = source_deadline_ms(s);
    switch (m->look(s, err)) {
    case SOURCE_THERE:
        answer = m->get(s, &fresh, err);
        break;
    case SOURCE_ABSENT:
        answer = SOURCE_UNCONFIGURED;
        break;
    case SOURCE_USELESS:
        break;
    }
    return end_asking(s, answer, &fresh, err);
}

/* Continue after the transport has run. */
static int go_on(struct signin *s, struct error *err)
{
    struct token fresh = { 0 };
    int answer;

    if (s->asking->go_on != NULL) {
        answer = s->asking->go_on(s, &fresh, err);
    } else {
        answer = oauth_take(s, &fresh, err);
    }
    return end_asking(s, answer, &fresh, err);
}

int search_ask(struct signin *s, const struct signin_method *m, struct error *err)
{
    struct transport *t = s->options.transport;
    struct token none = { 0 };
    int answer = begin(s, m, err);

    while (answer == SOURCE_ASKING) {
        if (t->run(t, err) != 0) {
            return end_asking(s, SOURCE_REFUSED, &none, err);
        }
        answer = go_on(s, err);
    }
    return answer;
}

static void add_reason(struct error *reasons, const struct error *why)
{
    error_join(reasons, reasons->text[0] != '\0' ? "; " : "", why, "");
}

static bool is_pinned(const struct signin *s)
{
    return s->options.method != NULL && strcmp(s->options.method, "auto") != 0;
}

/* The error names only what is half set up; signin_survey lists what each source lacks. */
static void say_not_signed_in(struct signin *s)
{
    error_set(&s->failure, ERR_AUTH, "not signed in: run `az login`, or set OFFERSTAT_TOKEN");
    if (s->useless.text[0] != '\0') {
        error_join(&s->failure, " (", &s->useless, ")");
    }
}

static void finish(struct signin *s, int answer)
{
    if (answer > SOURCE_GAVE && !is_pinned(s)) {
        say_not_signed_in(s);
    } else if (answer == SOURCE_GAVE && s->useless.text[0] != '\0' && s->options.warn != NULL) {
        s->options.warn(s->options.user, error_text(&s->useless));
    }
    s->absent = answer > SOURCE_GAVE;
    if (answer != SOURCE_GAVE) {
        s->failed_ms = s->options.transport->now_ms(s->options.transport);
    }
}

/* Note why a source gave no token. */
static void note_reason(struct signin *s, int answer, const struct error *why)
{
    if (answer == SOURCE_REFUSED || is_pinned(s)) {
        s->failure = *why;
    }
    if (answer == SOURCE_SKIPPED) {
        add_reason(&s->useless, why);
    }
}

/* Ask the next sources until one gives a token, is refused, or has to be waited for.  answer: of
 * the last one. */
static void advance(struct signin *s, int answer, const struct error *why)
{
    struct error reason = *why;

    for (;;) {
        if (answer == SOURCE_ASKING) {
            return;
        }
        if (answer != SOURCE_GAVE && reason.code != ERR_NONE) {
            note_reason(s, answer, &reason);
        }
        if (answer <= SOURCE_GAVE || s->next_method == METHOD_COUNT) {
            break;
        }
        reason = (struct error)ERROR_INIT;
        if (search_wants(s, methods[s->next_method])) {
            answer = begin(s, methods[s->next_method], &reason);
        }
        s->next_method++;
    }
    finish(s, answer);
}

void search_begin(struct signin *s)
{
    const struct error none = ERROR_INIT;

    s->next_method = 0;
    s->failure = none;
    s->useless = none;
    advance(s, SOURCE_UNCONFIGURED, &none);
}

static bool is_any_asking(struct signin *const *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (all[i]->asking != NULL) {
            return true;
        }
    }
    return false;
}

void search_run(struct signin *const *all, size_t count)
{
    struct transport *t = all[0]->options.transport;

    while (is_any_asking(all, count)) {
        struct error failure = ERROR_INIT;
        int rc = t->run(t, &failure);
        for (size_t i = 0; i < count; i++) {
            struct error why = failure;
            struct token none = { 0 };
            if (all[i]->asking == NULL) {
                continue;
            }
            if (rc != 0) {
                advance(all[i], end_asking(all[i], SOURCE_REFUSED, &none, &why), &why);
            } else {
                int answer = go_on(all[i], &why);
                advance(all[i], answer, &why);
            }
        }
    }
}

void signin_survey(struct signin *s, signin_visit visit, void *user)
{
    for (size_t i = 0; i < METHOD_COUNT; i++) {
        struct error why = ERROR_INIT;
        enum source_state state = methods[i]->look(s, &why);
        int standing = -1;
        if (state == SOURCE_THERE) {
            standing = 1;
        } else if (state == SOURCE_ABSENT) {
            standing = 0;
        }
        visit(user, methods[i]->name, standing, &why);
    }
}
