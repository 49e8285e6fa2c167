/* json_indent.h - JSON on lines of its own, for a person. */
#ifndef CLI_JSON_INDENT_H
#define CLI_JSON_INDENT_H

#include "offerstat/strbuf.h"

#include <stddef.h>

/* Append the document with a member or an element a line; blanks between its tokens are replaced,
 * nothing else.  Text that does not begin as an object or an array is appended as it is. */
void json_indent(struct strbuf *out, const char *text, size_t len);

#endif
