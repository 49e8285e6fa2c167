/* offer_merge.c - what several APIs say about one offer becomes one record. */
#include "offerstat/offer.h"
#include "offerstat/outcome.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <string.h>

static bool is_older(const struct offer *a, const struct offer *b)
{
    return a->changed_at != NULL && b->changed_at != NULL &&
           timestamp_compare(a->changed_at, b->changed_at) < 0;
}

/* "Nothing under way" in an API that could not see what happened contradicts nothing: a canceled
 * publish is visible in some APIs only, and not every API can show a delisted offer. */
static bool cannot_see(const struct testimony *said, const struct offer *other)
{
    if (said->offer->state != STATE_NONE) {
        return false;
    }
    return (other->state == STATE_CANCELED && !is_older(other, said->offer)) ||
           (other->state == STATE_DELISTED && said->cannot_see_delisted);
}

/* Whether a knows a submission that b does not.  Submissions have the same number in all APIs that
 * report one; without numbers, a's was submitted after the last change that b knows. */
static bool knows_more(const struct offer *a, const struct offer *b)
{
    if (digits_are(a->submission) && digits_are(b->submission)) {
        return digits_compare(a->submission, b->submission) > 0;
    }
    return a->submitted_at != NULL && b->changed_at != NULL &&
           timestamp_compare(a->submitted_at, b->changed_at) > 0;
}

/* Only its list was read, which has no state. */
static bool says_nothing(const struct offer *o)
{
    return o->state == STATE_UNKNOWN && o->basis == BASIS_PROVISIONAL;
}

static bool is_outdone(const struct testimony *said, size_t count, const struct offer *o)
{
    for (size_t i = 0; i < count; i++) {
        const struct offer *other = said[i].offer;
        if (!says_nothing(other) && (says_nothing(o) || knows_more(other, o))) {
            return true;
        }
    }
    return false;
}

/* The record with the gravest state, of equals the most trusted: of all records, or only of those
 * than which none knows more.  NULL: for each there is one that knows more. */
static const struct testimony *gravest(const struct testimony *ordered, size_t count, bool of_all)
{
    const struct testimony *found = NULL;

    if (of_all) {
        found = ordered;
    }
    for (size_t i = 0; i < count; i++) {
        const struct offer *o = ordered[i].offer;
        if ((of_all || !is_outdone(ordered, count, o)) &&
            (found == NULL || outcome_is_graver(o->state, found->offer->state))) {
            found = &ordered[i];
        }
    }
    return found;
}

static void first_text(const char **out, const char *text)
{
    if (*out == NULL) {
        *out = text;
    }
}

/* Fill what is missing from the next record. */
static void fill(struct offer *out, const struct offer *from)
{
    first_text(&out->name, from->name);
    first_text(&out->type, from->type);
    first_text(&out->publisher, from->publisher);
    first_text(&out->version, from->version);
    first_text(&out->product_id, from->product_id);
    if (out->live == LIVE_UNKNOWN) {
        out->live = from->live;
    }
}

static size_t messages_of_steps(const struct offer *o)
{
    size_t count = 0;

    for (size_t i = 0; i < o->step_count; i++) {
        count += o->steps[i].message_count;
    }
    return count;
}

/* How well the steps of a record explain the state that was decided. */
static unsigned worth_of_steps(const struct offer *o, enum offer_state state)
{
    unsigned worth = 0;

    if (o->steps_known) {
        worth += 1;
    }
    if (o->step_count > 0) {
        worth += 2;
    }
    if (messages_of_steps(o) > 0) {
        worth += 4;
    }
    if (o->step_count > 0 && o->state == state) {
        worth += 8;
    }
    return worth;
}

/* Steps, messages and the time of change come from records with the state that was decided, the
 * most trusted first; steps that explain more win, and the latest time. */
static void take_details(struct offer *out, const struct testimony *said, size_t count)
{
    const struct offer *steps = said[0].offer, *messages = NULL, *changed = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct offer *o = said[i].offer;
        bool agrees = o->state == out->state;
        if (worth_of_steps(o, out->state) > worth_of_steps(steps, out->state)) {
            steps = o;
        }
        if (o->message_count > 0 &&
            (messages == NULL || (agrees && messages->state != out->state))) {
            messages = o;
        }
        if (o->changed_at != NULL && (changed == NULL || (agrees && (changed->state != out->state ||
                                                                     is_older(changed, o))))) {
            changed = o;
        }
    }
    out->steps_known = steps->steps_known;
    out->steps = steps->steps;
    out->step_count = steps->step_count;
    out->messages = messages != NULL ? messages->messages : NULL;
    out->message_count = messages != NULL ? messages->message_count : 0;
    out->changed_at = changed != NULL ? changed->changed_at : NULL;
}

static int add_notes(struct arena *a, struct offer *out, const struct offer *from)
{
    size_t count = out->note_count + from->note_count;
    struct note *notes;

    if (from->note_count == 0) {
        return 0;
    }
    notes = arena_alloc(a, arena_room(count, sizeof(*notes)));
    if (notes == NULL) {
        return -1;
    }
    if (out->note_count > 0) {
        memcpy(notes, out->notes, out->note_count * sizeof(*notes));
    }
    memcpy(notes + out->note_count, from->notes, from->note_count * sizeof(*notes));
    out->notes = notes;
    out->note_count = count;
    return 0;
}

/* The time of an event.  One without a time has that of the newer event above it; the first one has
 * none (NULL), which is newer than all. */
static const char *time_of(const struct event *e, const char *above)
{
    const char *at = event_time(e);

    return at != NULL ? at : above;
}

static bool is_newer(const char *a, const char *b)
{
    return a == NULL || (b != NULL && timestamp_compare(a, b) >= 0);
}

/* Merge two lists that are newest first; each keeps its order. */
static int add_events(struct arena *a, struct offer *out, const struct offer *from)
{
    const struct event *x = out->events, *x_end = x + out->event_count;
    const struct event *y = from->events, *y_end = y + from->event_count;
    const char *x_above = NULL, *y_above = NULL;
    struct event *events, *to;

    if (from->event_count == 0) {
        return 0;
    }
    events = arena_alloc(a, (out->event_count + from->event_count) * sizeof(*events));
    if (events == NULL) {
        return -1;
    }
    for (to = events; x < x_end || y < y_end; to++) {
        const char *x_at = x < x_end ? time_of(x, x_above) : NULL;
        const char *y_at = y < y_end ? time_of(y, y_above) : NULL;
        if (x < x_end && (y == y_end || is_newer(x_at, y_at))) {
            *to = *x++;
            x_above = x_at;
        } else {
            *to = *y++;
            y_above = y_at;
        }
    }
    out->events = events;
    out->event_count = (size_t)(to - events);
    return 0;
}

static void add_source(struct source *to, const struct offer *from)
{
    *to = (struct source){ .api = from->api,
                           .state = from->state,
                           .live = from->live,
                           .basis = from->basis,
                           .rule = from->rule,
                           .raw_status = from->raw_status };
}

static bool is_among(const struct source *sources, size_t count, const char *api)
{
    for (size_t i = 0; i < count; i++) {
        if (sources[i].api != NULL && strcmp(sources[i].api, api) == 0) {
            return true;
        }
    }
    return false;
}

/* Add the sources of a record: it has some when a witness was asked, and one witness of two records
 * is one source.  Returns how many there are now. */
static size_t add_sources(struct source *to, size_t count, const struct offer *from)
{
    if (from->source_count == 0) {
        add_source(&to[count++], from);
    }
    for (size_t i = 0; i < from->source_count; i++) {
        if (!is_among(to, count, from->sources[i].api)) {
            to[count++] = from->sources[i];
        }
    }
    return count;
}

/* Room for the sources of all records, at least for one. */
static struct source *room_for_sources(struct arena *a, const struct testimony *said, size_t count)
{
    size_t room = 1;

    for (size_t i = 0; i < count; i++) {
        room += said[i].offer->source_count + 1;
    }
    return arena_alloc(a, room * sizeof(struct source));
}

/* Whether a record contradicts what was decided, in an API that could have seen it. */
static bool contradicts(const struct testimony *said, const struct offer *decides)
{
    const struct offer *o = said->offer;

    return o->state != decides->state && o->state != STATE_UNKNOWN &&
           o->basis != BASIS_PROVISIONAL && !cannot_see(said, decides);
}

/* A failure that was not decided on is a warning. */
static int note_disagreement(struct arena *a, struct offer *out, const struct offer *decides,
                             const struct offer *against)
{
    struct note *note = arena_alloc(a, sizeof(*note));
    struct offer one = { .note_count = 1 };

    if (note == NULL) {
        return -1;
    }
    *note = (struct note){ .warning = against->state == STATE_FAILED };
    note->text =
        arena_printf(a, "the APIs disagree: %s says %s, %s says %s", decides->api,
                     state_token(decides->state), against->api, state_token(against->state));
    if (translates()) {
        note->local_text =
            arena_printf(a, _("the APIs disagree: %s says %s, %s says %s"), decides->api,
                         state_label(decides->state), against->api, state_label(against->state));
    }
    if (note->text == NULL || (translates() && note->local_text == NULL)) {
        return -1;
    }
    one.notes = note;
    return add_notes(a, out, &one);
}

static int note_contradiction(struct arena *a, struct offer *out, const struct testimony *said,
                              size_t count, const struct offer *decides)
{
    const struct offer *against = NULL;

    for (size_t i = 0; i < count; i++) {
        if (contradicts(&said[i], decides) &&
            (against == NULL || said[i].offer->state == STATE_FAILED)) {
            against = said[i].offer;
        }
    }
    if (against == NULL) {
        return 0;
    }
    return note_disagreement(a, out, decides, against);
}

/* The records, the most trusted first; those of one rank keep their order. */
static struct testimony *in_order(struct arena *a, const struct testimony *said, size_t count)
{
    struct testimony *ordered = arena_alloc(a, (count > 0 ? count : 1) * sizeof(*ordered));

    for (size_t i = 0; ordered != NULL && i < count; i++) {
        size_t at = i;
        for (; at > 0 && ordered[at - 1].rank > said[i].rank; at--) {
            ordered[at] = ordered[at - 1];
        }
        ordered[at] = said[i];
    }
    return ordered;
}

int offer_merge(struct arena *a, const struct testimony *said, size_t count, struct offer *out)
{
    const struct testimony *ordered = in_order(a, said, count), *decides;
    struct source *sources = room_for_sources(a, said, count);
    struct offer merged;
    size_t source_count = 0;

    if (ordered == NULL || sources == NULL) {
        return -1;
    }
    if (count == 0) {
        *out = (struct offer){ .state = STATE_UNKNOWN, .action = ACTION_LOOK };
        return 0;
    }
    decides = gravest(ordered, count, false);
    if (decides == NULL) {
        decides = gravest(ordered, count, true);
    }
    merged = *ordered[0].offer;
    merged.notes = NULL;
    merged.note_count = 0;
    merged.events = NULL;
    merged.event_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct offer *o = ordered[i].offer;
        fill(&merged, o);
        if (add_notes(a, &merged, o) != 0 || add_events(a, &merged, o) != 0) {
            return -1;
        }
        source_count = add_sources(sources, source_count, o);
    }
    merged.state = decides->offer->state;
    merged.rule = decides->offer->rule;
    merged.basis = decides->offer->basis;
    merged.raw_status = decides->offer->raw_status;
    merged.submission = decides->offer->submission;
    merged.submitted_at = decides->offer->submitted_at;
    if (merged.state == STATE_DELISTED) {
        merged.live = LIVE_NO;
    }
    take_details(&merged, ordered, count);
    if (note_contradiction(a, &merged, ordered, count, decides->offer) != 0) {
        return -1;
    }
    merged.api = NULL;
    merged.sources = sources;
    merged.source_count = source_count;
    merged.action = state_action(merged.state, offer_is_blocked(&merged));
    *out = merged;
    return 0;
}

int offer_apply_witness(struct arena *a, struct offer *o, const struct offer *witness)
{
    struct source *sources = arena_alloc(a, 2 * sizeof(*sources));
    struct offer out = *o;

    if (sources == NULL || add_notes(a, &out, witness) != 0) {
        return -1;
    }
    add_source(&sources[0], witness);
    add_source(&sources[1], o);
    if (o->state == STATE_NONE && witness->state == STATE_DELISTED) {
        out.state = witness->state;
        out.rule = witness->rule;
        out.basis = witness->basis;
        out.raw_status = witness->raw_status;
        out.action = state_action(out.state, false);
    } else if (witness->state != o->state && witness->state != STATE_UNKNOWN &&
               note_disagreement(a, &out, o, witness) != 0) {
        return -1;
    }
    if (witness->live != LIVE_UNKNOWN && out.state != STATE_DELISTED) {
        out.live = witness->live;
    } else if (out.state == STATE_DELISTED) {
        out.live = LIVE_NO;
    }
    first_text(&out.product_id, witness->product_id);
    out.sources = sources;
    out.source_count = 2;
    *o = out;
    return 0;
}
