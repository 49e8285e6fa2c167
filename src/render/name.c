/* name.c - ids alone, for loops and xargs. */
#include "render_priv.h"

static int put_id(struct render *r, const char *id, struct error *err)
{
    render_put(r, id);
    strbuf_puts(&r->text, "\n");
    return render_flush(r, err);
}

static int name_offer(struct render *r, const struct offer *o, struct error *err)
{
    return put_id(r, o->id, err);
}

static int name_finish(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_has_offers(r) ? 0 : render_record_count(r, report);

    for (size_t i = 0; i < count; i++) {
        const char *id =
            r->options.view == VIEW_PUBLISHERS ? report->publishers[i].id : report->events[i].id;
        if (id != NULL && put_id(r, id, err) != 0) {
            return -1;
        }
    }
    return 0;
}

const struct render_writer name_writer = { .offer = name_offer, .finish = name_finish };
