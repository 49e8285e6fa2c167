/* fake_transport.c - answers from a table, time from a counter. */
#include "fake_transport.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake_pending {
    struct transport_request request; /* a request, or */
    char *url;
    int64_t due_ms; /* a timer */
    void (*fire)(void *user);
    void *user;
    struct fake_pending *next;
};

static struct fake_transport *self(struct transport *t)
{
    return (struct fake_transport *)t;
}

static void append(struct fake_pending **list, struct fake_pending *item)
{
    while (*list != NULL) {
        list = &(*list)->next;
    }
    *list = item;
}

static int start(struct transport *t, const struct transport_request *request, struct error *err)
{
    struct fake_transport *f = self(t);
    struct fake_pending *p;

    if (f->stopped) {
        return error_set(err, ERR_BUG, "stopped");
    }
    p = calloc(1, sizeof(*p));
    p->request = *request;
    p->url = strdup(request->url);
    p->request.url = p->url;
    if (f->last_first) {
        p->next = f->pending;
        f->pending = p;
    } else {
        append(&f->pending, p);
    }
    f->sent++;
    if (f->request_count < FAKE_MAX) {
        snprintf(f->urls[f->request_count], sizeof(f->urls[0]), "%s", request->url);
        snprintf(f->headers[f->request_count], sizeof(f->headers[0]), "%s",
                 request->header != NULL ? request->header : "");
        f->authorized[f->request_count++] = request->bearer != NULL;
    }
    return 0;
}

static int timer(struct transport *t, int64_t delay_ms, void (*fire)(void *user), void *user,
                 struct error *err)
{
    struct fake_transport *f = self(t);
    struct fake_pending *p;

    if (f->stopped) {
        return error_set(err, ERR_BUG, "stopped");
    }
    p = calloc(1, sizeof(*p));
    p->due_ms = f->now_ms + delay_ms;
    p->fire = fire;
    p->user = user;
    append(&f->timers, p);
    if (f->wait_count < FAKE_MAX) {
        f->waits_ms[f->wait_count++] = delay_ms;
    }
    return 0;
}

static struct fake_answer *find_answer(struct fake_transport *f, const char *url)
{
    for (size_t i = 0; i < f->answer_count; i++) {
        struct fake_answer *a = &f->answers[i];
        if (strstr(url, a->path) != NULL && (a->times == 0 || f->given[i] < a->times)) {
            f->given[i]++;
            return a;
        }
    }
    return NULL;
}

/* The body in a buffer of its own, since the one who reads it may write into it. */
static bool give_body(const struct transport_request *r, const struct fake_answer *a)
{
    const char *body = a->write != NULL ? a->write(a->user, r->url) : a->body;
    size_t len = body != NULL ? strlen(body) : 0;

    for (size_t at = 0; at < len;) {
        size_t piece = a->piece > 0 && a->piece < len - at ? a->piece : len - at;
        char *copy = malloc(piece);
        bool go_on;
        memcpy(copy, body + at, piece);
        go_on = r->body(r->user, copy, piece);
        free(copy);
        if (!go_on) {
            return false;
        }
        at += piece;
    }
    return true;
}

static void done(const struct transport_request *r, enum transport_result result, const char *text)
{
    struct error why = ERROR_INIT;

    error_set(&why, ERR_NONE, "%s", text);
    r->done(r->user, result, &why);
}

static void answer(struct fake_transport *f, struct fake_pending *p)
{
    const struct fake_answer *a = f->stopped ? NULL : find_answer(f, p->url);
    const struct transport_request *r = &p->request;
    enum transport_result result = a != NULL ? a->result : TRANSPORT_CONNECT;
    struct transport_head head = { 0 };

    if (f->stopped) {
        result = TRANSPORT_STOPPED;
    }
    if (r->deadline_ms != 0 && f->now_ms >= r->deadline_ms && !f->stopped) {
        done(r, TRANSPORT_TIMEOUT, "no time left");
        return;
    }
    if (a != NULL && r->bearer != NULL && r->bearer(r->user) == NULL) {
        done(r, TRANSPORT_STOPPED, "no token");
        return;
    }
    if (a != NULL && a->status != 0) {
        head = (struct transport_head){ .status = a->status,
                                        .retry_after = a->retry_after,
                                        .date = a->date,
                                        .location = a->location,
                                        .request_id = a->request_id,
                                        .open_end = a->open_end };
        if (!r->head(r->user, &head) || !give_body(r, a)) {
            result = TRANSPORT_STOPPED;
        }
    }
    done(r, result, a != NULL ? "scripted failure" : "no answer in the script");
}

static int run(struct transport *t, struct error *err)
{
    struct fake_transport *f = self(t);

    (void)err;
    while (f->pending != NULL || f->timers != NULL) {
        struct fake_pending **from = f->pending != NULL ? &f->pending : &f->timers;
        struct fake_pending *p;
        if (from == &f->timers) { /* nothing to do but wait: jump to the soonest */
            for (struct fake_pending **at = &f->timers; *at != NULL; at = &(*at)->next) {
                from = (*at)->due_ms < (*from)->due_ms ? at : from;
            }
        }
        p = *from;
        *from = p->next;
        if (p->fire != NULL) {
            f->now_ms = p->due_ms > f->now_ms ? p->due_ms : f->now_ms;
            p->fire(p->user);
        } else {
            answer(f, p);
        }
        free(p->url);
        free(p);
        if (t->after != NULL && !f->stopped) {
            t->after(t->after_user);
        }
    }
    f->stopped = false;
    return 0;
}

static void stop(struct transport *t)
{
    self(t)->stopped = true;
}

static int64_t now_ms(struct transport *t)
{
    return self(t)->now_ms;
}

static int64_t wall_ms(struct transport *t)
{
    return self(t)->wall_ms;
}

static uint32_t random_bits(struct transport *t)
{
    return self(t)->random;
}

static void redact_nothing(struct transport *t, char *text)
{
    (void)t;
    (void)text;
}

static int hide_nothing(struct transport *t, const char *secret, struct error *err)
{
    (void)t;
    (void)secret;
    (void)err;
    return 0;
}

static void close_fake(struct transport *t)
{
    fake_clear(self(t));
}

void fake_init(struct fake_transport *f)
{
    *f = (struct fake_transport){ .base = { .start = start,
                                            .timer = timer,
                                            .run = run,
                                            .stop = stop,
                                            .now_ms = now_ms,
                                            .wall_ms = wall_ms,
                                            .random = random_bits,
                                            .redact = redact_nothing,
                                            .hide = hide_nothing,
                                            .close = close_fake },
                                  .now_ms = 1000 };
}

void fake_answer(struct fake_transport *f, struct fake_answer a)
{
    f->answers[f->answer_count++] = a;
}

size_t fake_requests(const struct fake_transport *f, const char *path)
{
    size_t count = 0;

    for (size_t i = 0; i < f->request_count; i++) {
        count += strstr(f->urls[i], path) != NULL ? 1 : 0;
    }
    return count;
}

void fake_clear(struct fake_transport *f)
{
    while (f->pending != NULL) {
        struct fake_pending *next = f->pending->next;
        free(f->pending->url);
        free(f->pending);
        f->pending = next;
    }
    while (f->timers != NULL) {
        struct fake_pending *next = f->timers->next;
        free(f->timers);
        f->timers = next;
    }
}
