/* junit.c - offers as test cases, for tools that show test results.  Cases in one suite with the
 * totals, which Jenkins' schema (junit-10) and GitLab's parser accept. */
#include "junit.h"

#include "offerstat/escape.h"
#include "offerstat/timestamp.h"

#include "changed.h"
#include "detail.h"

#include <inttypes.h>
#include <stdlib.h>

static void put_attribute(struct render *r, const char *name, const char *value)
{
    strbuf_printf(&r->text, " %s=\"", name);
    escape_markup(&r->text, value);
    render_put_raw(r, "\"");
}

static size_t count_failures(struct render *r, const struct report *report)
{
    size_t failures = 0;

    for (size_t i = 0; i < report->offers.count; i++) {
        if (render_offends(report, render_record(r, report, i))) {
            failures++;
        }
    }
    return failures;
}

/* Seconds from the first step's beginning to the last step's end; -1: not both are known. */
static int64_t seconds_of(const struct offer *o)
{
    char text[TIMESTAMP_MAX];
    int64_t begin = INT64_MAX, end = INT64_MIN, ms;

    for (size_t i = 0; i < o->step_count; i++) {
        const char *from = o->steps[i].started_at, *to = detail_ended_at(&o->steps[i]);
        if (from != NULL && timestamp_read(from, &ms, text) == TIMESTAMP_OK && ms < begin) {
            begin = ms;
        }
        if (to != NULL && timestamp_read(to, &ms, text) == TIMESTAMP_OK && ms > end) {
            end = ms;
        }
    }
    if (begin == INT64_MAX || end < begin) {
        return -1;
    }
    return (end - begin) / 1000;
}

static void open_case(struct render *r, const char *publisher, const char *name)
{
    render_put_raw(r, "<testcase classname=\"offerstat");
    if (publisher != NULL) {
        render_put_raw(r, ".");
        escape_markup(&r->text, publisher);
    }
    render_put_raw(r, "\"");
    put_attribute(r, "name", name);
}

static void put_line(struct strbuf *out, const char *before, const char *text)
{
    strbuf_puts(out, before);
    strbuf_puts(out, text);
    strbuf_puts(out, "\n");
}

static void put_messages(struct strbuf *out, const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (messages[i].text != NULL) {
            put_line(out, "", messages[i].text);
        }
        for (size_t j = 0; j < messages[i].link_count; j++) {
            put_line(out, "", messages[i].links[j].href);
        }
    }
}

/* All that is known about the reason: steps that block, the offer's messages, its notes, its
 * page. */
static void put_reasons(struct strbuf *out, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    for (size_t i = 0; i < o->step_count; i++) {
        const struct step *s = &o->steps[i];
        if (step_blocks(s)) {
            strbuf_printf(out, "%zu/%zu ", i + 1, o->step_count);
            put_line(out, field_step_name(s), "");
            put_messages(out, s->messages, s->message_count);
        }
    }
    put_messages(out, o->messages, o->message_count);
    for (size_t i = 0; i < o->note_count; i++) {
        put_line(out, "", o->notes[i].text);
    }
    if (offer_url(o, url) != NULL) {
        put_line(out, "", url);
    }
}

/* "Publish failed: 2/6 Certification" */
static void put_headline(struct strbuf *out, const struct offer *o)
{
    const struct step *s = offer_current_step(o);

    strbuf_puts(out, state_label(o->state));
    if (o->state == STATE_NONE) {
        strbuf_printf(out, " (live %s)", live_token(o->live));
    }
    if (s != NULL) {
        strbuf_printf(out, ": %zu/%zu ", (size_t)(s - o->steps) + 1, o->step_count);
        strbuf_puts(out, field_step_name(s));
    }
}

/* r->value has the message, and is empty afterwards. */
static void open_failure(struct render *r, enum offer_state state)
{
    render_put_raw(r, "<failure");
    put_attribute(r, "type", state_token(state));
    put_attribute(r, "message", strbuf_text(&r->value));
    render_put_raw(r, ">");
    render_start_over(r, &r->value);
}

/* r->value has the text. */
static void close_failure(struct render *r)
{
    escape_markup(&r->text, strbuf_text(&r->value));
    render_put_raw(r, "</failure></testcase>\n");
}

static void put_offer(struct render *r, const struct offer *o, bool failure)
{
    int64_t seconds = seconds_of(o);

    open_case(r, o->publisher, o->id);
    if (seconds >= 0) {
        strbuf_printf(&r->text, " time=\"%" PRId64 "\"", seconds);
    }
    if (!failure) {
        render_put_raw(r, "/>\n");
        return;
    }
    render_put_raw(r, ">");
    render_start_over(r, &r->value);
    put_headline(&r->value, o);
    open_failure(r, o->state);
    put_reasons(&r->value, o);
    close_failure(r);
}

static void put_problem(struct render *r, const struct problem *p)
{
    open_case(r, p->publisher, p->offer != NULL ? p->offer : "(what was read)");
    render_put_raw(r, "><error");
    put_attribute(r, "type", error_word(p->code));
    put_attribute(r, "message", p->text);
    render_put_raw(r, ">");
    if (p->request_id != NULL) {
        render_put_raw(r, "request ");
        escape_markup(&r->text, p->request_id);
    }
    render_put_raw(r, "</error></testcase>\n");
}

/* Begin the suite; cases and failures do not count what could not be read. */
static void open_suite(struct render *r, const struct report *report, size_t cases, size_t failures)
{
    char now[TIMESTAMP_MAX];
    size_t tests = cases + report->problem_count;

    timestamp_format(report->generated_ms, now);
    now[sizeof("2026-11-22T10:00:00") - 1] = '\0'; /* the schema's times are UTC, without a zone */
    render_put_raw(r, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    strbuf_printf(&r->text,
                  "<testsuites name=\"offerstat\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n"
                  "<testsuite name=\"offerstat\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\""
                  " skipped=\"0\" timestamp=\"%s\">\n",
                  tests, failures, report->problem_count, tests, failures, report->problem_count,
                  now);
}

/* Offers that offend, and those that pass. */
static int put_offers(struct render *r, const struct report *report, struct error *err)
{
    open_suite(r, report, report->offers.count + report->passing.count, count_failures(r, report));
    for (size_t i = 0; i < report->offers.count; i++) {
        const struct offer *o = render_record(r, report, i);
        put_offer(r, o, render_offends(report, o));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < report->passing.count; i++) {
        put_offer(r, offer_list_at(&report->passing, i, &r->offer), false);
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Whether the offer would make a run fail as it stands since. */
static bool has_failed(const struct report *report, const struct recorded_change *last)
{
    const struct offer o = { .id = last->offer.id,
                             .state = last->after.state,
                             .live = last->after.live };

    return !last->after.gone && render_offends(report, &o);
}

static void put_field(struct render *r, const char *key, const struct recorded_change *c)
{
    field_find(VIEW_CHANGES, key)->text(&r->value, c, &r->options);
}

/* "2026-11-26T10:00:00Z Publish in progress -> Publish failed" */
static void put_change(struct render *r, const struct recorded_change *c)
{
    put_field(r, "seenAt", c);
    strbuf_puts(&r->value, " ");
    put_field(r, "before", c);
    strbuf_puts(&r->value, " -> ");
    put_field(r, "after", c);
    strbuf_puts(&r->value, "\n");
}

static void put_changed(struct render *r, const struct report *report,
                        const struct recorded_change *changes, size_t count)
{
    const struct recorded_change *last = &changes[count - 1];

    open_case(r, last->offer.publisher, last->offer.id);
    if (!has_failed(report, last)) {
        render_put_raw(r, "/>\n");
        return;
    }
    render_put_raw(r, ">");
    render_start_over(r, &r->value);
    put_field(r, "after", last);
    open_failure(r, last->after.state);
    for (size_t i = 0; i < count; i++) {
        put_change(r, &changes[i]);
    }
    close_failure(r);
}

/* A case for each offer that has changed: it fails where the offer has come to a state that would
 * make a check fail. */
static int put_changes(struct render *r, const struct report *report, struct error *err)
{
    struct changed all;
    size_t cases = 0, failures = 0;
    int rc = 0;

    if (changed_sort(report, &all) != 0) {
        return error_memory(err);
    }
    for (size_t i = 0; i < all.count; cases++) {
        i = changed_end(&all, i);
        if (has_failed(report, &all.sorted[i - 1])) {
            failures++;
        }
    }
    open_suite(r, report, cases, failures);
    for (size_t i = 0; rc == 0 && i < all.count;) {
        size_t end = changed_end(&all, i);
        put_changed(r, report, &all.sorted[i], end - i);
        rc = render_flush_some(r, err);
        i = end;
    }
    free(all.sorted);
    return rc;
}

static int junit_finish(struct render *r, const struct report *report, struct error *err)
{
    int rc;

    if (r->options.view == VIEW_CHANGES) {
        rc = put_changes(r, report, err);
    } else {
        rc = put_offers(r, report, err);
    }
    if (rc != 0) {
        return -1;
    }
    for (size_t i = 0; i < report->problem_count; i++) {
        put_problem(r, &report->problems[i]);
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    render_put_raw(r, "</testsuite>\n</testsuites>\n");
    return 0;
}

const struct render_writer junit_writer = { .english = true, .finish = junit_finish };
