/* cpp.c - Cloud Partner Portal 2017-10-31: addresses, and which requests an offer needs. */
#include "api/api.h"
#include "api/cpp_decode.h"
#include "api/offer_read.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

#define VERSION "api-version=2017-10-31"
#define API_VERSION "?" VERSION

enum { REQUEST_STATUS, REQUEST_PRODUCTION, REQUEST_PREVIEW, REQUEST_SUBMISSIONS, REQUEST_COUNT };

/* Bit of enum cpp_request, path below the offer, and what it is called in an error. */
static const struct {
    unsigned bit;
    const char *path, *what;
} requests[REQUEST_COUNT] = {
    [REQUEST_STATUS] = { CPP_GET_STATUS, "/status", N_("status") },
    [REQUEST_PRODUCTION] = { CPP_GET_PRODUCTION, "/slot/production", N_("production slot") },
    [REQUEST_PREVIEW] = { CPP_GET_PREVIEW, "/slot/preview", N_("preview slot") },
    [REQUEST_SUBMISSIONS] = { CPP_GET_SUBMISSIONS, "/submissions/", N_("submissions") },
};

/* One request of one offer, and what came of its answer. */
struct cpp_get {
    struct cpp_read *owner;
    int kind;
    bool answered;     /* by an element that could be read */
    struct offer part; /* of the record */
    const char *status;
    struct cpp_submission *submissions; /* in the offer's arena */
    size_t submission_count;
    struct error *failure; /* in the offer's arena */
};

/* What the backend keeps of an offer while it is read. */
struct cpp_read {
    struct offer_read *read;
    struct cpp_facts facts;
    const char *listed_status; /* the list's word */
    struct cpp_get gets[REQUEST_COUNT];
    unsigned in_flight;
};

static enum cpp_answer *answer_of(struct cpp_facts *f, int kind)
{
    switch (kind) {
    case REQUEST_STATUS:
        return &f->steps_answer;
    case REQUEST_PRODUCTION:
        return &f->production;
    case REQUEST_PREVIEW:
        return &f->preview;
    default:
        return &f->submissions;
    }
}

static void publishers_url(struct strbuf *url)
{
    strbuf_puts(url, "/publishers" API_VERSION);
}

static void offers_path(struct strbuf *url, const char *publisher)
{
    strbuf_puts(url, "/publishers/");
    strbuf_put_segment(url, publisher);
    strbuf_puts(url, "/offers");
}

static void list_url(struct strbuf *url, const char *publisher)
{
    offers_path(url, publisher);
    strbuf_puts(url, API_VERSION);
}

/* Turn facts into the record's state, with a note where a reader should be warned. */
static int cpp_apply_ruling(const struct cpp_facts *f, struct arena *a, struct offer *o)
{
    struct ruling ruling = cpp_decide(f);
    int rc = 0;

    o->raw_status = f->status;
    offer_apply_ruling(o, &ruling);
    if (ruling.rule == NULL && f->status == NULL) {
        rc = offer_note(a, o, true, "the service gives no status");
    } else if (ruling.rule == NULL && ruling.word_is_known) {
        rc = offer_note(a, o, true,
                        "status \"%s\", but what the slots and submissions say fits no known state",
                        f->status);
    } else if (ruling.rule == NULL) {
        rc = offer_note(a, o, true, "unknown status \"%s\"", f->status);
    } else if (!ruling.word_is_known) {
        rc = offer_note(a, o, true, "status \"%s\" is in no documentation, read as %s", f->status,
                        state_label(ruling.state));
    }
    if (rc == 0 && ruling.newest_unknown) {
        rc = offer_note_newest_unknown(a, o);
    }
    return rc;
}

static int read_offer(const cJSON *item, enum read_depth depth, const char *publisher,
                      struct arena *a, struct offer *out, struct error *err)
{
    if (cpp_decode_offer(item, publisher, a, out, err) != 0) {
        return -1;
    }
    if (depth == DEPTH_LIST) {
        struct cpp_facts facts = { .status = out->raw_status, .depth = depth };
        return cpp_apply_ruling(&facts, a, out) == 0 ? 0 : error_memory(err);
    }
    return 0;
}

/* Answers. */

static int cpp_on_status(void *user, size_t index, const cJSON *item, const struct error *bad,
                         struct error *err)
{
    struct cpp_get *get = user;

    if (index > 0) {
        return error_set(err, ERR_ANSWER, "expected one object, found more");
    }
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (cpp_decode_status(item, &get->owner->read->arena, &get->part, &get->status, err) != 0) {
        return -1;
    }
    get->answered = true;
    return 0;
}

static int cpp_on_slot(void *user, size_t index, const cJSON *item, const struct error *bad,
                       struct error *err)
{
    struct cpp_get *get = user;

    if (index > 0) {
        return error_set(err, ERR_ANSWER, "expected one object, found more");
    }
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    if (cpp_check_slot(item, err) != 0) {
        return -1;
    }
    get->answered = true;
    return 0;
}

/* Ids are GUIDs on the wire: the tick counter gives the order. */
static int add_submission(struct cpp_get *get, const struct cpp_submission *s, struct error *err)
{
    struct cpp_read *c = get->owner;
    const struct event e = { .api = c->read->portal->api->name,
                             .kind = N_("submission"),
                             .id = s->id,
                             .serial = digits_are(s->id) ? s->id : s->version,
                             .type = s->type,
                             .state = s->state,
                             .target = s->slot,
                             .started_at = s->created_at,
                             .changed_at = s->changed_at };

    return offer_event(&c->read->arena, &get->part, &e) == 0 ? 0 : error_memory(err);
}

static int cpp_on_submission(void *user, size_t index, const cJSON *item, const struct error *bad,
                             struct error *err)
{
    struct cpp_get *get = user;
    struct cpp_read *c = get->owner;
    struct cpp_submission s = { 0 };

    if (item == NULL) {
        *err = *bad;
    }
    if (item == NULL || cpp_decode_submission(item, &c->read->arena, &get->part, &s, err) != 0) {
        return error_wrap(err, "element [%zu]", index);
    }
    if (c->facts.depth == DEPTH_HISTORY) {
        return add_submission(get, &s, err);
    }
    get->submissions =
        arena_grow(&c->read->arena, get->submissions, get->submission_count, sizeof(s));
    if (get->submissions == NULL) {
        return error_memory(err);
    }
    get->submissions[get->submission_count++] = s;
    return 0;
}

/* A whole answer becomes part of the facts and of the record. */
static int take_answer(struct cpp_get *get)
{
    struct cpp_read *c = get->owner;
    struct offer *o = &c->read->offer;

    if (offer_read_take(c->read, &get->part) != 0) {
        return -1;
    }
    if (get->kind == REQUEST_STATUS) {
        o->steps_known = true;
        o->messages = get->part.messages;
        o->message_count = get->part.message_count;
        c->facts.steps = o->steps;
        c->facts.step_count = o->step_count;
        if (!cpp_decides_without_status(c->listed_status)) {
            c->facts.status = get->status;
        }
    } else if (get->kind == REQUEST_SUBMISSIONS) {
        cpp_weigh_submissions(&c->facts, get->submissions, get->submission_count);
    }
    return 0;
}

static void cpp_on_done(void *user, const struct error *err)
{
    struct cpp_get *get = user;
    struct cpp_read *c = get->owner;
    enum cpp_answer *answer = answer_of(&c->facts, get->kind);
    struct error none = ERROR_INIT;

    c->in_flight--;
    if (err == NULL && get->kind != REQUEST_SUBMISSIONS && !get->answered) {
        error_set(&none, ERR_ANSWER, "expected one object, found none");
        err = &none;
    }
    if (err == NULL && take_answer(get) != 0) {
        error_memory(&none);
        err = &none;
    }
    if (err == NULL) {
        *answer = CPP_YES;
    } else if (err->http == 404 && get->kind != REQUEST_SUBMISSIONS) {
        *answer = CPP_NO;
    } else {
        *answer = CPP_FAILED;
        get->failure = arena_alloc(&c->read->arena, sizeof(*get->failure));
        if (get->failure == NULL) {
            error_memory(&none);
            offer_read_problem(c->read, &none);
        } else {
            *get->failure = *err;
            if (err->code == ERR_NOT_FOUND) { /* the list has it: it is the answer that is odd */
                get->failure->code = ERR_ANSWER;
            }
        }
    }
    offer_read_step(c->read);
}

static int start_request(struct cpp_read *c, int kind, struct error *err)
{
    static int (*const element[REQUEST_COUNT])(void *, size_t, const cJSON *, const struct error *,
                                               struct error *) = {
        [REQUEST_STATUS] = cpp_on_status,
        [REQUEST_PRODUCTION] = cpp_on_slot,
        [REQUEST_PREVIEW] = cpp_on_slot,
        [REQUEST_SUBMISSIONS] = cpp_on_submission,
    };
    const struct offer *o = &c->read->offer;
    struct portal *p = c->read->portal;
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct json_get get = {
        .user = &c->gets[kind],
        .members = element[kind] == cpp_on_slot ? cpp_slot_members : NULL,
        .element = element[kind],
        .results = &c->gets[kind],
        .results_size = sizeof(c->gets[kind]),
        .done = cpp_on_done,
    };
    int rc;

    c->gets[kind] = (struct cpp_get){ .owner = c, .kind = kind };
    portal_url(p, &url);
    offers_path(&url, o->publisher);
    strbuf_puts(&url, "/");
    strbuf_put_segment(&url, o->id);
    strbuf_puts(&url, requests[kind].path);
    strbuf_puts(&url, API_VERSION);
    get.url = strbuf_text(&url);
    rc = url.failed ? error_memory(err) : json_get_start(&p->fetcher, &get, err);
    strbuf_clear(&url);
    if (rc == 0) {
        c->in_flight++;
        *answer_of(&c->facts, kind) = CPP_ASKED;
    }
    return rc;
}

/* The row of a failed offer names the failed step; where that cannot be read, the row stands
 * without it. */
static bool status_is_an_extra(const struct cpp_read *c)
{
    return c->facts.depth == DEPTH_STATE && cpp_decides_without_status(c->listed_status);
}

/* The list already says that it failed. */
static int note_failure(struct cpp_read *c, struct error *failure)
{
    error_wrap(failure, "where it failed could not be read");
    return offer_note_error(&c->read->arena, &c->read->offer, true, failure);
}

/* The first failure, in the fixed order of the table, so that a run says the same every time.  0,
 * or -1 without memory. */
static int keep_first_failure(struct cpp_read *c)
{
    for (int kind = 0; kind < REQUEST_COUNT && c->read->problem == NULL; kind++) {
        struct error *failure = c->gets[kind].failure;
        if (*answer_of(&c->facts, kind) != CPP_FAILED || failure == NULL) {
            continue;
        }
        if (failure->code == ERR_MEMORY || kind != REQUEST_STATUS || !status_is_an_extra(c)) {
            error_wrap_words(failure, requests[kind].what);
            error_wrap(failure, "offer %s", c->read->offer.id);
            offer_read_problem(c->read, failure);
        } else if (note_failure(c, failure) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Only an offer that was never published may be without a /status. */
static int check_status_is_there(struct cpp_read *c, struct error *err)
{
    struct cpp_facts without = { .status = c->facts.status, .depth = DEPTH_STATE };
    struct cpp_get *get = &c->gets[REQUEST_STATUS];

    if (c->facts.steps_answer != CPP_NO || cpp_needs(&without) == 0) {
        return 0;
    }
    get->failure = arena_alloc(&c->read->arena, sizeof(*get->failure));
    if (get->failure == NULL) {
        return error_memory(err);
    }
    error_set(get->failure, ERR_ANSWER, "HTTP 404, although the offer is in the list");
    c->facts.steps_answer = CPP_FAILED;
    return 0;
}

static const char *earlier(const char *a, const char *b)
{
    return a == NULL || (b != NULL && timestamp_compare(b, a) < 0) ? b : a;
}

static const char *later(const char *a, const char *b)
{
    return a == NULL || (b != NULL && timestamp_compare(b, a) > 0) ? b : a;
}

/* Only one operation runs at a time, and /status is the latest: its messages have the times. */
static int add_operation(struct cpp_read *c)
{
    struct offer *o = &c->read->offer;
    struct event e = { .api = c->read->portal->api->name,
                       .kind = N_("operation"),
                       .state = c->facts.status,
                       .messages = o->messages,
                       .message_count = o->message_count };

    for (size_t i = 0; i < o->step_count; i++) {
        for (size_t j = 0; j < o->steps[i].message_count; j++) {
            const char *at = o->steps[i].messages[j].at;
            e.started_at = earlier(e.started_at, at);
            e.changed_at = later(e.changed_at, at);
        }
    }
    return offer_event(&c->read->arena, o, &e);
}

static int advance_history(struct cpp_read *c, struct error *err)
{
    struct offer *o = &c->read->offer;

    if (c->facts.submissions == CPP_UNASKED) {
        return start_request(c, REQUEST_SUBMISSIONS, err) == 0 &&
                       start_request(c, REQUEST_STATUS, err) == 0
                   ? 0
                   : -1;
    }
    if (c->in_flight > 0) {
        return 0;
    }
    events_order((struct event *)o->events, o->event_count);
    if (c->facts.steps_answer == CPP_YES && add_operation(c) != 0) {
        return error_memory(err);
    }
    if (c->facts.steps_answer == CPP_YES && o->event_count > 1) { /* the newest comes first */
        struct event *events = (struct event *)o->events, last = events[o->event_count - 1];
        memmove(events + 1, events, (o->event_count - 1) * sizeof(*events));
        events[0] = last;
    }
    if (check_status_is_there(c, err) != 0) {
        return -1;
    }
    c->read->unreadable = c->facts.submissions == CPP_FAILED;
    if (keep_first_failure(c) != 0) {
        return error_memory(err);
    }
    offer_read_answered(c->read);
    return 0;
}

static int advance(struct offer_read *read, struct error *err)
{
    struct cpp_read *c = read->backend;
    unsigned needs;

    if (c == NULL) {
        c = arena_alloc(&read->arena, sizeof(*c));
        if (c == NULL) {
            return error_memory(err);
        }
        read->backend = c;
        c->read = read;
        c->listed_status = read->offer.raw_status;
        c->facts.status = c->listed_status;
        c->facts.depth = read->depth;
    }
    if (c->facts.depth == DEPTH_HISTORY) {
        return advance_history(c, err);
    }
    /* What is asked next must not depend on which answer comes first: /status may have another word
     * than the list. */
    if (c->in_flight > 0) {
        return 0;
    }
    needs = cpp_needs(&c->facts);
    for (int kind = 0; kind < REQUEST_COUNT; kind++) {
        if ((needs & requests[kind].bit) != 0 && start_request(c, kind, err) != 0) {
            return -1;
        }
    }
    if (c->in_flight > 0) {
        return 0;
    }
    if (check_status_is_there(c, err) != 0) {
        return -1;
    }
    read->unreadable = cpp_undecidable(&c->facts);
    if (!read->unreadable && cpp_apply_ruling(&c->facts, &read->arena, &read->offer) != 0) {
        return error_memory(err);
    }
    if (keep_first_failure(c) != 0) {
        return error_memory(err);
    }
    offer_read_answered(read);
    return 0;
}

/* What was published and is in production no more may have been delisted; no value of this API says
 * so. */
static bool leaves_open(const struct offer_read *read)
{
    const struct cpp_read *c = read->backend;

    return c->facts.production == CPP_NO && cpp_is_done(c->facts.status);
}

static unsigned possible_states(const struct offer *listed)
{
    return cpp_possible_states(listed->raw_status);
}

const struct portal_api api_cpp = {
    .name = "cpp",
    .title = "Cloud Partner Portal API",
    .endpoint = "https://cloudpartner.azure.com",
    .traits = { .audience = "https://cloudpartner.azure.com",
                .has_publishers = true,
                .lists_changes = true,
                .lacks_new_offers = true },
    .witness_rank = 3,
    .base = "/api",
    .version = VERSION,
    .publishers_url = publishers_url,
    .list_url = list_url,
    .read_publisher = cpp_decode_publisher,
    .list_members = cpp_offer_members,
    .read_offer = read_offer,
    .advance = advance,
    .possible_states = possible_states,
    .leaves_open = leaves_open,
};
