/* name.c - ids alone, for loops and xargs. */
#include "name.h"

static int put_id(struct render *r, const char *id, struct error *err)
{
    render_put(r, id);
    render_put_raw(r, "\n");
    return render_flush(r, err);
}

static int name_offer(struct render *r, const struct offer *o, struct error *err)
{
    return put_id(r, o->id, err);
}

static const char *id_of(const struct render *r, const struct report *report, size_t i)
{
    if (r->options.view == VIEW_PUBLISHERS) {
        return report->publishers[i].id;
    }
    return report->events[i].id;
}

static int name_finish(struct render *r, const struct report *report, struct error *err)
{
    if (render_has_offers(r)) {
        return 0; /* name_offer has written them */
    }
    for (size_t i = 0; i < render_record_count(r, report); i++) {
        const char *id = id_of(r, report, i);
        if (id != NULL && put_id(r, id, err) != 0) {
            return -1;
        }
    }
    return 0;
}

const struct render_writer name_writer = { .offer = name_offer, .finish = name_finish };
