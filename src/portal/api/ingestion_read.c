/* ingestion_read.c - the requests about one product of Partner Center, and their answers. */
#include "api/ingestion_read.h"

#include "offerstat/translate.h"

/* One request about a product, and its answer. */
struct ingestion_get {
    struct ingestion_read *owner;
    enum answer *answer; /* NULL: this answer alone decides nothing */
    const char *what;
    const char *submission;
    struct ingestion_facts facts; /* the answer's submissions */
    struct offer part;            /* of the record */
};

static void put_submissions(struct strbuf *url, const struct offer_read *read)
{
    portal_url(read->portal, url);
    strbuf_puts(url, "/products/");
    strbuf_put_segment(url, read->offer.product_id);
    strbuf_puts(url, "/submissions");
}

/* Answers. */

static int bad_element(const struct error *bad, size_t index, struct error *err)
{
    if (bad != NULL) {
        *err = *bad;
    }
    return error_wrap(err, "element [%zu]", index);
}

static int ingestion_on_submission(void *user, size_t index, const cJSON *item,
                                   const struct error *bad, struct error *err)
{
    struct ingestion_get *get = user;
    struct ingestion_read *c = get->owner;
    struct ingestion_submission s = { 0 };
    struct arena *a = &c->read->arena;
    struct event e;

    if (item == NULL) {
        return bad_element(bad, index, err);
    }
    if (ingestion_decode_submission(item, a, &get->part, &s, err) != 0) {
        return bad_element(NULL, index, err);
    }
    if (ingestion_add(a, &get->facts, &s) != 0) {
        return error_memory(err);
    }
    if (get->facts.depth != DEPTH_HISTORY || ingestion_is_draft(&s)) {
        return 0;
    }
    e = (struct event){ .api = c->read->portal->api->name,
                        .kind = N_("submission"),
                        .id = s.id,
                        .serial = s.id,
                        .type = s.update_type,
                        .state = ingestion_raw_status(&s, a),
                        .changed_at = s.published_at };
    if (e.state == NULL || offer_event(a, &get->part, &e) != 0) {
        return error_memory(err);
    }
    return 0;
}

static int ingestion_on_workflow(void *user, size_t index, const cJSON *item,
                                 const struct error *bad, struct error *err)
{
    struct ingestion_get *get = user;
    struct ingestion_read *c = get->owner;
    struct arena *a = &c->read->arena;
    struct event e = { .api = c->read->portal->api->name, .kind = N_("operation") };

    if (item == NULL) {
        return bad_element(bad, index, err);
    }
    if (ingestion_decode_workflow(item, a, &get->part, &e, err) != 0) {
        return bad_element(NULL, index, err);
    }
    if (ingestion_step_status(NULL, e.state) == STEP_REJECTED) {
        get->facts.push_failed = true;
        if (c->facts.depth != DEPTH_HISTORY &&
            offer_note(a, &get->part, false, "its workflow is \"%s\"", e.state) != 0) {
            return error_memory(err);
        }
    }
    e.id = get->submission;
    e.serial = get->submission;
    if (c->facts.depth == DEPTH_HISTORY && offer_event(a, &get->part, &e) != 0) {
        return error_memory(err);
    }
    return 0;
}

static int ingestion_on_validation(void *user, size_t index, const cJSON *item,
                                   const struct error *bad, struct error *err)
{
    struct ingestion_get *get = user;
    struct arena *a = &get->owner->read->arena;
    struct offer *part = &get->part;
    struct message *messages, m = { 0 };

    if (item == NULL) {
        return bad_element(bad, index, err);
    }
    if (ingestion_decode_validation(item, a, part, &m, err) != 0) {
        return bad_element(NULL, index, err);
    }
    if (m.text == NULL) {
        return 0;
    }
    messages = arena_grow(a, (struct message *)part->messages, part->message_count, sizeof(m));
    if (messages == NULL) {
        return error_memory(err);
    }
    messages[part->message_count++] = m;
    part->messages = messages;
    return 0;
}

/* Add a complete answer to the facts and the record. */
static int take_answer(struct ingestion_get *get)
{
    struct ingestion_read *c = get->owner;

    if (get->answer == &c->submissions) {
        c->facts = get->facts;
    } else if (get->answer == &c->workflow) {
        c->facts.push_failed = get->facts.push_failed;
    } else if (get->answer == &c->validations) {
        c->messages = get->part.messages;
        c->message_count = get->part.message_count;
    }
    if (c->facts.depth == DEPTH_HISTORY) { /* which has no steps */
        get->part.steps = NULL;
        get->part.step_count = 0;
    }
    return offer_read_take(c->read, &get->part);
}

static void ingestion_on_ended(void *user, const struct error *why)
{
    struct ingestion_get *get = user;
    struct offer_read *read = get->owner->read;
    struct error note = *why;

    error_wrap(&note, "%s", get->what);
    error_append(&note, ", treated as the end of the list");
    if (offer_note_error(&read->arena, &read->offer, true, &note) != 0) {
        struct error memory = ERROR_INIT;
        error_memory(&memory);
        offer_read_problem(read, &memory);
    }
}

/* Keep the failure of an optional answer until all answers have come, so that every run reports the
 * same. */
static int keep_failure(struct ingestion_get *get, const struct error *err)
{
    struct ingestion_read *c = get->owner;
    struct error *kept = arena_alloc(&c->read->arena, sizeof(*kept));

    if (kept == NULL) {
        return -1;
    }
    *kept = *err;
    if (get->answer == &c->validations) {
        c->validations_error = kept;
    } else {
        c->workflow_error = kept;
    }
    return 0;
}

static void ingestion_on_done(void *user, const struct error *err)
{
    struct ingestion_get *get = user;
    struct ingestion_read *c = get->owner;
    bool needed = get->answer == &c->submissions;
    struct error memory = ERROR_INIT;

    c->in_flight--;
    if (take_answer(get) != 0) {
        error_memory(&memory);
        err = &memory;
    }
    if (get->answer != NULL) {
        *get->answer = err == NULL ? GIVEN : FAILED;
    }
    /* Workflow and validations may be 404 (navcontainerhelper issue 4126); 204 says the same. */
    if (err != NULL && !needed && (err->http == 404 || err->http == 204)) {
        if (get->answer != NULL) {
            *get->answer = GIVEN;
        }
    } else if (err != NULL && !needed && err->code != ERR_MEMORY &&
               ingestion_asks_extras(&c->facts)) {
        if (keep_failure(get, err) != 0) {
            error_memory(&memory);
            offer_read_problem(c->read, &memory);
        }
    } else if (err != NULL) {
        offer_read_answer_failed(c->read, get->what, err);
    }
    offer_read_step(c->read);
}

static int start(struct ingestion_read *c, const char *submission, const char *leaf,
                 enum answer *answer, struct pages *pages, struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct ingestion_get *get = arena_alloc(&c->read->arena, sizeof(*get));
    const struct portal *p = c->read->portal;
    int rc = -1;

    if (get == NULL) {
        return error_memory(err);
    }
    *get = (struct ingestion_get){ .owner = c,
                                   .answer = answer,
                                   .what = leaf != NULL ? leaf : "submissions",
                                   .submission = submission,
                                   .facts = c->facts };
    put_submissions(&url, c->read);
    if (submission != NULL) {
        strbuf_puts(&url, "/");
        strbuf_put_segment(&url, submission);
        strbuf_puts(&url, "/");
        strbuf_puts(&url, leaf);
    }
    pages->url = strbuf_text(&url);
    pages->endpoint = p->endpoint;
    pages->header = p->header;
    pages->user = get;
    pages->results = get;
    pages->results_size = sizeof(*get);
    pages->end_is_404 = true;
    pages->ended = ingestion_on_ended;
    pages->done = ingestion_on_done;
    if (url.failed) {
        error_memory(err);
    } else {
        rc = pages_start(&c->read->portal->fetcher, pages, err);
    }
    strbuf_clear(&url);
    if (rc == 0) {
        c->in_flight++;
        if (answer != NULL) {
            *answer = ASKED;
        }
    }
    return rc;
}

int ingestion_ask_submissions(struct ingestion_read *c, struct error *err)
{
    struct pages pages = { .members = ingestion_submission_members,
                           .element = ingestion_on_submission };

    return start(c, NULL, NULL, &c->submissions, &pages, err);
}

int ingestion_ask_workflow(struct ingestion_read *c, const char *submission, enum answer *answer,
                           struct error *err)
{
    struct pages pages = { .element = ingestion_on_workflow };

    return start(c, submission, "workflowdetails", answer, &pages, err);
}

int ingestion_ask_validations(struct ingestion_read *c, const char *submission, struct error *err)
{
    struct pages pages = { .element = ingestion_on_validation };

    return start(c, submission, "validations", &c->validations, &pages, err);
}
