/* graph.c - Product Ingestion on Graph: addresses, and which requests a product needs. */
#include "api/api.h"
#include "api/graph_decode.h"
#include "api/offer_read.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"
#include "offerstat/word.h"

#include <stdio.h>
#include <string.h>

/* Required for all calls since 2023.  It is an upper bound: the schema of that date or the nearest
 * earlier one (cloudpub sends this one with everything). */
#define VERSION "$version=2022-07-01"
#define PAGE "&$maxpagesize=200"

/* What the backend keeps of an offer while it is read. */
struct graph_read {
    struct offer_read *read;
    struct graph_facts facts;
    struct offer part; /* notes and events of the answer */
    char now[TIMESTAMP_MAX];
    bool failed;
};

static void list_url(struct strbuf *url, const char *publisher)
{
    (void)publisher;
    strbuf_puts(url, "/product?" VERSION PAGE);
}

static void lookup_url(struct strbuf *url, const char *offer_id)
{
    strbuf_puts(url, "/product?externalId=");
    strbuf_put_segment(url, offer_id);
    strbuf_puts(url, "&" VERSION);
}

static void job_url(struct strbuf *url, const char *id)
{
    strbuf_puts(url, "/configure/");
    strbuf_put_segment(url, id);
    strbuf_puts(url, "/status?" VERSION);
}

static int apply_list_ruling(struct offer *o, struct arena *a)
{
    const struct graph_facts facts = { .depth = DEPTH_LIST, .lifecycle = o->raw_status };
    struct ruling ruling = graph_decide(&facts);

    offer_apply_ruling(o, &ruling);
    if (ruling.rule != NULL) {
        return 0;
    }
    return offer_note(a, o, false, "the list of this API says nothing about publishing");
}

static int read_offer(const cJSON *item, enum read_depth depth, const char *publisher,
                      struct arena *a, struct offer *out, struct error *err)
{
    if (graph_decode_product(item, publisher, a, out, err) != 0) {
        return -1;
    }
    if (depth == DEPTH_LIST && apply_list_ruling(out, a) != 0) {
        return error_memory(err);
    }
    return 0;
}

/* "preview completed/succeeded". */
static const char *raw_status(const struct graph_submission *s, bool with_target, struct arena *a)
{
    bool names_target = with_target && s->target != NULL;

    return arena_printf(a, "%s%s%s%s%s", names_target ? s->target : "", names_target ? " " : "",
                        s->status != NULL ? s->status : "?", s->result != NULL ? "/" : "",
                        s->result != NULL ? s->result : "");
}

static int add_notes(const struct graph_read *c, const struct ruling *ruling, struct offer *o)
{
    struct arena *a = &c->read->arena;
    const char *odd = graph_odd_word(&c->facts), *date = graph_delisted_from(&c->facts);

    if (graph_has_superseded_preview(&c->facts) &&
        offer_note(a, o, false, "an older preview was superseded by what is live") != 0) {
        return -1;
    }
    if (date != NULL && offer_note(a, o, false, "will be delisted on %.10s", date) != 0) {
        return -1;
    }
    if (ruling->newest_unknown) {
        return offer_note_newest_unknown(a, o);
    }
    if (ruling->rule == NULL) {
        return offer_note(a, o, true, "submission is \"%s\", which fits no known state",
                          o->raw_status != NULL ? o->raw_status : "");
    }
    if (odd != NULL) {
        return offer_note_odd_word(a, o, odd, ruling->state);
    }
    if (graph_stops_distribution(&c->facts)) {
        return offer_note(a, o, false, "stop distribution pending");
    }
    if (word_equal(c->facts.lifecycle, "deleted")) {
        return offer_note(a, o, false, "the product is marked as deleted");
    }
    return 0;
}

static int fill_record(struct graph_read *c)
{
    const struct graph_submission *newest = graph_newest(&c->facts);
    const char *odd = graph_odd_word(&c->facts);
    struct ruling ruling = graph_decide(&c->facts);
    struct offer *o = &c->read->offer;

    offer_apply_ruling(o, &ruling);
    o->raw_status = c->facts.lifecycle;
    if (newest != NULL) {
        o->messages = newest->messages;
        o->message_count = newest->message_count;
        o->changed_at = newest->created;
        if (!ruling.newest_unknown) {
            o->submission = newest->id;
            o->submitted_at = newest->created;
        }
        o->raw_status = raw_status(newest, true, &c->read->arena);
        if (o->raw_status == NULL) {
            return -1;
        }
    }
    /* Only the word that left the state unknown is named, not other unknown words. */
    if (ruling.rule == NULL && odd != NULL &&
        (o->raw_status == NULL || strstr(o->raw_status, odd) == NULL)) {
        o->raw_status = odd;
    }
    return add_notes(c, &ruling, o);
}

static int add_event(struct graph_read *c, const struct graph_submission *s)
{
    struct arena *a = &c->read->arena;
    struct event e = { .api = c->read->portal->api->name,
                       .kind = N_("submission"),
                       .id = s->id,
                       .serial = s->id,
                       .type = word_equal(s->lifecycle, "generallyAvailable") ? NULL : s->lifecycle,
                       .state = raw_status(s, false, a),
                       .target = s->target,
                       .started_at = s->created,
                       .messages = s->messages,
                       .message_count = s->message_count };

    return e.state != NULL ? offer_event(a, &c->part, &e) : -1;
}

static int graph_on_submission(void *user, size_t index, const cJSON *item, const struct error *bad,
                               struct error *err)
{
    struct graph_read *c = user;
    struct graph_submission s = { 0 };

    if (item == NULL) {
        *err = *bad;
    }
    if (item == NULL || graph_decode_submission(item, &c->read->arena, &c->part, &s, err) != 0) {
        return error_wrap(err, "element [%zu]", index);
    }
    if (graph_add(&c->read->arena, &c->facts, &s) != 0 ||
        (c->facts.depth == DEPTH_HISTORY && !graph_is_draft(&s) && add_event(c, &s) != 0)) {
        return error_memory(err);
    }
    return 0;
}

static void graph_on_done(void *user, const struct error *err)
{
    struct graph_read *c = user;

    if (err != NULL) {
        c->failed = true;
        offer_read_answer_failed(c->read, "submissions", err);
    }
    offer_read_step(c->read);
}

static int begin(struct graph_read *c, struct error *err)
{
    struct strbuf url = STRBUF_INIT(REQUEST_URL_MAX);
    struct pages pages = { .endpoint = c->read->portal->endpoint,
                           .user = c,
                           .members = graph_submission_members,
                           .element = graph_on_submission,
                           .results = c,
                           .results_size = sizeof(*c),
                           .done = graph_on_done };
    int rc = -1;

    portal_url(c->read->portal, &url);
    strbuf_puts(&url, "/submission/");
    strbuf_put_segment(&url, c->read->offer.product_id);
    strbuf_puts(&url, "?" VERSION PAGE);
    pages.url = strbuf_text(&url);
    if (url.failed) {
        error_memory(err);
    } else {
        rc = pages_start(&c->read->portal->fetcher, &pages, err);
    }
    strbuf_clear(&url);
    return rc;
}

static int advance(struct offer_read *read, struct error *err)
{
    struct graph_read *c = read->backend;

    if (c == NULL) {
        c = arena_alloc(&read->arena, sizeof(*c));
        if (c == NULL) {
            return error_memory(err);
        }
        read->backend = c;
        c->read = read;
        c->facts.depth = read->depth;
        c->facts.lifecycle = read->offer.raw_status; /* as the list has it */
        timestamp_format(read->portal->fetcher.transport->wall_ms(read->portal->fetcher.transport),
                         c->now);
        c->facts.now = c->now;
        return begin(c, err);
    }
    read->unreadable = c->failed;
    if (offer_read_take(read, &c->part) != 0) {
        return error_memory(err);
    }
    events_order((struct event *)read->offer.events, read->offer.event_count);
    if (!c->failed && fill_record(c) != 0) {
        return error_memory(err);
    }
    offer_read_answered(read);
    return 0;
}

/* "Type AzureApplication is not supported" (docs/apis.md). */
static bool is_foreign(const struct error *err)
{
    return err->http == 400 && strstr(err->text, "Type ") != NULL &&
           strstr(err->text, "is not supported") != NULL;
}

const struct portal_api api_graph = {
    .name = "graph",
    .title = "Product Ingestion API",
    .endpoint = "https://graph.microsoft.com",
    .traits = { .audience = "https://graph.microsoft.com", .person_scope = ".default" },
    .application_id = "00000003-0000-0000-c000-000000000000",
    .witness_rank = 1, /* only this API knows about delisting */
    .job_url = job_url,
    .read_job = graph_decode_job,
    .base = "/rp/product-ingestion",
    .version = VERSION,
    .list_url = list_url,
    .lookup_url = lookup_url,
    .pages = true,
    .end_is_404 = true,
    .list_members = graph_product_members,
    .read_offer = read_offer,
    .advance = advance,
    .is_foreign = is_foreign,
};
