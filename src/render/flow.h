/* flow.h - a line of parts, continued on the next line where the window ends. */
#ifndef FLOW_H
#define FLOW_H

#include "document.h"

struct flow {
    struct render *r;
    size_t indent, used; /* columns before further lines; columns used so far */
};

/* Append text, broken at blanks when it is longer than the line. */
void flow_put_text(struct flow *f, const char *text);

/* Append a part of the line in one piece if there is room, after a separator such as ", " unless it
 * begins a line.  color NULL: none. */
void flow_put(struct flow *f, const char *sign, const char *color, const char *text);

#endif
