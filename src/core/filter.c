/* filter.c - what the options of a list let through. */
#include "offerstat/select.h"
#include "offerstat/timestamp.h"

bool filter_may_pass(const struct filter *f, const struct offer *o)
{
    int64_t changed_ms;
    char text[TIMESTAMP_MAX];

    if (f->type != NULL && !offer_type_matches(o->type, f->type)) {
        return false;
    }
    return f->since_ms == 0 || (timestamp_read(o->changed_at, &changed_ms, text) == TIMESTAMP_OK &&
                                changed_ms >= f->since_ms);
}

bool filter_passes(const struct filter *f, const struct offer *o)
{
    unsigned state = 1u << o->state;

    if ((f->states != 0 && (f->states & state) == 0) || (f->not_states & state) != 0 ||
        (f->lives != 0 && (f->lives & (1u << o->live)) == 0)) {
        return false;
    }
    return (!f->approvals || offer_needs_approval_view(o)) && filter_may_pass(f, o);
}

bool filter_needs_list_alone(const struct filter *f)
{
    return f->states == 0 && f->not_states == 0 && f->lives == 0 && !f->approvals;
}
