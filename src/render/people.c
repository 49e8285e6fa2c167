/* people.c - the formats for people: each view as a table, at length, or as a verdict. */
#include "people.h"

#include "offerstat/outcome.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "check.h"
#include "detail.h"
#include "message.h"
#include "table.h"
#include "tally.h"

#define ENDING_MAX ((size_t)256 * 1024 * 1024)

/* The messages of events, below their table. */
static void put_event_messages(struct render *r, const struct report *report)
{
    for (size_t i = 0; i < report->event_count; i++) {
        const struct event *e = &report->events[i];
        if (e->message_count == 0) {
            continue;
        }
        strbuf_printf(&r->text, "\n%s ", _(e->kind));
        render_put(r, e->id != NULL ? e->id : "");
        render_put_raw(r, "\n");
        message_put_all(r, 2, e->messages, e->message_count);
    }
}

static int put_table(struct render *r, const struct report *report, struct error *err)
{
    if (table_write(r, report, err) != 0) {
        return -1;
    }
    if (r->options.header && r->options.view == VIEW_CHECK) {
        render_put_raw(r, "\n");
        check_put_verdict(r, report);
    } else if (r->options.header && r->options.view == VIEW_CHANGES && report->change_count > 0) {
        strbuf_puts(&r->text, "\n");
        strbuf_printf(&r->text, translate_count("%zu change", "%zu changes", report->change_count),
                      report->change_count);
        strbuf_puts(&r->text, "\n");
    } else if (r->options.header && render_has_offers(r)) {
        render_put_raw(r, "\n");
        tally_put_whole(r, report);
    }
    if (r->options.view == VIEW_HISTORY && report->limited && r->options.header) {
        strbuf_printf(&r->text, "\nthe newest %zu of %zu\n", report->event_count, report->matching);
    }
    if (r->options.view == VIEW_HISTORY) {
        put_event_messages(r, report);
    }
    return 0;
}

static const char *color_of(int code)
{
    return code == EXIT_OK ? "\033[32m" : "\033[31m";
}

/* The last line of a wait, which is all that it prints. */
static void put_ending(struct render *r, const struct wait_ending *e)
{
    struct strbuf line = STRBUF_INIT(ENDING_MAX);

    waiting_put_ending(&line, e);
    render_put_colored(r, color_of(e->code), strbuf_text(&line));
    render_put_raw(r, "\n");
    strbuf_drop(&r->text, &line);
}

static int people_finish(struct render *r, const struct report *report, struct error *err)
{
    bool fields_chosen = r->options.field_count > 0; /* --fields asks for a table */

    if (report->ending != NULL) {
        put_ending(r, report->ending);
        return 0;
    }
    if (r->options.view == VIEW_CHECK && !fields_chosen) {
        return check_write(r, report, err);
    }
    if (r->options.view == VIEW_SHOW && !fields_chosen) {
        return detail_write(r, report, err);
    }
    if (render_record_count(r, report) == 0) { /* stderr says that there are none */
        if (r->options.header && r->options.view == VIEW_CHECK) {
            check_put_verdict(r, report);
        } else if (r->options.header && render_has_offers(r) && report->unread > 0) {
            tally_put_whole(r, report);
        }
        return 0;
    }
    return put_table(r, report, err);
}

const struct render_writer table_writer = { .tabular = true,
                                            .shows_ending = true,
                                            .finish = people_finish };
const struct render_writer wide_writer = {
    .tabular = true, .wide = true, .shows_ending = true, .finish = people_finish
};
