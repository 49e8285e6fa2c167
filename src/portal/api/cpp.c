/* cpp.c - Cloud Partner Portal 2017-10-31: addresses, and which requests an offer needs. */
#include "api/cpp_decode.h"
#include "api/cpp_read.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <string.h>

static void publishers_url(struct strbuf *url)
{
    strbuf_puts(url, "/publishers" CPP_QUERY);
}

static void list_url(struct strbuf *url, const char *publisher)
{
    cpp_offers_path(url, publisher);
    strbuf_puts(url, CPP_QUERY);
}

/* Turn the facts into the record's state, with a note if a reader should be warned. */
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
        rc = offer_note_odd_word(a, o, f->status, ruling.state);
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
        if (cpp_apply_ruling(&facts, a, out) != 0) {
            return error_memory(err);
        }
    }
    return 0;
}

static const char *earlier(const char *a, const char *b)
{
    if (a == NULL || (b != NULL && timestamp_compare(b, a) < 0)) {
        return b;
    }
    return a;
}

static const char *later(const char *a, const char *b)
{
    if (a == NULL || (b != NULL && timestamp_compare(b, a) > 0)) {
        return b;
    }
    return a;
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
        if (cpp_ask_for(c, CPP_GET_SUBMISSIONS, err) != 0) {
            return -1;
        }
        return cpp_ask_for(c, CPP_GET_STATUS, err);
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
    if (cpp_check_status(c, err) != 0) {
        return -1;
    }
    c->read->unreadable = c->facts.submissions == CPP_FAILED;
    if (cpp_keep_first_failure(c) != 0) {
        return error_memory(err);
    }
    offer_read_answered(c->read);
    return 0;
}

static int advance(struct offer_read *read, struct error *err)
{
    struct cpp_read *c = read->backend;

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
    /* The next requests must not depend on which answer comes first, since /status may have a
     * different word than the list. */
    if (c->in_flight > 0) {
        return 0;
    }
    if (cpp_ask_for(c, cpp_needs(&c->facts), err) != 0) {
        return -1;
    }
    if (c->in_flight > 0) {
        return 0;
    }
    if (cpp_check_status(c, err) != 0) {
        return -1;
    }
    read->unreadable = cpp_undecidable(&c->facts);
    if (!read->unreadable && cpp_apply_ruling(&c->facts, &read->arena, &read->offer) != 0) {
        return error_memory(err);
    }
    if (cpp_keep_first_failure(c) != 0) {
        return error_memory(err);
    }
    offer_read_answered(read);
    return 0;
}

/* An offer that was published and is no longer in production may have been delisted; no value of
 * this API says so. */
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
    .version = CPP_VERSION,
    .publishers_url = publishers_url,
    .list_url = list_url,
    .read_publisher = cpp_decode_publisher,
    .list_members = cpp_offer_members,
    .read_offer = read_offer,
    .advance = advance,
    .possible_states = possible_states,
    .leaves_open = leaves_open,
};
