/* check.c - offers that offend, each with its reason, then a tally. */
#include "check.h"

#include "offerstat/outcome.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "detail.h"
#include "fields.h"
#include "flow.h"
#include "message.h"
#include "tally.h"

#include <string.h>

static bool is_same(const struct offer *a, const struct offer *b)
{
    return strcmp(a->id, b->id) == 0 && text_equal_nocase(a->publisher != NULL ? a->publisher : "",
                                                          b->publisher != NULL ? b->publisher : "");
}

/* Whether the offer is one that had not reached its state when the wait ended, or the one that
 * ended the wait. */
static bool fails_wait(const struct wait_ending *ending, const struct offer *o)
{
    if (ending->code == EXIT_OK) {
        return false;
    }
    for (size_t i = 0; i < ending->late_count; i++) {
        if (is_same(ending->late[i].offer, o)) {
            return true;
        }
    }
    return ending->offer != NULL && is_same(ending->offer, o);
}

bool render_offends(const struct report *report, const struct offer *o)
{
    static const struct verdict_policy policy = { 0 };

    if (report->ending != NULL) {
        return fails_wait(report->ending, o) ||
               (report->ending->code != EXIT_OK && verdict_of(&policy, o) != EXIT_OK);
    }
    return report->checked || verdict_of(&policy, o) != EXIT_OK;
}

/* The steps that block, else the one at which the offer stands. */
static void put_steps(struct render *r, const struct offer *o)
{
    const struct step *current = offer_current_step(o);
    bool blocked = false;

    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            detail_put_standing(r, o, i);
            blocked = true;
        }
    }
    if (!blocked && current != NULL) {
        detail_put_standing(r, o, (size_t)(current - o->steps));
    }
}

static void put_reason(struct render *r, const struct offer *o)
{
    put_steps(r, o);
    if (detail_is_blocked_by_messages(o)) {
        message_put_all(r, 2, o->messages, o->message_count);
    }
    for (size_t i = 0; i < o->note_count; i++) {
        render_put_wrapped(r, 2, "", note_text(&o->notes[i]));
    }
}

static void put_offender(struct render *r, const struct offer *o)
{
    const char *basis = basis_token(o->basis), *lacks;
    struct flow f = { .r = r, .indent = 2 };
    char text[128];

    if (o->publisher != NULL) {
        flow_put_text(&f, o->publisher);
        flow_put(&f, "/", "\033[1m", o->id);
    } else {
        flow_put(&f, "", "\033[1m", o->id);
    }
    flow_put(&f, ": ", field_state_color(o->state), state_label(o->state));
    snprintf(text, sizeof(text), _("live %s"), live_label(o->live));
    flow_put(&f, ", ", NULL, text);
    if (o->rule != NULL && basis != NULL) {
        snprintf(text, sizeof(text), "(%s, %s)", o->rule, basis);
        flow_put(&f, " ", NULL, text);
    } else if (o->rule != NULL) {
        snprintf(text, sizeof(text), "(%s)", o->rule);
        flow_put(&f, " ", NULL, text);
    }
    render_put_raw(r, "\n");
    lacks = r->options.policy != NULL ? verdict_lacks(r->options.policy, o) : NULL;
    if (lacks != NULL) {
        render_put_wrapped(r, 2, "", lacks);
    }
    put_reason(r, o);
}

/* "all pass" would be untrue when something could not be read.  used: as in tally_put_part. */
static void put_result(struct render *r, const struct report *report, size_t used)
{
    size_t passing = report->total - report->offending;
    bool whole = report->unread == 0 && report->broken_lists == 0 && report_complete(report);
    const char *sign = ": ";
    char text[64];

    if (report->offending == 0 && whole) {
        tally_put_part(r, used, sign, "\033[32m",
                       translate_count("it passes", "all pass", report->total));
        return;
    }
    if (report->offending > 0) {
        snprintf(text, sizeof(text),
                 translate_count("%zu offends", "%zu offend", report->offending),
                 report->offending);
        used = tally_put_part(r, used, sign, "\033[31m", text);
        sign = ", ";
    }
    snprintf(text, sizeof(text), translate_count("%zu passes", "%zu pass", passing), passing);
    tally_put_part(r, used, sign, NULL, text);
}

/* Nothing to check is an error, and "0 offers checked" would look like a result. */
static bool has_no_verdict(const struct report *report)
{
    return report->total == 0 && report->problem_count > 0 && report->unread == 0 &&
           report->broken_lists == 0;
}

void check_put_verdict(struct render *r, const struct report *report)
{
    char text[128];
    size_t used;

    if (has_no_verdict(report)) {
        snprintf(text, sizeof(text), "%s", _("no verdict: no offer was checked"));
    } else if (report->unread > 0) {
        snprintf(text, sizeof(text), _("%zu of %zu offers checked"), report->total,
                 report->total + report->unread);
    } else {
        snprintf(text, sizeof(text),
                 translate_count("%zu offer checked", "%zu offers checked", report->total),
                 report->total);
    }
    render_put_raw(r, text);
    used = tally_put_unread(r, report, width_of(text));
    if (report->excepted > 0) {
        snprintf(text, sizeof(text), _(", %zu excepted"), report->excepted);
        used = tally_put_further(r, used, text);
    }
    if (report->total == 0) {
        render_put_raw(r, "\n");
        return;
    }
    put_result(r, report, used);
    tally_put(r, report, "\n  ", 0);
}

int check_write(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < report->offers.count; i++) {
        put_offender(r, render_record(r, report, i));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    if (r->options.header) {
        render_put_raw(r, report->offending > 0 ? "\n" : "");
        check_put_verdict(r, report);
    }
    return 0;
}
