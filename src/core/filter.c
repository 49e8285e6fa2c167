/* filter.c - what the options of a list let through. */
#include "offerstat/select.h"
#include "offerstat/timestamp.h"

/* Some APIs give no time for what is under way, which may have changed a minute ago. */
static bool changed_since(const struct filter *f, const struct offer *o, bool without_time)
{
    int64_t changed_ms;
    char text[TIMESTAMP_MAX];

    if (f->since_ms == 0) {
        return true;
    }
    if (timestamp_read(o->changed_at, &changed_ms, text) != TIMESTAMP_OK) {
        return without_time;
    }
    return changed_ms >= f->since_ms;
}

/* Whether at least one of these states (bits) passes. */
static bool state_may_pass(const struct filter *f, unsigned states)
{
    unsigned wanted = f->states != 0 ? f->states : ALL_STATES;

    return (wanted & ~f->not_states & states) != 0;
}

bool filter_may_pass(const struct filter *f, const struct offer *o, unsigned states)
{
    return (f->type == NULL || offer_type_matches(o->type, f->type)) && changed_since(f, o, true) &&
           state_may_pass(f, states);
}

bool filter_passes(const struct filter *f, const struct offer *o)
{
    bool at_rest = o->state == STATE_NONE || o->state == STATE_DELISTED;

    if (f->lives != 0 && (f->lives & (1u << o->live)) == 0) {
        return false;
    }
    return (!f->approvals || offer_needs_approval_view(o)) &&
           filter_may_pass(f, o, 1u << o->state) && changed_since(f, o, !at_rest);
}
