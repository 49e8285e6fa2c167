/* filter.c - what the options of a list let through. */
#include "offerstat/select.h"
#include "offerstat/timestamp.h"

/* Some APIs tell no time of what is under way, which may have moved a minute ago. */
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

bool filter_may_pass(const struct filter *f, const struct offer *o)
{
    return (f->type == NULL || offer_type_matches(o->type, f->type)) && changed_since(f, o, true);
}

bool filter_passes(const struct filter *f, const struct offer *o)
{
    unsigned state = 1u << o->state;
    bool at_rest = o->state == STATE_NONE || o->state == STATE_DELISTED;

    if ((f->states != 0 && (f->states & state) == 0) || (f->not_states & state) != 0 ||
        (f->lives != 0 && (f->lives & (1u << o->live)) == 0)) {
        return false;
    }
    return (!f->approvals || offer_needs_approval_view(o)) && filter_may_pass(f, o) &&
           changed_since(f, o, !at_rest);
}

bool filter_needs_list_alone(const struct filter *f)
{
    return f->states == 0 && f->not_states == 0 && f->lives == 0 && !f->approvals;
}
