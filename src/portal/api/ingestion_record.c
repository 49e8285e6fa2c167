/* ingestion_record.c - making the offer's record of the answers about a product. */
#include "api/ingestion_read.h"
#include "offerstat/timestamp.h"
#include "offerstat/word.h"

const char *ingestion_raw_status(const struct ingestion_submission *s, struct arena *a)
{
    bool is_open = s->update_status != NULL && !word_equal(s->update_status, "Completed");

    return arena_printf(
        a, "%s%s%s%s%s%s%s", s->state != NULL ? s->state : "?", s->substate != NULL ? "/" : "",
        s->substate != NULL ? s->substate : "", is_open ? ", " : "",
        is_open && s->update_type != NULL ? s->update_type : "",
        is_open && s->update_type != NULL ? "/" : "", is_open ? s->update_status : "");
}

/* Add what blocks publishing: the validations, or at least the reason for the failure. */
static int add_messages(struct ingestion_read *c, const struct ingestion_submission *s,
                        struct offer *o)
{
    struct message *reason;

    o->messages = c->messages;
    o->message_count = c->message_count;
    if (o->message_count > 0 || s == NULL || s->failure_reason == NULL) {
        return 0;
    }
    reason = arena_alloc(&c->read->arena, sizeof(*reason));
    if (reason == NULL) {
        return -1;
    }
    *reason = (struct message){ .level = LEVEL_ERROR, .text = s->failure_reason };
    o->messages = reason;
    o->message_count = 1;
    return 0;
}

static int add_notes(const struct ingestion_read *c, const struct ruling *ruling, struct offer *o)
{
    struct arena *a = &c->read->arena;
    const char *odd = ingestion_odd_word(&c->facts);

    if (ingestion_has_newer_draft(&c->facts) &&
        offer_note(a, o, false, "a newer draft was not submitted yet") != 0) {
        return -1;
    }
    if (ruling->newest_unknown) {
        return offer_note_newest_unknown(a, o);
    }
    if (ruling->rule == NULL) {
        if (ingestion_activity(&c->facts)->state == NULL) {
            return offer_note(a, o, true, "the submission has no state");
        }
        return offer_note(a, o, true, "submission is \"%s\", which fits no known state",
                          o->raw_status);
    }
    if (odd != NULL) {
        return offer_note_odd_word(a, o, odd, ruling->state);
    }
    return 0;
}

/* The latest time of any step, whatever their order; NULL when they have no times. */
static const char *last_move(const struct offer *o)
{
    const char *last = NULL;

    for (size_t i = 0; i < o->step_count; i++) {
        const char *at =
            o->steps[i].completed_at != NULL ? o->steps[i].completed_at : o->steps[i].started_at;
        if (at != NULL && (last == NULL || timestamp_compare(at, last) > 0)) {
            last = at;
        }
    }
    return last;
}

int ingestion_fill_record(struct ingestion_read *c)
{
    const struct ingestion_submission *activity = ingestion_activity(&c->facts);
    const struct ingestion_submission *shown = ingestion_shown(&c->facts);
    struct offer *o = &c->read->offer;
    const char *moved = activity != NULL ? last_move(o) : NULL;
    struct ruling ruling;

    ruling = ingestion_decide(&c->facts);
    offer_apply_ruling(o, &ruling);
    if (shown != NULL) {
        o->version = shown->release;
        if (!ruling.newest_unknown && !ingestion_is_draft(shown)) {
            o->submission = shown->id;
            o->submitted_at = shown->published_at;
        }
        o->changed_at = moved != NULL ? moved : shown->published_at;
        o->raw_status = ingestion_raw_status(shown, &c->read->arena);
        if (o->raw_status == NULL) {
            return -1;
        }
    }
    if (add_messages(c, activity, o) != 0) {
        return -1;
    }
    return add_notes(c, &ruling, o);
}
