/* layout.c - cut, pad and wrap by display width; columns chosen for a window. */
#include "layout.h"

#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <string.h>

/* In a window of fewer columns one line for each record would show too little. */
#define STACKED_BELOW 60
#define GAP 2

struct plan {
    const struct layout_column *columns;
    size_t count, window;
    struct layout_plan *out;
    bool gone[LAYOUT_COLUMNS_MAX];
    bool leads[LAYOUT_COLUMNS_MAX]; /* on the first line of a record */
};

static size_t whole_width(const struct plan *p, size_t column)
{
    if (p->out->short_ages) {
        return p->columns[column].short_width;
    }
    return p->columns[column].width;
}

static size_t least_width(const struct plan *p, size_t column)
{
    size_t whole = whole_width(p, column), least = p->columns[column].least;

    return least > 0 && least < whole ? least : whole;
}

/* Which columns a line is made of. */
enum part { ALL, LEADING, FOLLOWING };

static bool is_part(const struct plan *p, size_t column, enum part part)
{
    if (p->gone[column]) {
        return false;
    }
    return part == ALL || p->leads[column] == (part == LEADING);
}

static size_t line_width(const struct plan *p, enum part part,
                         size_t (*width_of_one)(const struct plan *p, size_t column))
{
    size_t total = 0;

    for (size_t i = 0; i < p->count; i++) {
        if (is_part(p, i, part)) {
            total += width_of_one(p, i) + (total > 0 ? p->out->gap : 0);
        }
    }
    return total;
}

/* Drop the next column that may be dropped.  False when there is none. */
static bool leave(struct plan *p, enum part part)
{
    size_t first = p->count;

    for (size_t i = 0; i < p->count; i++) {
        unsigned leaves = p->columns[i].leaves;
        if (is_part(p, i, part) && leaves > 0 &&
            (first == p->count || leaves < p->columns[first].leaves)) {
            first = i;
        }
    }
    if (first == p->count) {
        return false;
    }
    p->gone[first] = true;
    return true;
}

/* Drop columns until the others fit, cut to their least widths if need be. */
static bool make_fit(struct plan *p, enum part part, size_t room)
{
    while (line_width(p, part, least_width) > room) {
        if (!leave(p, part)) {
            return false;
        }
    }
    return true;
}

/* Give the columns of the part their places.  The widest that can be cut are cut until they fit;
 * when even that is not enough, lines are broken. */
static void place(struct plan *p, enum part part, size_t room)
{
    struct layout_plan *out = p->out;
    size_t first = out->count, total = line_width(p, part, whole_width), used = 0;

    for (size_t i = 0; i < p->count; i++) {
        if (is_part(p, i, part)) {
            out->places[out->count++] = (struct layout_place){ i, whole_width(p, i), false };
        }
    }
    while (total > room) {
        struct layout_place *widest = NULL;
        for (size_t i = first; i < out->count; i++) {
            struct layout_place *at = &out->places[i];
            if (at->width > least_width(p, at->column) &&
                (widest == NULL || at->width > widest->width)) {
                widest = at;
            }
        }
        if (widest == NULL) {
            break;
        }
        widest->width--;
        total--;
    }
    for (size_t i = first; i < out->count; i++) {
        size_t width = out->places[i].width;
        out->places[i].breaks = used == 0 || used + out->gap + width > room;
        used = out->places[i].breaks ? width : used + out->gap + width;
    }
}

/* The column of the second line that moves to the first: the last one that is wide enough, else the
 * last.  The first of the line is moved only when it is the only one. */
static size_t next_to_move(const struct plan *p, size_t excess)
{
    size_t first = 0, last = p->count - 1;

    while (!is_part(p, first, FOLLOWING)) {
        first++;
    }
    while (!is_part(p, last, FOLLOWING)) {
        last--;
    }
    for (size_t i = last; i > first; i--) {
        if (is_part(p, i, FOLLOWING) && least_width(p, i) + p->out->gap >= excess) {
            return i;
        }
    }
    return last;
}

/* Move columns of the second line to the first until the others fit.  None is moved if the first
 * line has no room for them. */
static void move_up(struct plan *p, size_t room)
{
    struct plan before = *p;
    size_t width;

    while ((width = line_width(p, FOLLOWING, least_width)) > room) {
        p->leads[next_to_move(p, width - room)] = true;
    }
    if (!make_fit(p, LEADING, p->window)) {
        *p = before;
    }
}

/* Lay out a record on two lines.  If it is just the gaps that are too wide, they become narrower;
 * if it is a column (a full time, an action), it moves to the first line. */
static void stack(struct plan *p)
{
    struct layout_plan *out = p->out;

    out->indent = GAP;
    if (line_width(p, LEADING, least_width) == 0) {
        place(p, ALL, p->window);
        return;
    }
    if (!make_fit(p, FOLLOWING, p->window - GAP)) {
        out->gap = out->indent = 1;
        if (line_width(p, FOLLOWING, least_width) > p->window - out->indent) {
            move_up(p, p->window - out->indent);
        }
    }
    make_fit(p, LEADING, p->window);
    place(p, LEADING, p->window);
    place(p, FOLLOWING, p->window - out->indent);
}

void layout_plan(const struct layout_column *columns, size_t count, size_t width,
                 struct layout_plan *plan)
{
    struct plan p = { .columns = columns, .count = count, .out = plan };

    p.window = width > GAP ? width : GAP + 1;
    *plan = (struct layout_plan){ .gap = GAP };
    for (size_t i = 0; i < count; i++) {
        p.leads[i] = columns[i].leads;
    }
    if (width == 0) {
        place(&p, ALL, SIZE_MAX);
        return;
    }
    plan->short_ages = line_width(&p, ALL, whole_width) > width;
    if (line_width(&p, ALL, whole_width) <= width ||
        (width >= STACKED_BELOW && make_fit(&p, ALL, width))) {
        place(&p, ALL, width);
        return;
    }
    memset(p.gone, 0, sizeof(p.gone));
    stack(&p);
}

void layout_cut(struct strbuf *out, const char *text, size_t width, const char *ellipsis)
{
    size_t mark = width_of(ellipsis);

    if (width_most(text) <= width) {
        strbuf_puts(out, text);
        return;
    }
    if (mark > width) {
        strbuf_append(out, text, wrap_fitting(text, width));
        return;
    }
    strbuf_append(out, text, wrap_fitting(text, width - mark));
    strbuf_puts(out, ellipsis);
}

void layout_pad(struct strbuf *out, const char *text, size_t width)
{
    strbuf_puts(out, text);
    strbuf_put_blanks(out, width_of(text), width);
}
