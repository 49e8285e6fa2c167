/* outlook.c - how long a publish has stood in its present step, and when that is likely to end. */
#include "offerstat/outlook.h"

#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <string.h>

#define LOW_PERCENT 10
#define HIGH_PERCENT 90

static bool read_time(const char *at, int64_t *ms)
{
    char text[TIMESTAMP_MAX];

    return at != NULL && timestamp_read(at, ms, text) == TIMESTAMP_OK;
}

static bool contradicts(const char *a, const char *b)
{
    return a != NULL && b != NULL && !text_equal_nocase(a, b);
}

static bool may_be_present(const struct recorded_run *run, const struct offer *o)
{
    return run->ended_ms == 0 && text_equal_nocase(run->offer.id, o->id) &&
           !contradicts(run->offer.publisher, o->publisher) &&
           !contradicts(run->offer.product_id, o->product_id) &&
           !contradicts(run->submission, o->submission);
}

static bool is_same_step(const struct recorded_step *a, const struct step *b)
{
    if (a->id != NULL || b->id != NULL) {
        return a->id != NULL && b->id != NULL && strcmp(a->id, b->id) == 0;
    }
    return a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0;
}

/* The recorded publish that is under way, and its present step (NULL: none); recorded from several
 * APIs, that of the latest read. */
static const struct recorded_run *find_present(const struct offer *o, const struct step *present,
                                               const struct recorded_run *runs, size_t count,
                                               const struct recorded_step **step)
{
    const struct recorded_run *found = NULL;

    *step = NULL;
    for (size_t i = 0; i < count; i++) {
        if (may_be_present(&runs[i], o) &&
            (found == NULL || runs[i].last_seen_ms > found->last_seen_ms)) {
            found = &runs[i];
        }
    }
    for (size_t i = 0; found != NULL && present != NULL && i < found->step_count; i++) {
        const struct recorded_step *s = &found->steps[i];
        if (is_same_step(s, present) && recorded_step_begun(s->status) &&
            !recorded_step_ended(s->status)) {
            *step = s;
        }
    }
    return found;
}

/* When the present step began. */
static struct moment find_since(const struct step *present, const struct recorded_step *recorded,
                                struct outlook *out)
{
    struct moment began = { 0 };

    if (read_time(present->started_at, &out->since_ms)) {
        return (struct moment){ .earliest_ms = out->since_ms, .latest_ms = out->since_ms };
    }
    if (recorded == NULL) {
        return began;
    }
    began = moment_step_began(recorded);
    out->is_recorded = true;
    out->since_ms = moment_middle(began);
    if (out->since_ms == 0) {
        out->is_at_least = true;
        out->since_ms = began.latest_ms;
    }
    return began;
}

/* When the publish began. */
static struct moment find_begin(const struct offer *o, const struct recorded_run *run)
{
    int64_t first = 0, ms;

    if (read_time(o->submitted_at, &ms)) {
        return (struct moment){ .earliest_ms = ms, .latest_ms = ms };
    }
    for (size_t i = 0; i < o->step_count; i++) {
        if (read_time(o->steps[i].started_at, &ms) && (first == 0 || ms < first)) {
            first = ms;
        }
    }
    if (first == 0 && run != NULL) {
        return moment_run_began(run);
    }
    return (struct moment){ .earliest_ms = first, .latest_ms = first };
}

/* Reads that leave more open than it takes say only how long it has lasted at least. */
static struct estimate estimate(const struct durations *past, struct moment began, int64_t now_ms)
{
    struct estimate e = { 0 };
    int64_t elapsed_ms = 0;

    if (past == NULL || past->count < ESTIMATE_LEAST_RUNS) {
        return e;
    }
    e = (struct estimate){ .count = past->count,
                           .median_ms = durations_percentile(past, 50),
                           .low_ms = durations_percentile(past, LOW_PERCENT),
                           .high_ms = durations_percentile(past, HIGH_PERCENT) };
    if (began.latest_ms != 0) {
        elapsed_ms = now_ms - began.latest_ms;
    }
    if (began.earliest_ms != 0 && began.latest_ms - began.earliest_ms <= e.median_ms) {
        e.ends_ms = moment_middle(began) + e.median_ms;
        elapsed_ms = now_ms - moment_middle(began);
    }
    e.late = elapsed_ms > e.high_ms;
    return e;
}

/* No estimate for what waits for the publisher: it ends when the publisher acts. */
static bool is_estimated(const struct step *s)
{
    return (s->id != NULL || s->name != NULL) &&
           (s->status == STEP_IN_PROGRESS || s->status == STEP_WAITING_APPROVAL);
}

void outlook_of(const struct offer *o, const struct recorded_run *runs, size_t run_count,
                const struct durations *past, size_t past_count, int64_t now_ms,
                struct outlook *out)
{
    const struct step *present = offer_current_step(o);
    const struct recorded_step *recorded;
    const struct recorded_run *run;
    struct moment step_began = { 0 };

    *out = (struct outlook){ .since_ms = 0 };
    if (!recorded_is_under_way(o->state)) {
        return;
    }
    run = find_present(o, present, runs, run_count, &recorded);
    if (present != NULL) {
        step_began = find_since(present, recorded, out);
    }
    if (out->since_ms != 0 && out->since_ms < now_ms) {
        out->age_ms = now_ms - out->since_ms;
    }
    if (o->state != STATE_IN_PROGRESS || (present != NULL && !is_estimated(present))) {
        return;
    }
    if (present != NULL) {
        out->step = estimate(durations_find(past, past_count, o->type, present->id, present->name),
                             step_began, now_ms);
    }
    out->publish =
        estimate(durations_find(past, past_count, o->type, NULL, NULL), find_begin(o, run), now_ms);
}
