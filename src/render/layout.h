/* layout.h - text fitted into columns, counted as a terminal shows them. */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "offerstat/strbuf.h"

/* Append text (safe, one line), cut to width columns with an ellipsis where it is longer. */
void layout_cut(struct strbuf *out, const char *text, size_t width, const char *ellipsis);

/* Append text and as many blanks as are missing to width columns. */
void layout_pad(struct strbuf *out, const char *text, size_t width);

/* One line of text at a time: how many bytes of it fit into width columns (0: all), broken at a
 * blank where there is one.  Always at least one character of a text that is not empty. */
size_t layout_line(const char *text, size_t width);

#endif
