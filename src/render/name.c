/* name.c - ids alone, for loops and xargs. */
#include "name.h"

#include "offerstat/recorded.h"
#include "offerstat/text.h"

/* An offer as an argument OFFER accepts it: its id, with its publisher in front when several have
 * offers. */
static void put_offer(struct render *r, const struct report *report, const struct offer *o)
{
    if (report->several_publishers && o->publisher != NULL) {
        render_put(r, o->publisher);
        render_put_raw(r, "/");
    }
    render_put(r, o->id);
    render_put_raw(r, "\n");
}

/* The id of a change's offer; NULL when an earlier change had it. */
static const char *change_id(const struct report *report, size_t i)
{
    const char *id = report->changes[i].offer.id;

    for (size_t before = 0; before < i; before++) {
        if (text_equal_nocase(report->changes[before].offer.id, id)) {
            return NULL;
        }
    }
    return id;
}

static const char *id_of(const struct render *r, const struct report *report, size_t i)
{
    if (r->options.view == VIEW_PUBLISHERS) {
        return report->publishers[i].id;
    }
    if (r->options.view == VIEW_CHANGES) {
        return change_id(report, i);
    }
    return report->events[i].id;
}

static int name_finish(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < render_record_count(r, report); i++) {
        if (render_has_offers(r)) {
            put_offer(r, report, render_record(r, report, i));
        } else if (id_of(r, report, i) != NULL) {
            render_put(r, id_of(r, report, i));
            render_put_raw(r, "\n");
        }
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Not offer by offer: whether there are several publishers is known only at the end. */
const struct render_writer name_writer = { .finish = name_finish };
