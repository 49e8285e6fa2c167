/* wrap.h - text broken into lines of a terminal, by display width (width.h). */
#ifndef OFFERSTAT_WRAP_H
#define OFFERSTAT_WRAP_H

#include "offerstat/strbuf.h"

#include <stddef.h>

/* Bytes of the longest beginning of text that fits into width columns, in whole clusters. */
size_t wrap_fitting(const char *text, size_t width);

/* One line of text at a time: how many bytes of it fit into width columns (0: all), broken at a
 * blank where there is one.  Always at least one character of a text that is not empty, and an
 * address (https://...) whole, however long it is. */
size_t wrap_line(const char *text, size_t width);

/* Append text (safe, one line) to a line of which `used` columns are taken, wrapped at width
 * columns (0: never); further lines begin with indent blanks.  No line end after the last. */
void wrap_put(struct strbuf *out, const char *text, size_t width, size_t used, size_t indent);

#endif
