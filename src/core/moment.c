/* moment.c - when a publish and its steps began and ended. */
#include "offerstat/moment.h"

#include "offerstat/timestamp.h"

/* False when the service gave no time. */
static bool read_moment(const char *at, struct moment *out)
{
    char text[TIMESTAMP_MAX];
    int64_t ms;

    if (at == NULL || timestamp_read(at, &ms, text) != TIMESTAMP_OK) {
        return false;
    }
    *out = (struct moment){ .earliest_ms = ms, .latest_ms = ms };
    return true;
}

struct moment moment_step_began(const struct recorded_step *step)
{
    struct moment began;

    if (read_moment(step->started_at, &began)) {
        return began;
    }
    return (struct moment){ .earliest_ms = step->begun_after_ms, .latest_ms = step->begun_seen_ms };
}

struct moment moment_step_ended(const struct recorded_run *run, const struct recorded_step *step)
{
    struct moment ended;

    if (read_moment(step->completed_at, &ended)) {
        return ended;
    }
    if (step->status != STEP_COMPLETE) {
        return (struct moment){ .earliest_ms = run->last_seen_ms, .latest_ms = run->ended_ms };
    }
    return (struct moment){ .earliest_ms = step->ended_after_ms, .latest_ms = step->ended_seen_ms };
}

struct moment moment_run_began(const struct recorded_run *run)
{
    struct moment began, first = { 0 };

    if (read_moment(run->submitted_at, &began)) {
        return began;
    }
    for (size_t i = 0; i < run->step_count; i++) {
        if (read_moment(run->steps[i].started_at, &began) &&
            (first.latest_ms == 0 || began.latest_ms < first.latest_ms)) {
            first = began;
        }
    }
    if (first.latest_ms != 0) {
        return first;
    }
    return (struct moment){ .earliest_ms = run->not_before_ms, .latest_ms = run->first_seen_ms };
}

/* The service's time of the end is the latest end of a step that has one; when the last step has
 * none, the publish ended later than that. */
struct moment moment_run_ended(const struct recorded_run *run)
{
    const struct recorded_step *last = NULL;
    struct moment ended;

    for (size_t i = 0; i < run->step_count; i++) {
        if (last == NULL || run->steps[i].index > last->index) {
            last = &run->steps[i];
        }
    }
    if ((last == NULL || last->completed_at != NULL) && read_moment(run->ended_at, &ended)) {
        return ended;
    }
    return (struct moment){ .earliest_ms = run->last_seen_ms, .latest_ms = run->ended_ms };
}

int64_t moment_middle(struct moment m)
{
    if (m.earliest_ms == 0) {
        return 0;
    }
    return m.earliest_ms + (m.latest_ms - m.earliest_ms) / 2;
}

bool moment_between(struct moment began, struct moment ended, struct duration *out)
{
    int64_t least, most;

    if (began.earliest_ms == 0 || ended.earliest_ms == 0 || ended.latest_ms == 0) {
        return false;
    }
    least = ended.earliest_ms - began.latest_ms;
    most = ended.latest_ms - began.earliest_ms;
    if (most < 0) {
        return false; /* a clock was wrong */
    }
    if (least < 0) {
        least = 0;
    }
    *out =
        (struct duration){ .ms = least + (most - least) / 2, .within_ms = (most - least + 1) / 2 };
    return true;
}
