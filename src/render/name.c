/* name.c - ids alone, for loops and xargs. */
#include "render_priv.h"

static int put_id(struct render *r, const char *id, struct error *err)
{
    render_put(r, id);
    (void)strbuf_puts(&r->text, "\n");
    return render_flush(r, err);
}

static int name_offer(struct render *r, const struct offer *o, struct error *err)
{
    return put_id(r, o->id, err);
}

static int name_finish(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; r->options.view == VIEW_PUBLISHERS && i < report->publisher_count; i++) {
        if (put_id(r, report->publishers[i].id, err) != 0) {
            return -1;
        }
    }
    return 0;
}

const struct render_writer name_writer = { .offer = name_offer, .finish = name_finish };
