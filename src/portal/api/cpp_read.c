/* cpp_read.c - the requests about one offer of the Cloud Partner Portal, and their answers. */
#include "api/cpp_read.h"

#include "api/cpp_decode.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"

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

void cpp_offers_path(struct strbuf *url, const char *publisher)
{
    strbuf_puts(url, "/publishers/");
    strbuf_put_segment(url, publisher);
    strbuf_puts(url, "/offers");
}

/* Answers. */

/* Both /status and a slot answer one object. */
static int need_one(size_t index, const cJSON *item, const struct error *bad, struct error *err)
{
    if (index > 0) {
        return error_set(err, ERR_ANSWER, "expected one object, found more");
    }
    if (item == NULL) {
        *err = *bad;
        return -1;
    }
    return 0;
}

static int cpp_on_status(void *user, size_t index, const cJSON *item, const struct error *bad,
                         struct error *err)
{
    struct cpp_get *get = user;

    if (need_one(index, item, bad, err) != 0 ||
        cpp_decode_status(item, &get->owner->read->arena, &get->part, &get->status, err) != 0) {
        return -1;
    }
    get->answered = true;
    return 0;
}

static int cpp_on_slot(void *user, size_t index, const cJSON *item, const struct error *bad,
                       struct error *err)
{
    struct cpp_get *get = user;

    if (need_one(index, item, bad, err) != 0 || cpp_check_slot(item, err) != 0) {
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

    if (offer_event(&c->read->arena, &get->part, &e) != 0) {
        return error_memory(err);
    }
    return 0;
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

/* Add a complete answer to the facts and the record. */
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
            if (err->code ==
                ERR_NOT_FOUND) { /* the list has the offer, so it is the answer that is odd */
                get->failure->code = ERR_ANSWER;
            }
        }
    }
    offer_read_step(c->read);
}

static int ask(struct cpp_read *c, int kind, struct error *err)
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
    int rc = -1;

    c->gets[kind] = (struct cpp_get){ .owner = c, .kind = kind };
    portal_url(p, &url);
    cpp_offers_path(&url, o->publisher);
    strbuf_puts(&url, "/");
    strbuf_put_segment(&url, o->id);
    strbuf_puts(&url, requests[kind].path);
    strbuf_puts(&url, CPP_QUERY);
    get.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = json_get_start(&p->fetcher, &get, err);
    }
    strbuf_clear(&url);
    if (rc == 0) {
        c->in_flight++;
        *answer_of(&c->facts, kind) = CPP_ASKED;
    }
    return rc;
}

int cpp_ask_for(struct cpp_read *c, unsigned needs, struct error *err)
{
    for (int kind = 0; kind < REQUEST_COUNT; kind++) {
        if ((needs & requests[kind].bit) != 0 && ask(c, kind, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Whether /status only adds the failed step to the row of a failed offer, which can do without. */
static bool status_is_an_extra(const struct cpp_read *c)
{
    return c->facts.depth == DEPTH_STATE && cpp_decides_without_status(c->listed_status);
}

/* Note that the steps could not be read; the list already says that the offer failed. */
static int note_failure(struct cpp_read *c, struct error *failure)
{
    error_wrap(failure, "where it failed could not be read");
    return offer_note_error(&c->read->arena, &c->read->offer, true, failure);
}

int cpp_keep_first_failure(struct cpp_read *c)
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

int cpp_check_status(struct cpp_read *c, struct error *err)
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
