/* fuzz_decode.c - every decoder of the three APIs on one element; the first byte says which.  What
 * it makes of it must be valid UTF-8, for whoever prints it. */
#include "api/cpp_decode.h"
#include "api/graph_decode.h"
#include "api/ingestion_decode.h"
#include "fuzz.h"
#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void check_text(const char *text)
{
    const char *end = text != NULL ? text + strlen(text) : NULL;

    while (text != NULL && text < end) {
        size_t len = utf8_length(text, end);
        if (len == 0) {
            abort();
        }
        text += len;
    }
}

static void check_messages(const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_text(messages[i].text);
        for (size_t j = 0; j < messages[i].link_count; j++) {
            check_text(messages[i].links[j].text);
            if (strncasecmp(messages[i].links[j].href, "http", 4) != 0) {
                abort();
            }
        }
    }
}

static void check_offer(const struct offer *o)
{
    check_text(o->id);
    check_text(o->name);
    check_text(o->type);
    check_text(o->product_id);
    check_text(o->raw_status);
    check_messages(o->messages, o->message_count);
    for (size_t i = 0; i < o->note_count; i++) {
        check_text(o->notes[i].text);
    }
    for (size_t i = 0; i < o->step_count; i++) {
        check_text(o->steps[i].name);
        check_text(o->steps[i].raw_status);
        check_text(o->steps[i].started_at);
        check_text(o->steps[i].completed_at);
        check_messages(o->steps[i].messages, o->steps[i].message_count);
        if (o->steps[i].progress < -1 || o->steps[i].progress > 100) {
            abort();
        }
    }
}

static void check_event(const struct event *e)
{
    check_text(e->id);
    check_text(e->type);
    check_text(e->state);
    check_text(e->target);
    check_text(e->started_at);
    check_text(e->changed_at);
    check_messages(e->messages, e->message_count);
}

/* All that a decoder may fill; it fills what is its own. */
struct decoded {
    struct offer offer;
    struct publisher publisher;
    struct cpp_submission cpp;
    struct ingestion_submission ingestion;
    struct graph_submission graph;
    struct event event;
    struct message message;
    const struct message *messages;
    size_t message_count;
    const char *status;
};

static int cpp_offer(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return cpp_decode_offer(item, "contoso", a, &d->offer, err);
}

static int cpp_status(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return cpp_decode_status(item, a, &d->offer, &d->status, err);
}

static int cpp_publisher(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return cpp_decode_publisher(item, a, &d->publisher, err);
}

static int cpp_submission(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return cpp_decode_submission(item, a, &d->offer, &d->cpp, err);
}

static int ingestion_product(const cJSON *item, struct arena *a, struct decoded *d,
                             struct error *err)
{
    return ingestion_decode_product(item, "contoso", a, &d->offer, err);
}

static int ingestion_submission(const cJSON *item, struct arena *a, struct decoded *d,
                                struct error *err)
{
    return ingestion_decode_submission(item, a, &d->offer, &d->ingestion, err);
}

/* Twice, as the steps of two pushes are put together. */
static int ingestion_workflow(const cJSON *item, struct arena *a, struct decoded *d,
                              struct error *err)
{
    size_t steps;

    if (ingestion_decode_workflow(item, a, &d->offer, &d->event, err) != 0) {
        return -1;
    }
    steps = d->offer.step_count;
    if (ingestion_decode_workflow(item, a, &d->offer, &d->event, err) != 0 ||
        d->offer.step_count != 2 * steps) {
        abort();
    }
    return 0;
}

static int ingestion_validation(const cJSON *item, struct arena *a, struct decoded *d,
                                struct error *err)
{
    return ingestion_decode_validation(item, a, &d->offer, &d->message, err);
}

static int graph_product(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return graph_decode_product(item, "contoso", a, &d->offer, err);
}

static int graph_submission(const cJSON *item, struct arena *a, struct decoded *d,
                            struct error *err)
{
    int rc = graph_decode_submission(item, a, &d->offer, &d->graph, err);

    d->messages = d->graph.messages;
    d->message_count = d->graph.message_count;
    return rc;
}

static int graph_job(const cJSON *item, struct arena *a, struct decoded *d, struct error *err)
{
    return graph_decode_job(item, a, &d->event, err);
}

struct decoder {
    int (*decode)(const cJSON *item, struct arena *a, struct decoded *d, struct error *err);
    const char *const *members; /* that it is given, NULL: all */
    bool borrows;               /* texts may point into the element */
};

/* By the first byte: below 0x80 the older portal's, from there the two newer APIs'. */
static const struct decoder *choose(uint8_t which)
{
    static const struct decoder older[4] = {
        { cpp_offer, cpp_offer_members, true },
        { cpp_status, NULL, false },
        { cpp_publisher, NULL, true },
        { cpp_submission, NULL, false },
    };
    static const struct decoder newer[7] = {
        { ingestion_product, ingestion_product_members, true },
        { ingestion_submission, ingestion_submission_members, false },
        { ingestion_workflow, NULL, false },
        { ingestion_validation, NULL, false },
        { graph_product, graph_product_members, true },
        { graph_submission, graph_submission_members, false },
        { graph_job, NULL, false },
    };

    return which < 0x80 ? &older[which % 4] : &newer[(which - 0x80) % 7];
}

static void check_decoded(const struct decoded *d)
{
    check_offer(&d->offer);
    check_event(&d->event);
    check_text(d->publisher.id);
    check_text(d->cpp.id);
    check_text(d->ingestion.id);
    check_text(d->ingestion.substate);
    check_text(d->ingestion.release);
    check_text(d->ingestion.failure_reason);
    check_text(d->graph.id);
    check_text(d->graph.target);
    check_text(d->graph.lifecycle);
    check_messages(&d->message, 1);
    check_messages(d->messages, d->message_count);
    check_text(d->status);
}

static void decode(const struct decoder *decoder, const cJSON *item, struct arena *parsed,
                   struct arena *a)
{
    struct error err = ERROR_INIT;
    struct decoded d = { .offer.id = "x" };

    if (decoder->members != NULL && decoder->borrows) {
        d.offer.id = NULL; /* it is the decoder's to tell */
    }
    if (decoder->decode(item, a, &d, &err) != 0) {
        check_text(err.text);
        if (err.code != ERR_ANSWER || err.text[0] == '\0') {
            abort();
        }
        return;
    }
    if (!decoder->borrows) {
        arena_wipe(parsed); /* a text that was not copied is seen to be gone */
    }
    check_decoded(&d);
}

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_offer(const struct offer *a, const struct offer *b)
{
    return same_text(a->id, b->id) && same_text(a->name, b->name) && same_text(a->type, b->type) &&
           same_text(a->publisher, b->publisher) && same_text(a->product_id, b->product_id) &&
           same_text(a->version, b->version) && same_text(a->changed_at, b->changed_at) &&
           same_text(a->raw_status, b->raw_status) && a->note_count == b->note_count;
}

static bool same_ingestion(const struct ingestion_submission *a,
                           const struct ingestion_submission *b)
{
    return same_text(a->id, b->id) && same_text(a->state, b->state) &&
           same_text(a->substate, b->substate) && a->has_update == b->has_update &&
           same_text(a->update_type, b->update_type) &&
           same_text(a->update_status, b->update_status) &&
           same_text(a->failure_reason, b->failure_reason) && same_text(a->release, b->release) &&
           same_text(a->published_at, b->published_at);
}

static bool same_graph(const struct graph_submission *a, const struct graph_submission *b)
{
    return same_text(a->id, b->id) && same_text(a->target, b->target) &&
           same_text(a->status, b->status) && same_text(a->result, b->result) &&
           same_text(a->lifecycle, b->lifecycle) && same_text(a->created, b->created);
}

/* What is left out before the parser must make no difference to what is read. */
static void compare_with_all_members(const struct decoder *decoder, const char *text, size_t len,
                                     const cJSON *item)
{
    struct arena parsed = ARENA_INIT;
    struct error err = ERROR_INIT, err_all = ERROR_INIT;
    struct decoded d = { 0 }, all = { 0 };
    const cJSON *whole = json_parse(text, len, NULL, &parsed, &err);

    if ((whole == NULL) != (item == NULL)) {
        abort();
    }
    if (item != NULL) {
        int rc = decoder->decode(item, &parsed, &d, &err);
        if (rc != decoder->decode(whole, &parsed, &all, &err_all) ||
            strcmp(err.text, err_all.text) != 0 || !same_text(d.offer.id, all.offer.id) ||
            (rc == 0 &&
             (!same_offer(&d.offer, &all.offer) || !same_ingestion(&d.ingestion, &all.ingestion) ||
              !same_graph(&d.graph, &all.graph) || d.message_count != all.message_count))) {
            abort();
        }
    }
    arena_clear(&parsed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT, parsed = ARENA_INIT;
    char *copy = malloc(size > 0 ? size : 1);
    const struct decoder *decoder;
    cJSON *item;

    if (copy == NULL || size == 0) {
        free(copy);
        return 0;
    }
    memcpy(copy, data + 1, size - 1);
    decoder = choose(data[0]);
    item = json_parse(copy, size - 1, decoder->members, &parsed, &err);
    if (decoder->members != NULL) {
        compare_with_all_members(decoder, copy, size - 1, item);
    }
    if (item != NULL) {
        decode(decoder, item, &parsed, &arena);
    }
    arena_clear(&parsed);
    arena_clear(&arena);
    free(copy);
    return 0;
}
