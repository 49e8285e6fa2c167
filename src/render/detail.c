/* detail.c - one offer at length: header, steps, and last what blocks publishing. */
#include "offerstat/escape.h"

#include "layout.h"
#include "render_priv.h"

#include <string.h>

#define LABEL_WIDTH 11
#define NAME_MAX_WIDTH 48
#define NARROWEST 20 /* columns that a wrapped text gets however narrow the window is */

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

static void put_raw(struct render *r, const char *text)
{
    strbuf_puts(&r->text, text);
}

void render_put_colored(struct render *r, const char *color, const char *text)
{
    bool on = r->options.color && color != NULL;

    put_raw(r, on ? color : "");
    render_put(r, text);
    put_raw(r, on ? "\033[0m" : "");
}

/* Text of several lines, wrapped where a width is set; `first` stands before the first line, as
 * many blanks before the others.  What wrapping puts first in a line is looked at again. */
void detail_put_wrapped(struct render *r, size_t indent, const char *first, const char *text)
{
    size_t taken = indent + escape_width(first), width = r->options.width;
    struct strbuf safe = STRBUF_INIT((size_t)16 * 1024 * 1024);
    const char *p;
    bool again = false;

    width = width == 0 ? 0 : width > taken + NARROWEST ? width - taken : NARROWEST;
    if (escape_text(&safe, text, ESCAPE_LINES) != 0) {
        r->text.failed = true;
    }
    p = strbuf_text(&safe);
    do {
        size_t len = layout_line(p, width);
        strbuf_printf(&r->text, "%*s", (int)(again ? taken : indent), "");
        if (!again) {
            put_raw(r, first);
        }
        render_start_over(r, &r->spare);
        strbuf_append(&r->spare, p, len);
        render_put(r, strbuf_text(&r->spare));
        put_raw(r, "\n");
        p += len;
        p += *p == '\n' || *p == ' ' ? 1 : 0;
        again = true;
    } while (*p != '\0');
    strbuf_clear(&safe);
}

static void put_row(struct render *r, const char *label, const char *value)
{
    char first[LABEL_WIDTH + 1];

    if (value != NULL && *value != '\0') {
        snprintf(first, sizeof(first), "%-*s", LABEL_WIDTH, label);
        detail_put_wrapped(r, 2, first, value);
    }
}

static void put_state(struct render *r, const struct offer *o)
{
    strbuf_printf(&r->text, "  %-*s", LABEL_WIDTH, "State");
    render_put_colored(r, field_state_color(o->state), state_label(o->state));
    if (o->state == STATE_NONE) {
        put_raw(r, " (nothing under way)");
    }
    put_raw(r, "\n");
}

/* What one of several APIs says. */
static void put_source(struct render *r, const struct source *s)
{
    char text[256];

    snprintf(text, sizeof(text), "%s: %s, live %s%s%.40s%s%s%.100s%s", s->api,
             state_label(s->state), live_token(s->live), s->rule != NULL ? " (" : "",
             s->rule != NULL ? s->rule : "", s->rule != NULL ? ")" : "",
             s->raw_status != NULL ? " \"" : "", s->raw_status != NULL ? s->raw_status : "",
             s->raw_status != NULL ? "\"" : "");
    put_row(r, "Source", text);
}

static void put_header(struct render *r, const struct offer *o)
{
    char url[OFFER_URL_MAX], text[128];

    render_put_colored(r, "\033[1m", o->name != NULL ? o->name : o->id);
    put_raw(r, "\n");
    put_state(r, o);
    put_row(r, "Live", live_token(o->live));
    put_row(r, "Action", advice[o->action]);
    put_row(r, "Offer", o->id);
    put_row(r, "Publisher", o->publisher);
    put_row(r, "Type", o->type != NULL ? offer_type_title(o->type) : NULL);
    put_row(r, "Version", o->version);
    render_start_over(r, &r->cell);
    field_put_time(&r->cell, o->changed_at, &r->options);
    put_row(r, "Changed", strbuf_text(&r->cell));
    put_row(r, "Page", offer_url(o, url));
    if (o->rule != NULL) {
        const char *basis = basis_token(o->basis);
        snprintf(text, sizeof(text), "%.40s%s%s%s", o->rule, basis != NULL ? " (" : "",
                 basis != NULL ? basis : "", basis != NULL ? ")" : "");
        put_row(r, "Rule", text);
    }
    for (size_t i = 0; i < o->source_count; i++) {
        put_source(r, &o->sources[i]);
    }
    for (size_t i = 0; i < o->note_count; i++) {
        put_row(r, "Note", o->notes[i].text);
    }
}

static const char *level_icon(const struct render *r, enum message_level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return r->options.ascii ? "x " : "\xE2\x9C\x97 ";
    case LEVEL_WARNING:
        return "! ";
    case LEVEL_INFORMATION:
        break;
    }
    return "i ";
}

void detail_put_messages(struct render *r, size_t indent, const struct message *messages,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct message *m = &messages[i];
        detail_put_wrapped(r, indent, level_icon(r, m->level),
                           m->text != NULL ? m->text : "(a link without words)");
        for (size_t j = 0; j < m->link_count; j++) {
            const struct link *l = &m->links[j];
            strbuf_printf(&r->text, "%*s", (int)indent + 2, "");
            if (strcmp(l->text, l->href) != 0) {
                render_put(r, l->text);
                put_raw(r, ": ");
            }
            render_put(r, l->href); /* never wrapped: it is there to be clicked or copied */
            put_raw(r, "\n");
        }
    }
}

static void put_part(struct render *r, const char *sign, const char *text)
{
    put_raw(r, sign);
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
        render_start_over(r, &r->cell);
        field_put_time(&r->cell, s->completed_at, &r->options);
        put_part(r, "  ", strbuf_text(&r->cell));
    }
    if (s->status == STEP_UNKNOWN && s->raw_status != NULL) {
        put_part(r, "  \"", s->raw_status);
        put_raw(r, "\"");
    }
}

static size_t widest_name(struct render *r, const struct offer *o)
{
    size_t widest = 0;

    for (size_t i = 0; i < o->step_count; i++) {
        size_t width;
        render_start_over(r, &r->spare);
        escape_text(&r->spare, field_step_name(&o->steps[i]), 0);
        width = escape_width(strbuf_text(&r->spare));
        widest = width > widest ? width : widest;
    }
    return widest > NAME_MAX_WIDTH ? NAME_MAX_WIDTH : widest;
}

static void put_step(struct render *r, const struct offer *o, size_t i, size_t name_width)
{
    const struct step *s = &o->steps[i];
    const char *label = step_status_label(s->status);

    put_raw(r, "  ");
    render_put_colored(r, icons[s->status].color,
                       r->options.ascii ? icons[s->status].ascii : icons[s->status].icon);
    strbuf_printf(&r->text, " %zu  ", i + 1);
    render_start_over(r, &r->spare);
    escape_text(&r->spare, field_step_name(s), r->options.ci ? ESCAPE_CI : 0);
    layout_pad(&r->text, strbuf_text(&r->spare), name_width);
    put_raw(r, "  ");
    render_put_colored(r, icons[s->status].color, label);
    put_step_facts(r, s);
    put_raw(r, "\n");
    if (!step_blocks(s)) {
        detail_put_messages(r, 6, s->messages, s->message_count);
    }
}

void detail_put_standing(struct render *r, const struct offer *o, size_t step)
{
    const struct step *s = &o->steps[step];

    strbuf_printf(&r->text, "  %zu/%zu ", step + 1, o->step_count);
    render_put(r, field_step_name(s));
    put_raw(r, ", ");
    render_put_colored(r, icons[s->status].color, step_status_label(s->status));
    put_raw(r, "\n");
    detail_put_messages(r, 4, s->messages, s->message_count);
    if (s->message_count == 0 && step_blocks(s)) {
        put_raw(r, "    (the service says nothing more)\n");
    }
}

static void put_title(struct render *r, const char *title)
{
    put_raw(r, "\n");
    render_put_colored(r, "\033[1m", title);
    put_raw(r, "\n");
}

/* Messages of the offer as a whole are what blocks a publish that no step speaks of. */
bool detail_is_blocked_by_messages(const struct offer *o)
{
    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            return false;
        }
    }
    return o->state == STATE_FAILED && o->message_count > 0;
}

static void put_blockers(struct render *r, const struct offer *o)
{
    bool titled = false;

    for (size_t i = 0; i < o->step_count; i++) {
        const struct step *s = &o->steps[i];
        if (!step_blocks(s)) {
            continue;
        }
        if (!titled) {
            put_title(r, "What blocks publishing");
            titled = true;
        }
        detail_put_standing(r, o, i);
    }
    if (detail_is_blocked_by_messages(o)) {
        put_title(r, "What blocks publishing");
        detail_put_messages(r, 2, o->messages, o->message_count);
        titled = true;
    }
    if (!titled && o->state == STATE_FAILED && !o->steps_known) {
        put_raw(r, "\n");
        detail_put_wrapped(
            r, 0, "",
            "This API tells no publishing steps: another (--api all) may, or, for who "
            "has its id, the job that published (offerstat history --job ID).");
    } else if (!titled && o->state == STATE_FAILED) {
        put_raw(r, "\nNo step says what blocks publishing.\n");
    }
}

static void put_offer(struct render *r, const struct offer *o)
{
    size_t name_width = widest_name(r, o);

    put_header(r, o);
    if (o->message_count > 0 && !detail_is_blocked_by_messages(o)) {
        put_raw(r, "\nMessages\n");
        detail_put_messages(r, 2, o->messages, o->message_count);
    }
    if (o->step_count > 0) {
        put_title(r, "Steps");
    } else if (o->steps_known) {
        put_raw(r, "\nThe service lists no publishing steps.\n");
    }
    for (size_t i = 0; i < o->step_count; i++) {
        put_step(r, o, i, name_width);
    }
    put_blockers(r, o);
}

int detail_finish(struct render *r, const struct report *report, struct error *err)
{
    for (size_t i = 0; i < report->offers.count; i++) {
        put_raw(r, i > 0 ? "\n" : "");
        put_offer(r, render_record(r, report, i));
        if (render_flush_some(r, err) != 0) {
            return -1;
        }
    }
    return 0;
}
