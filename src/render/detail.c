/* detail.c - one offer at length: header, steps, and last what blocks publishing. */
#include "detail.h"

#include "offerstat/escape.h"
#include "offerstat/width.h"

#include "fields.h"
#include "layout.h"
#include "message.h"

#define LABEL_WIDTH 11
#define NAME_MAX_WIDTH 48

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

static const char *const advice[ACTION_COUNT] = {
    [ACTION_NONE] = "none",
    [ACTION_WAIT] = "wait",
    [ACTION_FIX] = "fix what blocks publishing",
    [ACTION_REPUBLISH] = "publish again when you want to",
    [ACTION_SIGN_OFF] = "check the preview, then sign off (go live)",
    [ACTION_LOOK] = "look at the offer in Partner Center",
};

static void put_row(struct render *r, const char *label, const char *value)
{
    char first[LABEL_WIDTH + 1];

    if (value != NULL && *value != '\0') {
        snprintf(first, sizeof(first), "%-*s", LABEL_WIDTH, label);
        render_put_wrapped(r, 2, first, value);
    }
}

static void put_state(struct render *r, const struct offer *o)
{
    strbuf_printf(&r->text, "  %-*s", LABEL_WIDTH, "State");
    render_put_colored(r, field_state_color(o->state), state_label(o->state));
    if (o->basis == BASIS_PROVISIONAL) {
        render_put_raw(r, "?");
    }
    if (o->state == STATE_NONE) {
        render_put_raw(r, " (nothing under way)");
    }
    render_put_raw(r, "\n");
}

/* Append `before`, text and `after`, or nothing where there is no text. */
static void put_optional(struct strbuf *out, const char *before, const char *text,
                         const char *after)
{
    if (text != NULL) {
        strbuf_puts(out, before);
        strbuf_puts(out, text);
        strbuf_puts(out, after);
    }
}

/* What one of several APIs says. */
static void put_source(struct render *r, const struct source *s)
{
    struct strbuf *line = &r->safe;

    render_start_over(r, line);
    strbuf_printf(line, "%s: %s, live %s", s->api, state_label(s->state), live_token(s->live));
    put_optional(line, " (", s->rule, ")");
    if (s->raw_status != NULL) {
        strbuf_printf(line, " \"%.100s\"", s->raw_status);
    }
    put_row(r, "Source", strbuf_text(line));
}

static void put_rule(struct render *r, const struct offer *o)
{
    struct strbuf *line = &r->safe;

    if (o->rule != NULL) {
        render_start_over(r, line);
        strbuf_puts(line, o->rule);
        put_optional(line, " (", basis_token(o->basis), ")");
        put_row(r, "Rule", strbuf_text(line));
    }
}

static void put_header(struct render *r, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    render_put_colored(r, "\033[1m", o->name != NULL ? o->name : o->id);
    render_put_raw(r, "\n");
    put_state(r, o);
    put_row(r, "Live", live_token(o->live));
    put_row(r, "Action", advice[o->action]);
    put_row(r, "Offer", o->id);
    put_row(r, "Publisher", o->publisher);
    put_row(r, "Type", o->type != NULL ? offer_type_title(o->type) : NULL);
    put_row(r, "Version", o->version);
    render_start_over(r, &r->safe);
    field_put_time(&r->safe, o->changed_at, &r->options);
    put_row(r, "Changed", strbuf_text(&r->safe));
    put_row(r, "Page", offer_url(o, url));
    put_rule(r, o);
    for (size_t i = 0; i < o->source_count; i++) {
        put_source(r, &o->sources[i]);
    }
    for (size_t i = 0; i < o->note_count; i++) {
        put_row(r, "Note", o->notes[i].text);
    }
}

static void put_part(struct render *r, const char *sign, const char *text)
{
    render_put_raw(r, sign);
    render_put(r, text);
}

/* How far a step is, how long it may take, when it ended. */
static void put_step_facts(struct render *r, const struct step *s)
{
    char progress[16];
    bool ended = s->status == STEP_COMPLETE || s->status == STEP_REJECTED;

    if (s->status == STEP_IN_PROGRESS && s->progress >= 0) {
        snprintf(progress, sizeof(progress), "%d %%", s->progress);
        put_part(r, "  ", progress);
    }
    if (!ended && s->estimated != NULL) {
        put_part(r, "  ", s->estimated);
    }
    if (ended && s->completed_at != NULL) {
        render_start_over(r, &r->safe);
        field_put_time(&r->safe, s->completed_at, &r->options);
        put_part(r, "  ", strbuf_text(&r->safe));
    }
    if (s->status == STEP_UNKNOWN && s->raw_status != NULL) {
        put_part(r, "  \"", s->raw_status);
        render_put_raw(r, "\"");
    }
}

/* Columns of the longest name of a step. */
static size_t widest_name(struct render *r, const struct offer *o)
{
    size_t widest = 0;

    for (size_t i = 0; i < o->step_count; i++) {
        size_t width;
        render_start_over(r, &r->value);
        escape_text(&r->value, field_step_name(&o->steps[i]), 0);
        width = width_of(strbuf_text(&r->value));
        if (width > widest) {
            widest = width;
        }
    }
    return widest;
}

static void put_step(struct render *r, const struct offer *o, size_t i, size_t name_width)
{
    const struct step *s = &o->steps[i];
    const char *color = icons[s->status].color;

    render_put_raw(r, "  ");
    render_put_colored(r, color, r->options.ascii ? icons[s->status].ascii : icons[s->status].icon);
    strbuf_printf(&r->text, " %zu  ", i + 1);
    render_start_over(r, &r->value);
    escape_text(&r->value, field_step_name(s), r->options.ci ? ESCAPE_CI : 0);
    layout_pad(&r->text, strbuf_text(&r->value), name_width);
    render_put_raw(r, "  ");
    render_put_colored(r, color, step_status_label(s->status));
    put_step_facts(r, s);
    render_put_raw(r, "\n");
    if (!step_blocks(s)) {
        message_put_all(r, 6, s->messages, s->message_count);
    }
}

void detail_put_standing(struct render *r, const struct offer *o, size_t step)
{
    const struct step *s = &o->steps[step];

    strbuf_printf(&r->text, "  %zu/%zu ", step + 1, o->step_count);
    render_put(r, field_step_name(s));
    render_put_raw(r, ", ");
    render_put_colored(r, icons[s->status].color, step_status_label(s->status));
    render_put_raw(r, "\n");
    message_put_all(r, 4, s->messages, s->message_count);
    if (s->message_count == 0 && step_blocks(s)) {
        render_put_raw(r, "    (the service says nothing more)\n");
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
    return o->state == STATE_FAILED && o->message_count > 0 && !has_blocking_step(o);
}

/* The steps that block, else the offer's own messages. */
static void put_blockers(struct render *r, const struct offer *o)
{
    put_title(r, "What blocks publishing");
    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            detail_put_standing(r, o, i);
        }
    }
    if (detail_is_blocked_by_messages(o)) {
        message_put_all(r, 2, o->messages, o->message_count);
    }
}

static void put_no_reason(struct render *r, const struct offer *o)
{
    render_put_raw(r, "\n");
    if (o->steps_known) {
        render_put_raw(r, "No step says what blocks publishing.\n");
        return;
    }
    render_put_wrapped(r, 0, "",
                       "This API tells no publishing steps: another (--api all) may, or, for who "
                       "has its id, the job that published (offerstat history --job ID).");
}

static void put_offer(struct render *r, const struct offer *o)
{
    size_t name_width = widest_name(r, o);

    if (name_width > NAME_MAX_WIDTH) {
        name_width = NAME_MAX_WIDTH;
    }
    put_header(r, o);
    if (o->message_count > 0 && !detail_is_blocked_by_messages(o)) {
        render_put_raw(r, "\nMessages\n");
        message_put_all(r, 2, o->messages, o->message_count);
    }
    if (o->step_count > 0) {
        put_title(r, "Steps");
    } else if (o->steps_known) {
        render_put_raw(r, "\nThe service lists no publishing steps.\n");
    }
    for (size_t i = 0; i < o->step_count; i++) {
        put_step(r, o, i, name_width);
    }
    if (has_blocking_step(o) || detail_is_blocked_by_messages(o)) {
        put_blockers(r, o);
    } else if (o->state == STATE_FAILED) {
        put_no_reason(r, o);
    }
}

int detail_write(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < report->offers.count; i++) {
        render_put_raw(r, i > 0 ? "\n" : "");
        put_offer(r, render_record(r, report, i));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    return 0;
}
