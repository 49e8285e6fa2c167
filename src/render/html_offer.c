/* html_offer.c - one offer on a page: a card with its steps, or a line. */
#include "html_offer.h"

#include "offerstat/translate.h"

#include "detail.h"
#include "detail_head.h"
#include "html_text.h"
#include "outlook_text.h"

#define STEPS_SIDE_BY_SIDE 7 /* more than that are listed one below the other */

static const char *name_of(const struct offer *o)
{
    return o->name != NULL ? o->name : o->id;
}

static void put_id(struct render *r, const struct report *report, const struct offer *o)
{
    render_put_raw(r, "<code>");
    if (report->several_publishers && o->publisher != NULL) {
        html_put(r, o->publisher);
        render_put_raw(r, "/");
    }
    html_put(r, o->id);
    render_put_raw(r, "</code>");
}

static void put_live(struct render *r, enum offer_live live)
{
    static const char *const words[LIVE_COUNT] = {
        [LIVE_YES] = N_("live"), [LIVE_NO] = N_("not live"), [LIVE_PREVIEW] = N_("in preview")
    };

    if (words[live] != NULL) {
        html_put(r, _(words[live]));
    }
}

static void put_top(struct render *r, const struct report *report, const struct offer *o)
{
    render_put_raw(r, "<div class=\"top\">\n<div>\n<h3>");
    html_put(r, name_of(o));
    render_put_raw(r, "</h3>\n<p class=\"facts\">");
    put_id(r, report, o);
    if (o->type != NULL) {
        render_put_raw(r, " · ");
        html_put(r, offer_type_title(o->type));
    }
    if (o->changed_at != NULL) {
        render_put_raw(r, " · ");
        html_put(r, _("changed"));
        render_put_raw(r, " ");
        html_put_time(r, o->changed_at);
    }
    strbuf_printf(&r->text, "</p>\n</div>\n<p class=\"chips\"><span class=\"chip %s\">",
                  state_token(o->state));
    html_put(r, html_state(o->state));
    render_put_raw(r, o->basis == BASIS_PROVISIONAL ? "?</span>" : "</span>");
    if (o->live != LIVE_UNKNOWN) {
        render_put_raw(r, " <span class=\"chip plain\">");
        put_live(r, o->live);
        render_put_raw(r, "</span>");
    }
    render_put_raw(r, "</p>\n</div>\n");
}

static void put_messages(struct render *r, const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct message *m = &messages[i];
        if (m->text != NULL) {
            render_put_raw(r, "<p class=\"text\">");
            html_put(r, m->text);
            render_put_raw(r, m->at != NULL ? " " : "");
            html_put_time(r, m->at);
            render_put_raw(r, "</p>\n");
        }
        render_put_raw(r, m->link_count > 0 ? "<ul class=\"links\">\n" : "");
        for (size_t j = 0; j < m->link_count; j++) {
            render_put_raw(r, "<li>");
            html_put_link(r, m->links[j].text, m->links[j].href);
            render_put_raw(r, "</li>\n");
        }
        render_put_raw(r, m->link_count > 0 ? "</ul>\n" : "");
    }
}

/* "2/6 Certification, rejected" and the step's messages. */
static void put_standing(struct render *r, const struct offer *o, const struct step *s)
{
    strbuf_printf(&r->text, "<p class=\"step\">%zu/%zu ", (size_t)(s - o->steps) + 1,
                  o->step_count);
    html_put(r, field_step_name(s));
    render_put_raw(r, " · ");
    html_put(r, step_status_label(s->status));
    render_put_raw(r, "</p>\n");
    put_messages(r, s->messages, s->message_count);
}

/* What is asked of the publisher, and where. */
static void put_action(struct render *r, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    if (o->action == ACTION_NONE || o->action == ACTION_WAIT) {
        return;
    }
    render_put_raw(r, "<p class=\"todo\"><b>");
    html_put(r, _("What to do:"));
    render_put_raw(r, "</b> ");
    html_put(r, detail_advice(o->action));
    if (offer_url(o, url) != NULL) {
        render_put_raw(r, " · ");
        html_put_link(r, _("its page in Partner Center"), url);
    }
    render_put_raw(r, "</p>\n");
}

/* The steps that block, else the present step; then the offer's messages, notes, and what to do. */
static void put_why(struct render *r, const struct offer *o)
{
    const struct step *current = offer_current_step(o);
    bool blocked = false;

    for (size_t i = 0; i < o->step_count; i++) {
        if (step_blocks(&o->steps[i])) {
            put_standing(r, o, &o->steps[i]);
            blocked = true;
        }
    }
    if (!blocked && current != NULL) {
        put_standing(r, o, current);
    }
    put_messages(r, o->messages, o->message_count);
    for (size_t i = 0; i < o->note_count; i++) {
        render_put_raw(r, "<p class=\"soft\">");
        html_put(r, note_text(&o->notes[i]));
        render_put_raw(r, "</p>\n");
    }
    put_action(r, o);
}

static void put_soft_text(struct render *r, const struct strbuf *text)
{
    if (text->len > 0) {
        render_put_raw(r, "<span>");
        html_put(r, strbuf_text(text));
        render_put_raw(r, "</span>");
    }
}

/* Since when it has been in its step, and when that is likely to end by the record. */
static void put_outlook(struct render *r, const struct offer *o)
{
    struct strbuf text = STRBUF_INIT(4096);

    outlook_put_age(&text, o, &r->options);
    put_soft_text(r, &text);
    strbuf_reset(&text);
    outlook_put_estimate(&text, &o->outlook.step, &r->options);
    put_soft_text(r, &text);
    r->text.failed = r->text.failed || text.failed;
    strbuf_clear(&text);
}

/* When it ended, else how long it may take. */
static void put_step_time(struct render *r, const struct offer *o, const struct step *s)
{
    if (s == offer_current_step(o)) {
        put_outlook(r, o);
    }
    if (detail_ended_at(s) != NULL) {
        render_put_raw(r, "<span>");
        html_put_time(r, detail_ended_at(s));
        render_put_raw(r, "</span>");
    } else if (s->estimated != NULL && !step_blocks(s)) {
        render_put_raw(r, "<span>");
        html_put(r, s->estimated);
        render_put_raw(r, "</span>");
    }
}

static void put_steps(struct render *r, const struct offer *o)
{
    strbuf_printf(&r->text, "<ol class=\"steps%s\">\n",
                  o->step_count > STEPS_SIDE_BY_SIDE ? " long" : "");
    for (size_t i = 0; i < o->step_count; i++) {
        const struct step *s = &o->steps[i];
        strbuf_printf(&r->text, "<li class=\"%s\"><i aria-hidden=\"true\">",
                      step_status_token(s->status));
        html_put(r, detail_icon(r, s->status));
        render_put_raw(r, "</i><b>");
        html_put(r, field_step_name(s));
        render_put_raw(r, "</b><span class=\"s\">");
        html_put(r, step_status_label(s->status));
        if (s->status == STEP_IN_PROGRESS && s->progress >= 0) {
            strbuf_printf(&r->text, " %d %%", s->progress);
        }
        render_put_raw(r, "</span>");
        put_step_time(r, o, s);
        render_put_raw(r, "</li>\n");
    }
    render_put_raw(r, "</ol>\n");
}

void html_put_card(struct render *r, const struct report *report, const struct offer *o)
{
    size_t before, empty;
    enum offer_state tone = o->state;

    if (o->action == ACTION_FIX) {
        tone = STATE_FAILED;
    }
    strbuf_printf(&r->text, "<article class=\"card %s\">\n", state_token(tone));
    put_top(r, report, o);
    before = render_length(r);
    render_put_raw(r, "<div class=\"why\">\n");
    empty = render_length(r);
    put_why(r, o);
    if (render_length(r) > empty) {
        render_put_raw(r, "</div>\n");
    } else {
        render_take_back(r, before);
    }
    if (o->step_count > 0) {
        put_steps(r, o);
    }
    render_put_raw(r, "</article>\n");
}

void html_put_line(struct render *r, const struct report *report, const struct offer *o)
{
    render_put_raw(r, "<li><b>");
    html_put(r, name_of(o));
    render_put_raw(r, "</b> ");
    put_id(r, report, o);
    render_put_raw(r, " <span class=\"soft\">");
    if (o->type != NULL) {
        html_put(r, offer_type_title(o->type));
        render_put_raw(r, o->live != LIVE_UNKNOWN ? ", " : "");
    }
    put_live(r, o->live);
    render_put_raw(r, "</span> ");
    html_put_time(r, o->changed_at);
    render_put_raw(r, "</li>\n");
}
