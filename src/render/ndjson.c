/* ndjson.c - one JSON object a line, each offer as soon as it is known. */
#include "ndjson.h"

#include "json.h"
#include "json_value.h"
#include "wait_json.h"

static void open_line(struct render *r, const char *kind)
{
    render_put_raw(r, "{\"kind\":\"");
    render_put_raw(r, kind);
    render_put_raw(r, "\",");
}

static int put_record(struct render *r, const char *kind, const void *record, struct error *err)
{
    open_line(r, kind);
    json_put_record(r, record);
    render_put_raw(r, "}\n");
    return render_flush(r, err);
}

static int ndjson_offer(struct render *r, const struct offer *o, struct error *err)
{
    return put_record(r, "offer", o, err);
}

/* Records of the views that do not come one by one. */
static int put_records(struct render *r, const struct report *report, struct error *err)
{
    const char *kind = "event";
    size_t count = render_record_count(r, report);

    if (r->options.view == VIEW_PUBLISHERS) {
        kind = "publisher";
    } else if (r->options.view == VIEW_STATS) {
        kind = "duration";
    } else if (r->options.view == VIEW_CHANGES) {
        kind = "recorded";
    }
    for (size_t i = 0; i < count; i++) {
        if (put_record(r, kind, render_record(r, report, i), err) != 0) {
            return -1;
        }
    }
    return 0;
}

static void put_summary(struct render *r, const struct report *report)
{
    open_line(r, "summary");
    json_put_head(&r->text, report);
    render_put_raw(r, ",");
    if (render_has_offers(r)) {
        json_put_counts(&r->text, report);
        render_put_raw(r, ",");
    }
    json_put_limited(&r->text, report);
    if (report->checked) {
        json_put_verdict(&r->text, report);
        render_put_raw(r, ",");
    }
    if (report->note_count > 0) {
        json_put_report_notes(&r->text, report);
        render_put_raw(r, ",");
    }
    json_put_complete(&r->text, report);
    render_put_raw(r, "}\n");
}

static int ndjson_event(struct render *r, const struct wait_event *e, struct error *err)
{
    render_put_raw(r, "{");
    wait_json_put_event(&r->text, e);
    render_put_raw(r, "}\n");
    return render_flush_all(r, err);
}

static int ndjson_finish(struct render *r, const struct report *report, struct error *err)
{
    if (report->ending != NULL) {
        render_put_raw(r, "{");
        wait_json_put_last_line(&r->text, report->ending);
        render_put_raw(r, "}\n");
        return 0;
    }
    if (!render_has_offers(r) && put_records(r, report, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        open_line(r, "error");
        json_put_problem(&r->text, &report->problems[i]);
        render_put_raw(r, "}\n");
    }
    put_summary(r, report);
    return 0;
}

const struct render_writer ndjson_writer = {
    .shows_ending = true, .offer = ndjson_offer, .event = ndjson_event, .finish = ndjson_finish
};
