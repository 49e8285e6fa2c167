/* layout.h - cells fitted into columns, and columns into a window.
 *
 * Widths are the most columns that any terminal takes for a text (width.h), so that no line is
 * longer than the window. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "offerstat/strbuf.h"

#include <stdbool.h>

#define LAYOUT_COLUMNS_MAX 32

/* One column of a table, as input of layout_plan. */
struct layout_column {
    size_t width;       /* of its widest cell or its title */
    size_t short_width; /* the same with short ages; equal to width in other columns */
    size_t least;       /* width to which it may be cut; 0: never cut */
    unsigned leaves;    /* dropped when the window is too narrow, the lowest first; 0: never */
    bool leads;         /* on the first line when a record takes several */
};

/* The place of a column. */
struct layout_place {
    size_t column, width;
    bool breaks; /* the first of its line */
};

struct layout_plan {
    bool short_ages;
    size_t gap, indent; /* blanks between two columns; blanks before the second and further lines */
    size_t count;
    struct layout_place places[LAYOUT_COLUMNS_MAX];
};

/* Lay out columns in a window of that width (0: unlimited).  Ages become short before anything is
 * cut; then texts are cut to their least width, and columns are dropped, until a record fits on one
 * line.  In a window below 60 columns, and when the columns that are never dropped do not fit, a
 * record takes two lines.  Only a cell that is longer than the window by itself exceeds it. */
void layout_plan(const struct layout_column *columns, size_t count, size_t width,
                 struct layout_plan *plan);

/* Append text (safe, one line), cut to width columns with an ellipsis if it is longer. */
void layout_cut(struct strbuf *out, const char *text, size_t width, const char *ellipsis);

/* Append text and as many blanks as are missing to width columns, as width_of counts them. */
void layout_pad(struct strbuf *out, const char *text, size_t width);

#endif
