/* detail.c - one offer in full: header, steps, and last what blocks publishing. */
#include "detail.h"

#include "offerstat/escape.h"
#include "offerstat/text.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "detail_head.h"
#include "fields.h"
#include "flow.h"
#include "message.h"
#include "outlook_text.h"
#include "tally.h"

#include <string.h>

#define NAME_MAX_WIDTH 48
#define GAP "  " /* between the name of a step and its status */

static const struct {
    const char *icon, *ascii, *color;
} icons[STEP_STATUS_COUNT] = {
    [STEP_UNKNOWN] = { "?", "?", "\033[31m" },
    [STEP_NOT_STARTED] = { "\xC2\xB7", ".", "\033[2m" },
    [STEP_IN_PROGRESS] = { "\xE2\x97\x8F", ">", "\033[36m" },
    [STEP_WAITING_SIGNOFF] = { "\xE2\x97\x86", "*", "\033[33m" },
    [STEP_WAITING_APPROVAL] = { "\xE2\x97\x87", "*", "\033[33m" },
    [STEP_BLOCKED] = { "!", "!", "\033[31m" },
    [STEP_REJECTED] = { "\xE2\x9C\x97", "x", "\033[31m" },
    [STEP_COMPLETE] = { "\xE2\x9C\x93", "+", "\033[32m" },
    [STEP_CANCELED] = { "-", "-", "\033[33m" },
};

const char *detail_status_icon(enum step_status status, bool ascii)
{
    return ascii ? icons[status].ascii : icons[status].icon;
}

const char *detail_icon(const struct render *r, enum step_status status)
{
    return detail_status_icon(status, r->options.ascii);
}

bool detail_repeats_status(const struct step *s, const struct message *m)
{
    static const char *const words[] = { "Step completed.", "Step completed", "Completed.",
                                         "Completed" };

    if (s->status != STEP_COMPLETE || m->level != LEVEL_INFORMATION || m->link_count > 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (text_equal_nocase(m->text, words[i])) {
            return true;
        }
    }
    return false;
}

/* The end of a step without a time is that of the message which repeats its status. */
const char *detail_ended_at(const struct step *s)
{
    if (s->status != STEP_COMPLETE && s->status != STEP_REJECTED) {
        return NULL;
    }
    if (s->completed_at != NULL) {
        return s->completed_at;
    }
    for (size_t i = 0; i < s->message_count; i++) {
        if (detail_repeats_status(s, &s->messages[i])) {
            return s->messages[i].at;
        }
    }
    return NULL;
}

/* How far a step is, how long it may take, when it ended. */
static void put_step_facts(struct flow *f, const struct offer *o, const struct step *s)
{
    bool ended = s->status == STEP_COMPLETE || s->status == STEP_REJECTED;
    struct strbuf *fact = &f->r->safe;

    if (s->status == STEP_IN_PROGRESS && s->progress >= 0) {
        render_start_over(f->r, fact);
        strbuf_printf(fact, "%d %%", s->progress);
        flow_put(f, "  ", NULL, strbuf_text(fact));
    }
    if (s == offer_current_step(o)) {
        render_start_over(f->r, fact);
        outlook_put_age(fact, o, &f->r->options);
        if (fact->len > 0) {
            flow_put(f, "  ", NULL, strbuf_text(fact));
        }
    }
    if (!ended && s->estimated != NULL) {
        flow_put(f, "  ", NULL, s->estimated);
    }
    if (s == offer_current_step(o)) {
        render_start_over(f->r, fact);
        outlook_put_estimate(fact, &o->outlook.step, &f->r->options);
        if (fact->len > 0) {
            flow_put(f, "  ", NULL, strbuf_text(fact));
        }
    }
    if (detail_ended_at(s) != NULL) {
        render_start_over(f->r, fact);
        field_put_moment(fact, detail_ended_at(s), &f->r->options);
        flow_put(f, "  ", NULL, strbuf_text(fact));
    }
    if (s->status == STEP_UNKNOWN && s->raw_status != NULL) {
        render_start_over(f->r, fact);
        strbuf_printf(fact, "\"%s\"", s->raw_status);
        flow_put(f, "  ", NULL, strbuf_text(fact));
    }
}

/* Columns of the longest step name, or fewer: the column must leave room for the status. */
static size_t names_width(struct render *r, const struct offer *o)
{
    size_t widest = 0, most = NAME_MAX_WIDTH;

    if (r->options.width > 0 && r->options.width / 2 < NAME_MAX_WIDTH) {
        most = r->options.width / 2;
    }
    for (size_t i = 0; i < o->step_count; i++) {
        size_t width;
        render_start_over(r, &r->value);
        escape_text(&r->value, field_step_name(&o->steps[i]), 0);
        width = width_most(strbuf_text(&r->value));
        if (width > widest && width <= most) {
            widest = width;
        }
    }
    return widest;
}

/* Go on after the column of names, on a new line when the name is longer than the column and the
 * status has room there. */
static void leave_names(struct flow *f, size_t column, const char *status)
{
    size_t needed = column + strlen(GAP) + width_most(status), width = f->r->options.width;

    if (f->used > column && column > f->indent && (width == 0 || needed <= width)) {
        render_put_raw(f->r, "\n");
        f->used = 0;
    }
    if (f->used < column) {
        render_indent(f->r, column - f->used);
        f->used = column;
    }
}

static void put_step(struct render *r, const struct offer *o, size_t i, size_t name_width)
{
    const struct step *s = &o->steps[i];
    const char *color = icons[s->status].color, *status = step_status_label(s->status);
    struct flow f = { .r = r, .indent = 7, .used = 7 };

    render_put_raw(r, "  ");
    render_put_colored(r, color, detail_icon(r, s->status));
    strbuf_printf(&r->text, " %zu  ", i + 1);
    flow_put_text(&f, field_step_name(s));
    leave_names(&f, f.indent + name_width, status);
    flow_put(&f, GAP, color, status);
    put_step_facts(&f, o, s);
    render_put_raw(r, "\n");
    for (size_t m = 0; m < s->message_count && !step_blocks(s); m++) {
        if (!detail_repeats_status(s, &s->messages[m])) {
            message_put_all(r, 6, &s->messages[m], 1);
        }
    }
}

void detail_put_standing(struct render *r, const struct offer *o, size_t step)
{
    const struct step *s = &o->steps[step];
    struct flow f = { .r = r, .indent = 4 };
    char place[48];

    snprintf(place, sizeof(place), "  %zu/%zu ", step + 1, o->step_count);
    render_put_raw(r, place);
    f.used = strlen(place);
    flow_put_text(&f, field_step_name(s));
    flow_put(&f, ", ", icons[s->status].color, step_status_label(s->status));
    render_put_raw(r, "\n");
    message_put_all(r, 4, s->messages, s->message_count);
    if (s->message_count == 0 && step_blocks(s) && !detail_is_blocked_by_messages(o)) {
        render_put_wrapped(r, 4, "", _("(the service says nothing more)"));
    }
}

static void put_title(struct render *r, const char *title)
{
    render_put_raw(r, "\n");
    render_put_colored(r, "\033[1m", title);
    render_put_raw(r, "\n");
}

static bool has_blocking_step(const struct offer *o)
{
    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            return true;
        }
    }
    return false;
}

bool detail_is_blocked_by_messages(const struct offer *o)
{
    if (o->state != STATE_FAILED || o->message_count == 0) {
        return false;
    }
    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i]) && o->steps[i].message_count > 0) {
            return false;
        }
    }
    return true;
}

/* The steps that block; where they say nothing, the offer's own messages. */
static void put_blockers(struct render *r, const struct offer *o)
{
    put_title(r, _("What blocks publishing"));
    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            detail_put_standing(r, o, i);
        }
    }
    if (detail_is_blocked_by_messages(o)) {
        message_put_all(r, 2, o->messages, o->message_count);
    }
}

/* What kept the offer from being read whole, or NULL. */
static const struct problem *problem_of(const struct report *report, const struct offer *o)
{
    for (size_t i = 0; i < report->problem_count; i++) {
        const struct problem *p = &report->problems[i];
        if (text_equal_nocase(p->offer, o->id) && (p->publisher == NULL || o->publisher == NULL ||
                                                   text_equal_nocase(p->publisher, o->publisher))) {
            return p;
        }
    }
    return NULL;
}

/* Say why no steps are shown. */
static void put_no_steps(struct render *r, const struct report *report, const struct offer *o)
{
    const struct problem *p = problem_of(report, o);

    if (o->steps_known) {
        render_put_raw(r, "\n");
        render_put_wrapped(r, 0, "", _("The service lists no publishing steps."));
    } else if (p != NULL) {
        render_put_raw(r, "\n");
        render_start_over(r, &r->safe);
        strbuf_printf(&r->safe, _("The publishing steps could not be read: %s"), problem_text(p));
        render_put_wrapped(r, 0, "", strbuf_text(&r->safe));
    } else if (o->state == STATE_FAILED && !detail_is_blocked_by_messages(o)) {
        render_put_raw(r, "\n");
        render_put_wrapped(r, 0, "",
                           _("This API has no publishing steps. A different one may have them "
                             "(--api all), or the job that published, if you have its id "
                             "(offerstat history --job ID)."));
    }
}

static void put_offer(struct render *r, const struct report *report, const struct offer *o)
{
    size_t name_width = names_width(r, o);

    detail_head_put(r, o);
    if (o->message_count > 0 && !detail_is_blocked_by_messages(o)) {
        strbuf_printf(&r->text, "\n%s\n", _("Messages"));
        message_put_all(r, 2, o->messages, o->message_count);
    }
    if (o->step_count > 0) {
        put_title(r, _("Steps"));
    } else {
        put_no_steps(r, report, o);
    }
    for (size_t i = 0; i < o->step_count; i++) {
        put_step(r, o, i, name_width);
    }
    if (has_blocking_step(o) || detail_is_blocked_by_messages(o)) {
        put_blockers(r, o);
    } else if (o->state == STATE_FAILED && o->steps_known) {
        render_put_raw(r, "\n");
        render_put_wrapped(r, 0, "", _("No step says what blocks publishing."));
    }
}

/* Whether some offers are missing.  When a single one was asked for, stderr has said so. */
static bool lacks_some(const struct report *report)
{
    return report->total + report->unread > 1 && (report->unread > 0 || report->broken_lists > 0);
}

int detail_write(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < report->offers.count; i++) {
        render_put_raw(r, i > 0 ? "\n" : "");
        put_offer(r, report, render_record(r, report, i));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    if (r->options.header && lacks_some(report)) {
        render_put_raw(r, report->offers.count > 0 ? "\n" : "");
        tally_put_shown(r, report);
    }
    return 0;
}
