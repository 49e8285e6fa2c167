/* prometheus.c - metrics, for the textfile collector of the node exporter.
 *
 * The lines of a metric must be consecutive, so the offers are walked once for each metric. Two
 * lines with the same labels make the exporter drop the whole file: where a publisher has two
 * offers with one id, or no publisher is known, the later ones have their number as label `nth`. */
#include "prometheus.h"

#include "offerstat/escape.h"
#include "offerstat/hash.h"
#include "offerstat/timestamp.h"

#include "changed.h"
#include "detail.h"

#include <stdlib.h>
#include <string.h>

/* All offers of a report: those that are shown, then those of a check that pass. */
struct offers {
    struct render *r;
    const struct report *report;
    size_t count;
    unsigned *nth; /* for each offer; 1: the first of its publisher and id */
};

/* Append the offer's lines of one metric, or nothing. */
struct metric {
    const char *name, *help;
    void (*put)(struct render *r, const struct metric *m, const struct report *report,
                const struct offer *o, unsigned nth);
};

static const struct offer *offer_at(const struct offers *all, size_t i)
{
    const struct report *report = all->report;

    if (i < report->offers.count) {
        return render_record(all->r, report, i);
    }
    return offer_list_at(&report->passing, i - report->offers.count, &all->r->offer);
}

static void put_label(struct render *r, const char *name, const char *value)
{
    render_put_raw(r, name);
    render_put_raw(r, "=\"");
    escape_backslash(&r->text, value, "\\\"\n");
    render_put_raw(r, "\"");
}

/* The metric's name and the labels that identify the offer, without the closing brace. */
static void open_line(struct render *r, const struct metric *m, const struct offer *o, unsigned nth)
{
    render_put_raw(r, m->name);
    render_put_raw(r, "{");
    put_label(r, "publisher", o->publisher != NULL ? o->publisher : "");
    render_put_raw(r, ",");
    put_label(r, "offer", o->id);
    if (nth > 1) {
        strbuf_printf(&r->text, ",nth=\"%u\"", nth);
    }
}

static void put_state(struct render *r, const struct metric *m, const struct report *report,
                      const struct offer *o, unsigned nth)
{
    (void)report;
    for (size_t i = 0; i < STATE_COUNT; i++) {
        enum offer_state state = (enum offer_state)i;
        open_line(r, m, o, nth);
        render_put_raw(r, ",state=\"");
        render_put_raw(r, state_token(state));
        render_put_raw(r, o->state == state ? "\"} 1\n" : "\"} 0\n");
    }
}

static void put_live(struct render *r, const struct metric *m, const struct report *report,
                     const struct offer *o, unsigned nth)
{
    (void)report;
    if (o->live != LIVE_UNKNOWN) {
        open_line(r, m, o, nth);
        strbuf_printf(&r->text, "} %d\n", o->live == LIVE_YES);
    }
}

static void put_step_index(struct render *r, const struct metric *m, const struct report *report,
                           const struct offer *o, unsigned nth)
{
    const struct step *s = offer_current_step(o);

    (void)report;
    if (s != NULL) {
        open_line(r, m, o, nth);
        strbuf_printf(&r->text, "} %zu\n", (size_t)(s - o->steps) + 1);
    }
}

static void put_steps(struct render *r, const struct metric *m, const struct report *report,
                      const struct offer *o, unsigned nth)
{
    (void)report;
    if (o->step_count > 0) {
        open_line(r, m, o, nth);
        strbuf_printf(&r->text, "} %zu\n", o->step_count);
    }
}

/* When the offer's present step began: by its own time, else by the end of the step before.  False
 * when neither is known. */
static bool step_began(const struct offer *o, const struct step *s, int64_t *unix_ms)
{
    char text[TIMESTAMP_MAX];
    const char *at = s->started_at;

    if (at == NULL && s > o->steps) {
        at = detail_ended_at(&s[-1]);
    }
    return at != NULL && timestamp_read(at, unix_ms, text) == TIMESTAMP_OK;
}

static void put_step_seconds(struct render *r, const struct metric *m, const struct report *report,
                             const struct offer *o, unsigned nth)
{
    const struct step *s = offer_current_step(o);
    int64_t began_ms;

    if (s != NULL && step_began(o, s, &began_ms) && began_ms <= report->generated_ms) {
        open_line(r, m, o, nth);
        strbuf_printf(&r->text, "} %lld\n", (long long)(report->generated_ms - began_ms) / 1000);
    }
}

static void put_changed(struct render *r, const struct metric *m, const struct report *report,
                        const struct offer *o, unsigned nth)
{
    char text[TIMESTAMP_MAX];
    int64_t at_ms;

    (void)report;
    if (o->changed_at != NULL && timestamp_read(o->changed_at, &at_ms, text) == TIMESTAMP_OK) {
        open_line(r, m, o, nth);
        strbuf_printf(&r->text, "} %lld\n", (long long)at_ms / 1000);
    }
}

static const struct metric metrics[] = {
    { "offerstat_offer_state", "1 for the publishing state that the offer is in, 0 for the others.",
      put_state },
    { "offerstat_offer_live",
      "1 where the offer is in the marketplace, 0 where it is not, or in preview alone.",
      put_live },
    { "offerstat_offer_step_index", "The publishing step where the offer stands, from 1.",
      put_step_index },
    { "offerstat_offer_steps", "How many publishing steps the offer has.", put_steps },
    { "offerstat_offer_step_seconds", "How long the offer has stood at its step.",
      put_step_seconds },
    { "offerstat_offer_changed_timestamp_seconds", "When the offer was last changed.",
      put_changed },
};

/* A hash of an offer's labels to sort by, and its place. */
struct labelled {
    uint64_t hash;
    size_t at;
};

static int by_hash(const void *left, const void *right)
{
    const struct labelled *a = left, *b = right;

    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->at > b->at) - (a->at < b->at);
}

/* 0, or -1 without memory. */
static int number_equals(struct offers *all)
{
    struct labelled *sorted = calloc(all->count + 1, sizeof(*sorted));

    all->nth = calloc(all->count + 1, sizeof(*all->nth));
    if (sorted == NULL || all->nth == NULL) {
        free(sorted);
        return -1;
    }
    for (size_t i = 0; i < all->count; i++) {
        const struct offer *o = offer_at(all, i);
        uint64_t hash = hash_text(o->publisher != NULL ? o->publisher : "");
        sorted[i] = (struct labelled){ .hash = hash_more(hash, o->id), .at = i };
    }
    qsort(sorted, all->count, sizeof(*sorted), by_hash);
    for (size_t i = 0; i < all->count; i++) {
        unsigned nth = 1;
        if (i > 0 && sorted[i].hash == sorted[i - 1].hash) {
            nth = all->nth[sorted[i - 1].at] + 1;
        }
        all->nth[sorted[i].at] = nth;
    }
    free(sorted);
    return 0;
}

static void put_head(struct render *r, const char *name, const char *help)
{
    strbuf_printf(&r->text, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static int put_metric(const struct offers *all, const struct metric *m, struct error *err)
{
    put_head(all->r, m->name, m->help);
    for (size_t i = 0; i < all->count; i++) {
        m->put(all->r, m, all->report, offer_at(all, i), all->nth[i]);
        if (render_flush_some(all->r, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static void put_read(struct render *r, const char *name, const char *help, long long value)
{
    put_head(r, name, help);
    strbuf_printf(&r->text, "%s %lld\n", name, value);
}

static int put_offers(struct render *r, const struct report *report, struct error *err)
{
    struct offers all = { .r = r,
                          .report = report,
                          .count = report->offers.count + report->passing.count };
    int rc = 0;

    if (number_equals(&all) != 0) {
        free(all.nth);
        return error_memory(err);
    }
    for (size_t i = 0; rc == 0 && i < sizeof(metrics) / sizeof(metrics[0]); i++) {
        rc = put_metric(&all, &metrics[i], err);
    }
    free(all.nth);
    return rc;
}

static void open_changed(struct render *r, const char *name, const struct recorded_change *c)
{
    const struct metric metric = { .name = name };
    const struct offer o = { .id = c->offer.id, .publisher = c->offer.publisher };

    open_line(r, &metric, &o, 1);
}

/* How often each offer has changed, and when last. */
static int put_changes(struct render *r, const struct report *report, struct error *err)
{
    static const char changes[] = "offerstat_offer_changes";
    static const char last[] = "offerstat_offer_last_change_timestamp_seconds";
    struct changed all;
    int rc = 0;

    if (changed_sort(report, &all) != 0) {
        return error_memory(err);
    }
    put_head(r, changes, "How often the offer has changed since the time that was asked for.");
    for (size_t i = 0, end; rc == 0 && i < all.count; i = end) {
        end = changed_end(&all, i);
        open_changed(r, changes, &all.sorted[i]);
        strbuf_printf(&r->text, "} %zu\n", end - i);
        rc = render_flush_some(r, err);
    }
    put_head(r, last, "When the last of these changes was first seen.");
    for (size_t i = 0, end; rc == 0 && i < all.count; i = end) {
        end = changed_end(&all, i);
        open_changed(r, last, &all.sorted[i]);
        strbuf_printf(&r->text, "} %lld\n",
                      (long long)all.sorted[end - 1].after.first_seen_ms / 1000);
        rc = render_flush_some(r, err);
    }
    free(all.sorted);
    return rc;
}

static int prometheus_finish(struct render *r, const struct report *report, struct error *err)
{
    int rc;

    if (r->options.view == VIEW_CHANGES) {
        rc = put_changes(r, report, err);
    } else {
        rc = put_offers(r, report, err);
    }
    put_read(r, "offerstat_read_success", "1 where all that was asked for could be read.",
             report_complete(report));
    put_read(r, "offerstat_read_timestamp_seconds", "When it was read.",
             (long long)report->generated_ms / 1000);
    put_read(r, "offerstat_read_errors", "How many errors there were.",
             (long long)report->problem_count);
    put_read(r, "offerstat_offers_unread", "Offers that could not be read.",
             (long long)report->unread);
    return rc;
}

const struct render_writer prometheus_writer = { .english = true, .finish = prometheus_finish };
