/* wait_view.c - a wait as a screen. */
#include "offerstat/wait_view.h"

#include "offerstat/escape.h"
#include "offerstat/translate.h"
#include "offerstat/waiting.h"
#include "offerstat/width.h"

#include "detail.h"
#include "fields.h"
#include "layout.h"
#include "outlook_text.h"

#include <string.h>

#define LINE_BYTES_MAX ((size_t)16 * 1024)
#define HEIGHT_UNKNOWN 24
#define WIDTH_UNKNOWN 80
#define BAR_MOST 12 /* cells of a bar; more steps share them */
#define GAP "  "
#define PLAIN "\033[0m"

static size_t screen_width(const struct wait_view *v)
{
    return v->width > 0 ? v->width : WIDTH_UNKNOWN;
}

/* Append a line, made safe and cut to the screen. */
static void put_line(struct strbuf *out, const struct wait_view *v, const char *color,
                     const struct strbuf *text)
{
    struct strbuf safe = STRBUF_INIT(4 * LINE_BYTES_MAX);

    escape_text(&safe, strbuf_text(text), ESCAPE_WIDTH);
    if (color != NULL && v->color) {
        strbuf_puts(out, color);
    }
    layout_cut(out, strbuf_text(&safe), screen_width(v), v->ascii ? ".." : "\xE2\x80\xA6");
    if (color != NULL && v->color) {
        strbuf_puts(out, PLAIN);
    }
    strbuf_puts(out, "\n");
    strbuf_drop(out, &safe);
}

/* A part of a line, which is dropped when the screen is too narrow. */
struct part {
    struct strbuf text; /* with its separator in front */
    unsigned rank;      /* the highest is dropped first */
};

static size_t width_with(const struct strbuf *line, const struct part *parts, size_t count,
                         unsigned most)
{
    size_t width = width_most(strbuf_text(line));

    for (size_t i = 0; i < count; i++) {
        if (parts[i].rank <= most) {
            width += width_most(strbuf_text(&parts[i].text));
        }
    }
    return width;
}

/* Append the parts that fit, in their order, and clear all. */
static void put_parts(struct strbuf *line, const struct wait_view *v, struct part *parts,
                      size_t count)
{
    unsigned most = (unsigned)count;

    while (most > 0 && width_with(line, parts, count, most) > screen_width(v)) {
        most--;
    }
    for (size_t i = 0; i < count; i++) {
        if (parts[i].rank <= most) {
            strbuf_puts(line, strbuf_text(&parts[i].text));
        }
        strbuf_drop(line, &parts[i].text);
    }
}

static void put_head(struct strbuf *out, const struct wait_view *v)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX), took = STRBUF_INIT(64);
    struct strbuf limit = STRBUF_INIT(64), next = STRBUF_INIT(64);
    struct part parts[2] = { { STRBUF_INIT(256), 1 }, { STRBUF_INIT(256), 2 } };

    waiting_put_duration(&took, v->took_ms);
    waiting_put_duration(&limit, v->timeout_ms);
    waiting_put_duration(&next, v->next_ms);
    strbuf_printf(&line, _("Waiting: %zu of %zu offers are there"), v->reached, v->count);
    strbuf_puts(&parts[0].text, "   ");
    if (v->timeout_ms >= 0) {
        strbuf_printf(&parts[0].text, _("%s of %s"), strbuf_text(&took), strbuf_text(&limit));
    } else {
        strbuf_puts(&parts[0].text, strbuf_text(&took));
    }
    strbuf_puts(&parts[1].text, "   ");
    if (v->next_ms >= 0) {
        strbuf_printf(&parts[1].text, _("next read in %s"), strbuf_text(&next));
    } else {
        strbuf_puts(&parts[1].text, _("reading"));
    }
    if (width_with(&line, parts, 2, parts[0].rank) > screen_width(v)) {
        strbuf_reset(&line); /* the time stays, so that something moves */
        strbuf_printf(&line, _("Waiting: %zu of %zu"), v->reached, v->count);
    }
    put_parts(&line, v, parts, 2);
    put_line(out, v, "\033[1m", &line);
    strbuf_drop(out, &line);
    strbuf_drop(out, &took);
    strbuf_drop(out, &limit);
    strbuf_drop(out, &next);
}

static size_t steps_done(const struct offer *o)
{
    size_t done = 0;

    for (size_t i = 0; i < o->step_count; i++) {
        if (o->steps[i].status == STEP_COMPLETE) {
            done++;
        }
    }
    return done;
}

/* "[##----]": a sign a step, the steps that are complete filled. */
static void put_bar(struct strbuf *line, const struct wait_view *v, const struct offer *o)
{
    size_t done = steps_done(o), cells = o->step_count;

    if (cells > BAR_MOST) {
        cells = BAR_MOST;
    }
    strbuf_puts(line, " [");
    for (size_t i = 0; i < cells; i++) {
        bool filled = i * o->step_count < done * cells;
        if (v->ascii) {
            strbuf_puts(line, filled ? "#" : "-");
        } else {
            strbuf_puts(line, filled ? "\xE2\x96\x88" : "\xE2\x96\x91");
        }
    }
    strbuf_puts(line, "]");
}

static void put_place(struct strbuf *line, const struct offer *o)
{
    const struct step *current = offer_current_step(o);
    size_t at = current != NULL ? (size_t)(current - o->steps) + 1 : steps_done(o);

    strbuf_printf(line, " %zu/%zu", at, o->step_count);
}

static void put_name(struct strbuf *name, const struct wait_view *v, const struct offer *o)
{
    struct strbuf whole = STRBUF_INIT(LINE_BYTES_MAX);

    waiting_put_name(&whole, o, v->with_publisher);
    escape_text(name, strbuf_text(&whole), ESCAPE_WIDTH);
    strbuf_drop(name, &whole);
}

/* How the offers are laid out on the screen. */
struct columns {
    size_t name_width;
    size_t lines; /* of an offer without its steps: 2 when its name leaves too little room */
};

static void widen(size_t *width, const struct strbuf *text)
{
    if (width_most(strbuf_text(text)) > *width) {
        *width = width_most(strbuf_text(text));
    }
}

/* A state is never cut, and the time in the step is always shown. */
static struct columns measure(const struct wait_view *v)
{
    struct columns c = { .lines = 1 };
    size_t needed = 0;

    for (size_t i = 0; i < v->count; i++) {
        const struct wait_view_row *row = &v->rows[i];
        struct strbuf name = STRBUF_INIT(LINE_BYTES_MAX), rest = STRBUF_INIT(LINE_BYTES_MAX);
        put_name(&name, v, row->offer);
        widen(&c.name_width, &name);
        waiting_put_state(&rest, row->offer);
        if (row->offer->step_count > 0) {
            strbuf_puts(&rest, " ");
            put_place(&rest, row->offer);
        }
        if (!row->settled) {
            strbuf_puts(&rest, "  ");
            waiting_put_duration(&rest, row->standing_ms);
        }
        widen(&needed, &rest);
        strbuf_clear(&name);
        strbuf_clear(&rest);
    }
    if (c.name_width + strlen(GAP) + needed > screen_width(v)) {
        c.lines = 2;
    }
    return c;
}

static void put_offer(struct strbuf *out, const struct wait_view *v,
                      const struct wait_view_row *row, const struct columns *c)
{
    enum { BAR, PLACE, STEP, TIME, ESTIMATE, PART_COUNT };
    struct part parts[PART_COUNT] = { [BAR] = { STRBUF_INIT(256), 4 },
                                      [PLACE] = { STRBUF_INIT(64), 1 },
                                      [STEP] = { STRBUF_INIT(LINE_BYTES_MAX), 3 },
                                      [TIME] = { STRBUF_INIT(64), 2 },
                                      [ESTIMATE] = { STRBUF_INIT(LINE_BYTES_MAX), 5 } };
    struct strbuf estimate = STRBUF_INIT(LINE_BYTES_MAX);
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX), name = STRBUF_INIT(LINE_BYTES_MAX);
    const struct step *s = offer_current_step(row->offer);

    put_name(&name, v, row->offer);
    if (c->lines > 1) {
        put_line(out, v, NULL, &name);
        strbuf_puts(&line, GAP);
    } else {
        layout_pad(&line, strbuf_text(&name), c->name_width);
        strbuf_puts(&line, GAP);
    }
    waiting_put_state(&line, row->offer);
    if (row->offer->step_count > 0) {
        strbuf_puts(&line, " ");
        put_bar(&parts[BAR].text, v, row->offer);
        put_place(&parts[PLACE].text, row->offer);
    }
    if (s != NULL) {
        strbuf_printf(&parts[STEP].text, "  %s", field_step_name(s));
    }
    if (!row->settled) {
        strbuf_puts(&parts[TIME].text, "  ");
        waiting_put_duration(&parts[TIME].text, row->standing_ms);
    }
    outlook_put_short(&estimate, row->offer);
    if (estimate.len > 0 && !row->settled) {
        strbuf_printf(&parts[ESTIMATE].text, "  (%s)", strbuf_text(&estimate));
    }
    strbuf_drop(out, &estimate);
    put_parts(&line, v, parts, PART_COUNT);
    put_line(out, v, field_state_color(row->offer->state), &line);
    strbuf_drop(out, &line);
    strbuf_drop(out, &name);
}

static void put_step(struct strbuf *out, const struct wait_view *v, const struct step *s)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);

    strbuf_printf(&line, "    %s %s", detail_status_icon(s->status, v->ascii), field_step_name(s));
    if (s->status == STEP_IN_PROGRESS && s->progress > 0) {
        strbuf_printf(&line, "  %d%%", s->progress);
    }
    if (s->estimated != NULL && s->status != STEP_COMPLETE) {
        strbuf_printf(&line, "  %s", s->estimated);
    }
    put_line(out, v, NULL, &line);
    strbuf_drop(out, &line);
}

/* Lines that are left for offers and steps. */
static size_t room(const struct wait_view *v)
{
    size_t height = v->height > 0 ? v->height : HEIGHT_UNKNOWN, taken = 2;

    if (*v->said != '\0') {
        taken += 2;
    }
    return height > taken ? height - taken : 1;
}

/* Whether an offer is shown when not all fit: those that are still waited for are. */
static bool is_shown(const struct wait_view *v, const struct wait_view_row *row, size_t left)
{
    return v->count <= left || !row->settled;
}

static void put_rows(struct strbuf *out, const struct wait_view *v)
{
    struct columns columns = measure(v);
    size_t left = room(v) / columns.lines, shown = 0, steps_left = 0, most = v->count;

    if (v->count <= left) {
        steps_left = room(v) - v->count * columns.lines;
    } else {
        most = (room(v) - 1) / columns.lines; /* and a line for the rest */
    }
    for (size_t i = 0; i < v->count && shown < most; i++) {
        const struct wait_view_row *row = &v->rows[i];
        const struct offer *o = row->offer;
        if (!is_shown(v, row, left)) {
            continue;
        }
        put_offer(out, v, row, &columns);
        shown++;
        if (row->settled || o->step_count > steps_left) {
            continue;
        }
        steps_left -= o->step_count;
        for (size_t s = 0; s < o->step_count; s++) {
            put_step(out, v, &o->steps[s]);
        }
    }
    if (shown < v->count) {
        struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);
        strbuf_printf(&line, _("and %zu more"), v->count - shown);
        put_line(out, v, NULL, &line);
        strbuf_drop(out, &line);
    }
}

/* The first line of the latest text for stderr. */
static void put_said(struct strbuf *out, const struct wait_view *v)
{
    struct strbuf line = STRBUF_INIT(LINE_BYTES_MAX);

    strbuf_append(&line, v->said, strcspn(v->said, "\n"));
    put_line(out, v, NULL, &line);
    strbuf_drop(out, &line);
}

void wait_view_put(struct strbuf *out, const struct wait_view *v)
{
    put_head(out, v);
    strbuf_puts(out, "\n");
    put_rows(out, v);
    if (*v->said != '\0') {
        strbuf_puts(out, "\n");
        put_said(out, v);
    }
}
