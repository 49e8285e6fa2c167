/* layout.h - cells fitted into columns, and columns into a window.
 *
 * All of it counts the most columns that a terminal may take for a text (width.h), so that no line
 * is longer than the window. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "offerstat/strbuf.h"

#include <stdbool.h>

#define LAYOUT_COLUMNS_MAX 32

/* What is to be known of one column of a table. */
struct layout_column {
    size_t width;       /* of its widest cell, its title among them */
    size_t short_width; /* the same with short ages; of any other column as width */
    size_t least;       /* it may be cut to this width; 0: never */
    unsigned leaves;    /* it leaves a window that is too narrow, the lowest first; 0: never */
    bool leads;         /* belongs on the first line where a record takes several */
};

/* Where a column stands. */
struct layout_place {
    size_t column, width;
    bool breaks; /* the first of its line */
};

struct layout_plan {
    bool short_ages;
    size_t gap, indent; /* between two columns; before the second line and those after it */
    size_t count;
    struct layout_place places[LAYOUT_COLUMNS_MAX];
};

/* How columns stand in a window of that width (0: without an end).  Ages become short before
 * anything is cut; then texts are cut to their least width, and columns leave whole, until a record
 * fits on one line.  In a window below 60 columns, and where even what never leaves does not fit, a
 * record takes two lines.  Only a single cell that is longer than the window passes its end. */
void layout_plan(const struct layout_column *columns, size_t count, size_t width,
                 struct layout_plan *plan);

/* Append text (safe, one line), cut to width columns with an ellipsis where it is longer. */
void layout_cut(struct strbuf *out, const char *text, size_t width, const char *ellipsis);

/* Append text and as many blanks as are missing to width columns, as width_of counts them. */
void layout_pad(struct strbuf *out, const char *text, size_t width);

#endif
