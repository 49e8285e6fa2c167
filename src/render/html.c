/* html.c - one page for people: without scripts, without requests to other addresses, and with a
 * word for whatever a colour shows. */
#include "html.h"

#include "offerstat/outcome.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include "check.h"
#include "html_offer.h"
#include "html_text.h"
#include "tally.h"

/* page.css, as the build has embedded it. */
extern const unsigned char page_css[];
extern const size_t page_css_size;

/* Groups of offers, the most urgent first. */
static const struct group {
    const char *title;
    enum offer_state state;
    bool at_length; /* each offer as a card, not as a line */
} groups[] = {
    { N_("Publishing failed"), STATE_FAILED, true },
    { N_("Blocked on the way"), STATE_IN_PROGRESS, true }, /* with something to fix */
    { N_("State unknown"), STATE_UNKNOWN, true },
    { N_("Awaits your sign-off"), STATE_PENDING_SIGNOFF, true },
    { N_("Canceled"), STATE_CANCELED, true },
    { N_("On its way"), STATE_IN_PROGRESS, true },
    { N_("Delisted"), STATE_DELISTED, false },
    { N_("Nothing under way"), STATE_NONE, false },
};
#define GROUP_COUNT (sizeof(groups) / sizeof(groups[0]))
#define GROUP_BLOCKED 1

/* A page with 100,000 cards would be of no use. */
#define CARDS_MAX 2000

static size_t group_of(const struct offer *o)
{
    if (o->state == STATE_IN_PROGRESS && o->action == ACTION_FIX) {
        return GROUP_BLOCKED;
    }
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        if (groups[i].state == o->state && i != GROUP_BLOCKED) {
            return i;
        }
    }
    return GROUP_COUNT - 1;
}

static size_t offer_count(const struct report *report)
{
    return report->offers.count + report->passing.count;
}

/* The i-th offer: those that are shown, then those of a check that pass. */
static const struct offer *offer_at(struct render *r, const struct report *report, size_t i)
{
    if (i < report->offers.count) {
        return offer_list_at(&report->offers, i, &r->offer);
    }
    return offer_list_at(&report->passing, i - report->offers.count, &r->offer);
}

static const char *title_of(const struct render *r)
{
    switch (r->options.view) {
    case VIEW_PUBLISHERS:
        return _("Publishers");
    case VIEW_HISTORY:
        return _("Publishing history");
    case VIEW_STATS:
        return _("How long publishing took");
    case VIEW_CHANGES:
        return _("What has changed");
    case VIEW_LIST:
    case VIEW_SHOW:
    case VIEW_APPROVALS:
    case VIEW_CHECK:
        break;
    }
    return _("Publishing status");
}

static void put_head(struct render *r)
{
    render_put_raw(r, "<!DOCTYPE html>\n<html lang=\"");
    /* TRANSLATORS: the code of the language itself, as in BCP 47 */
    html_put(r, _("en"));
    render_put_raw(r, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n"
                      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<title>");
    html_put(r, title_of(r));
    render_put_raw(r, "</title>\n<style>\n");
    strbuf_append(&r->text, (const char *)page_css, page_css_size);
    render_put_raw(r, "</style>\n</head>\n<body>\n");
}

/* "contoso · 2026-11-26 17:13 UTC" */
static void put_title(struct render *r, const struct report *report)
{
    char now[TIMESTAMP_MAX];

    timestamp_format(report->generated_ms, now);
    render_put_raw(r, "<header>\n<h1>");
    html_put(r, title_of(r));
    render_put_raw(r, "</h1>\n<p class=\"meta\">");
    if (report->publisher != NULL && !report->several_publishers) {
        html_put(r, report->publisher);
        render_put_raw(r, " · ");
    }
    html_put_time(r, now);
    render_put_raw(r, " UTC</p>\n");
}

/* The class whose colours suit a verdict. */
static const char *class_of_code(int code)
{
    switch (code) {
    case EXIT_OK:
        return "none";
    case EXIT_IN_PROGRESS:
    case EXIT_DEADLINE:
        return "in_progress";
    case EXIT_SIGNOFF:
        return "pending_signoff";
    case EXIT_CANCELED:
        return "canceled";
    case EXIT_UNKNOWN:
    case EXIT_PARTIAL:
        return "unknown";
    default:
        return "failed";
    }
}

/* The line that the text formats print: they append it to r->text, and here it is taken out
 * again. */
static void put_verdict(struct render *r, const struct report *report)
{
    int code = outcome_of_report(report);
    size_t begin = r->text.len, end;

    if (report->ending != NULL) {
        code = report->ending->code;
    }
    render_start_over(r, &r->safe);
    if (report->ending != NULL) {
        waiting_put_ending(&r->safe, report->ending);
    } else if (!r->text.failed) {
        check_put_verdict(r, report);
        for (end = begin; end < r->text.len && r->text.data[end] != '\n';) {
            end++;
        }
        strbuf_append(&r->safe, r->text.data + begin, end - begin);
        render_take_back(r, r->written + begin);
    }
    strbuf_printf(&r->text, "<p class=\"verdict %s\">", class_of_code(code));
    html_put(r, strbuf_text(&r->safe));
    render_put_raw(r, "</p>\n");
}

static void put_count(struct render *r, const struct report *report)
{
    size_t begin = r->text.len, end = begin;

    tally_put_whole(r, report);
    while (end < r->text.len && r->text.data[end] != ':' && r->text.data[end] != '\n') {
        end++;
    }
    if (!r->text.failed) {
        render_take_back(r, r->written + end);
    }
}

/* Each state's share of the bar, then the same in words. */
static void put_tally(struct render *r, const struct report *report)
{
    static const enum offer_state order[] = {
        STATE_FAILED,   STATE_UNKNOWN, STATE_PENDING_SIGNOFF, STATE_CANCELED, STATE_IN_PROGRESS,
        STATE_DELISTED, STATE_NONE
    };

    if (report->total == 0) {
        return;
    }
    render_put_raw(r, "<div class=\"bar\" aria-hidden=\"true\">");
    for (size_t i = 0; i < STATE_COUNT; i++) {
        size_t count = report->counts[order[i]];
        if (count > 0) {
            strbuf_printf(&r->text, "<span class=\"%s\" style=\"flex:%zu\">%zu</span>",
                          state_token(order[i]), count, count);
        }
    }
    render_put_raw(r, "</div>\n<ul class=\"legend\">\n");
    for (size_t i = 0; i < STATE_COUNT; i++) {
        size_t count = report->counts[order[i]];
        if (count > 0) {
            strbuf_printf(&r->text, "<li class=\"%s\"><b>%zu</b> ", state_token(order[i]), count);
            html_put(r, html_state(order[i]));
            render_put_raw(r, "</li>\n");
        }
    }
    render_put_raw(r, "</ul>\n");
}

static void open_section(struct render *r, const char *title, size_t count)
{
    render_put_raw(r, "<section>\n<h2>");
    html_put(r, title);
    strbuf_printf(&r->text, " <span class=\"n\">%zu</span></h2>\n", count);
}

static int put_group(struct render *r, const struct report *report, size_t group, size_t count,
                     struct error *err)
{
    bool cards = groups[group].at_length && count <= CARDS_MAX;

    open_section(r, _(groups[group].title), count);
    render_put_raw(r, cards ? "" : "<ul class=\"rows\">\n");
    for (size_t i = 0; i < offer_count(report); i++) {
        const struct offer *o = offer_at(r, report, i);
        if (group_of(o) != group) {
            continue;
        }
        if (cards) {
            html_put_card(r, report, o);
        } else {
            html_put_line(r, report, o);
        }
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    render_put_raw(r, cards ? "</section>\n" : "</ul>\n</section>\n");
    return 0;
}

static int put_groups(struct render *r, const struct report *report, struct error *err)
{
    size_t counts[GROUP_COUNT] = { 0 };

    for (size_t i = 0; i < offer_count(report); i++) {
        counts[group_of(offer_at(r, report, i))]++;
    }
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        if (counts[i] > 0 && put_group(r, report, i, counts[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int put_problems(struct render *r, const struct report *report, struct error *err)
{
    if (report->problem_count == 0) {
        return 0;
    }
    open_section(r, _("What could not be read"), report->problem_count);
    render_put_raw(r, "<ul class=\"rows unread\">\n");
    for (size_t i = 0; i < report->problem_count; i++) {
        render_put_raw(r, "<li>");
        html_put(r, problem_text(&report->problems[i]));
        render_put_raw(r, "</li>\n");
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    render_put_raw(r, "</ul>\n</section>\n");
    return 0;
}

/* A table of what is no offer: an event, a change. */
static int put_rows(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_record_count(r, report);

    if (count == 0) {
        return 0;
    }
    render_put_raw(r, "<div class=\"table\"><table>\n<thead><tr>");
    for (size_t at = 0; at < r->field_count; at++) {
        render_put_raw(r, "<th scope=\"col\">");
        html_put(r, _(r->fields[at]->info.title));
        render_put_raw(r, "</th>");
    }
    render_put_raw(r, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        const void *record = render_record(r, report, i);
        render_put_raw(r, "<tr>");
        for (size_t at = 0; at < r->field_count; at++) {
            render_start_over(r, &r->value);
            r->fields[at]->text(&r->value, record, &r->options);
            render_put_raw(r, "<td>");
            if (r->fields[at]->is_time) {
                html_put_time(r, strbuf_text(&r->value));
            } else {
                html_put(r, strbuf_text(&r->value));
            }
            render_put_raw(r, "</td>");
        }
        render_put_raw(r, "</tr>\n");
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    render_put_raw(r, "</tbody>\n</table></div>\n");
    return 0;
}

static void put_summary(struct render *r, const struct report *report)
{
    if (report->checked) {
        put_verdict(r, report);
    } else {
        render_put_raw(r, "<p class=\"count\">");
        put_count(r, report);
        render_put_raw(r, "</p>\n");
    }
    put_tally(r, report);
}

static int html_finish(struct render *r, const struct report *report, struct error *err)
{
    size_t count = render_record_count(r, report) + report->passing.count;

    put_head(r);
    put_title(r, report);
    if (render_has_offers(r)) {
        put_summary(r, report);
    }
    render_put_raw(r, "</header>\n<main>\n");
    if (count + report->problem_count == 0) {
        render_put_raw(r, "<p class=\"count\">");
        html_put(r, _("There is nothing to show."));
        render_put_raw(r, "</p>\n");
    }
    if (put_problems(r, report, err) != 0 || put_groups(r, report, err) != 0 ||
        (!render_has_offers(r) && put_rows(r, report, err) != 0)) {
        return -1;
    }
    render_put_raw(r, "</main>\n<footer><p>");
    html_put(r, _("Made by offerstat. Times are UTC."));
    render_put_raw(r, "</p></footer>\n</body>\n</html>\n");
    return 0;
}

const struct render_writer html_writer = { .tabular = true, .cards = true, .finish = html_finish };
