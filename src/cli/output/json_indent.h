/* json_indent.h - indenting JSON for a person. */
#ifndef OUTPUT_JSON_INDENT_H
#define OUTPUT_JSON_INDENT_H

#include "offerstat/strbuf.h"

#include <stddef.h>

/* Append the document with each member and element on its own line.  Only blanks between tokens
 * change.  Text that does not begin with an object or an array is appended unchanged. */
void json_indent(struct strbuf *out, const char *text, size_t len);

#endif
