/* flow.h - a line of parts that goes on below its beginning where the window ends. */
#ifndef FLOW_H
#define FLOW_H

#include "document.h"

struct flow {
    struct render *r;
    size_t indent, used; /* columns before further lines; columns taken so far */
};

/* Append text at once, broken at its blanks where it is longer than the line. */
void flow_put_text(struct flow *f, const char *text);

/* Append a part of the line in one piece where there is room, after a sign such as ", " where it
 * does not begin one.  color NULL: none. */
void flow_put(struct flow *f, const char *sign, const char *color, const char *text);

#endif
