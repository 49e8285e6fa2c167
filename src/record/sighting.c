/* sighting.c - what a read has found out, kept until it is written. */
#include "record_priv.h"

#include "offerstat/hash.h"
#include "offerstat/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *sighting_api(struct arena *a, const struct offer *o)
{
    struct strbuf names = STRBUF_INIT(256);
    const char *sorted[8];
    size_t count = 0;
    const char *copy;

    if (o->api != NULL) {
        return arena_strdup(a, o->api);
    }
    while (count < o->source_count && count < sizeof(sorted) / sizeof(sorted[0])) {
        sorted[count] = o->sources[count].api;
        count++;
    }
    qsort((void *)sorted, count, sizeof(sorted[0]), compare_names);
    for (size_t i = 0; i < count; i++) {
        strbuf_puts(&names, i > 0 ? "," : "");
        strbuf_puts(&names, sorted[i]);
    }
    copy = names.failed ? NULL : arena_strdup(a, strbuf_text(&names));
    strbuf_clear(&names);
    return copy;
}

/* Without what is not recorded: messages may be long. */
static int copy_steps(struct arena *a, const struct offer *o, struct offer *copy)
{
    struct step *steps = NULL;
    struct offer bare = { .api = o->api,
                          .id = o->id,
                          .name = o->name,
                          .type = o->type,
                          .publisher = o->publisher,
                          .raw_status = o->raw_status,
                          .version = o->version,
                          .changed_at = o->changed_at,
                          .product_id = o->product_id,
                          .submission = o->submission,
                          .submitted_at = o->submitted_at,
                          .state = o->state,
                          .live = o->live };
    int rc;

    if (o->step_count > 0) {
        steps = calloc(o->step_count, sizeof(*steps));
        if (steps == NULL) {
            return -1;
        }
        for (size_t i = 0; i < o->step_count; i++) {
            steps[i] = (struct step){ .id = o->steps[i].id,
                                      .name = o->steps[i].name,
                                      .status = o->steps[i].status,
                                      .started_at = o->steps[i].started_at,
                                      .completed_at = o->steps[i].completed_at };
        }
        bare.steps = steps;
        bare.step_count = o->step_count;
    }
    rc = offer_copy(a, &bare, copy);
    free(steps);
    return rc;
}

static uint64_t add_text(uint64_t digest, const char *text)
{
    return hash_more(digest, text != NULL ? text : "\1");
}

static uint64_t add_number(uint64_t digest, size_t number)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%zu", number);
    return hash_more(digest, digits);
}

/* Whatever write.c makes a row of, apart from times of ours.  Two that are written in different
 * ways must not have the same: a text more that is written is a text more here. */
static int64_t digest_of(const struct sighting *s)
{
    const struct recorded_span *span = &s->span;
    uint64_t d = hash_text("1");

    d = add_text(add_text(d, s->offer.publisher), s->offer.id);
    d = add_text(add_text(d, s->offer.product_id), s->offer.name);
    d = add_text(add_text(d, s->offer.type), s->submitted_at);
    d = add_text(add_text(d, state_token(span->state)), live_token(span->live));
    d = add_text(add_text(d, span->submission), span->version);
    d = add_number(add_number(d, span->step_index), s->step_count);
    for (size_t i = 0; i < s->step_count; i++) {
        const struct step *step = &s->steps[i];
        d = add_text(add_text(d, step->id), step->name);
        d = add_text(d, step_status_token(step->status));
        d = add_text(add_text(d, step->started_at), step->completed_at);
    }
    return (int64_t)d;
}

int record_note(struct record *r, const struct offer *o, int64_t seen_ms, struct error *err)
{
    struct sighting *items;
    struct offer copy;
    struct sighting *s;

    if (o->basis == BASIS_PROVISIONAL) {
        return 0;
    }
    items = arena_grow(&r->noted, r->sightings, r->sighting_count, sizeof(*items));
    if (items == NULL) {
        return error_memory(err);
    }
    r->sightings = items;
    s = &items[r->sighting_count];
    if (copy_steps(&r->noted, o, &copy) != 0) {
        return error_memory(err);
    }
    recorded_span_of(&copy, &s->span);
    s->span.api = sighting_api(&r->noted, o);
    if (s->span.api == NULL) {
        return error_memory(err);
    }
    s->span.first_seen_ms = seen_ms;
    s->span.last_seen_ms = seen_ms;
    s->offer = (struct recorded_offer){ .endpoint = r->options.endpoint,
                                        .publisher = copy.publisher,
                                        .id = copy.id,
                                        .product_id = copy.product_id,
                                        .name = copy.name,
                                        .type = copy.type };
    s->submitted_at = copy.submitted_at;
    s->steps = copy.steps;
    s->step_count = copy.step_count;
    s->digest = digest_of(s);
    r->sighting_count++;
    return 0;
}

void record_drop(struct record *r)
{
    arena_reset(&r->noted);
    r->sightings = NULL;
    r->sighting_count = 0;
}
