/* detail_head.c - what an offer is: the rows above its steps. */
#include "detail_head.h"

#include "offerstat/escape.h"
#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "fields.h"
#include "layout.h"
#include "outlook_text.h"

#define LABEL_WIDTH 11

static const char *const advice[ACTION_COUNT] = {
    [ACTION_NONE] = N_("none"),
    [ACTION_WAIT] = N_("wait"),
    [ACTION_FIX] = N_("fix what blocks publishing"),
    [ACTION_REPUBLISH] = N_("publish again when you want to"),
    [ACTION_SIGN_OFF] = N_("check the preview, then sign off (go live)"),
    [ACTION_LOOK] = N_("look at the offer in Partner Center"),
};

const char *detail_advice(enum offer_action action)
{
    return _(advice[action]);
}

static void put_row(struct render *r, const char *label, const char *value)
{
    struct strbuf first = STRBUF_INIT(256);

    if (value != NULL && *value != '\0') {
        layout_pad(&first, label, LABEL_WIDTH);
        render_put_wrapped(r, 2, strbuf_text(&first), value);
    }
    strbuf_drop(&r->text, &first);
}

/* An id is never broken: below its label where there is no room beside it. */
static void put_id(struct render *r, const char *id)
{
    size_t window = r->options.width, width, indent = 4;

    render_start_over(r, &r->safe);
    escape_text(&r->safe, id, 0);
    width = width_most(strbuf_text(&r->safe));
    render_indent(r, 2);
    if (window == 0 || 2 + LABEL_WIDTH + width <= window) {
        layout_pad(&r->text, _("Offer"), LABEL_WIDTH);
    } else {
        if (width + indent > window) {
            indent = window > width ? window - width : 0;
        }
        render_put_raw(r, _("Offer"));
        render_put_raw(r, "\n");
        render_indent(r, indent);
    }
    render_put(r, strbuf_text(&r->safe)); /* safe at the start of a line as well */
    render_put_raw(r, "\n");
}

static void put_state(struct render *r, const struct offer *o)
{
    render_indent(r, 2);
    layout_pad(&r->text, _("State"), LABEL_WIDTH);
    render_put_colored(r, field_state_color(o->state), state_label(o->state));
    if (o->basis == BASIS_PROVISIONAL) {
        render_put_raw(r, "?");
    }
    if (o->state == STATE_NONE) {
        render_put_raw(r, _(" (nothing under way)"));
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
    strbuf_printf(line, _("%s: %s, live %s"), s->api, state_label(s->state), live_label(s->live));
    put_optional(line, " (", s->rule, ")");
    if (s->raw_status != NULL) {
        strbuf_printf(line, " \"%.100s\"", s->raw_status);
    }
    put_row(r, _("Source"), strbuf_text(line));
}

static void put_rule(struct render *r, const struct offer *o)
{
    struct strbuf *line = &r->safe;

    if (o->rule != NULL) {
        render_start_over(r, line);
        strbuf_puts(line, o->rule);
        put_optional(line, " (", basis_token(o->basis), ")");
        put_row(r, _("Rule"), strbuf_text(line));
    }
}

/* The page of the offer: never wrapped. */
static void put_page(struct render *r, const struct offer *o)
{
    char url[OFFER_URL_MAX];

    if (offer_url(o, url) != NULL) {
        render_indent(r, 2);
        layout_pad(&r->text, _("Page"), LABEL_WIDTH);
        render_put_link(r, url);
        render_put_raw(r, "\n");
    }
}

void detail_head_put(struct render *r, const struct offer *o)
{
    render_start_over(r, &r->safe);
    escape_text(&r->safe, o->name != NULL ? o->name : o->id, 0);
    render_put_wrapped_colored(r, "\033[1m", 0, "", strbuf_text(&r->safe));
    put_state(r, o);
    put_row(r, _("Live"), live_label(o->live));
    put_row(r, _("Action"), detail_advice(o->action));
    put_id(r, o->id);
    put_row(r, _("Publisher"), o->publisher);
    put_row(r, _("Type"), o->type != NULL ? offer_type_title(o->type) : NULL);
    put_row(r, _("Version"), o->version);
    render_start_over(r, &r->safe);
    field_put_moment(&r->safe, o->changed_at, &r->options);
    put_row(r, _("Changed"), strbuf_text(&r->safe));
    render_start_over(r, &r->safe);
    outlook_put_estimate(&r->safe, &o->outlook.publish, &r->options);
    put_row(r, _("Estimate"), strbuf_text(&r->safe));
    put_page(r, o);
    put_rule(r, o);
    for (size_t i = 0; i < o->source_count; i++) {
        put_source(r, &o->sources[i]);
    }
    for (size_t i = 0; i < o->note_count; i++) {
        put_row(r, _("Note"), note_text(&o->notes[i]));
    }
}
