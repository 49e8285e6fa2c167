/* flow.c - a line of parts, continued on the next line where the window ends. */
#include "flow.h"

#include "offerstat/escape.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <string.h>

#define FLOWING_MAX ((size_t)1024 * 1024) /* a part of a line that a service sent */

void flow_put_text(struct flow *f, const char *text)
{
    struct render *r = f->r;
    struct strbuf safe = STRBUF_INIT(FLOWING_MAX);
    size_t begins = f->used;
    const char *p;

    escape_text(&safe, text, 0);
    p = strbuf_text(&safe);
    for (;;) {
        size_t room = r->options.width > begins ? r->options.width - begins : 1;
        size_t len = wrap_line(p, r->options.width > 0 ? room : 0);
        render_start_over(r, &r->value);
        strbuf_append(&r->value, p, len);
        render_put(r, strbuf_text(&r->value));
        f->used = begins + width_of(strbuf_text(&r->value));
        p += len;
        if (*p == ' ') {
            p++; /* the blanks at which the line was broken */
        }
        if (*p == '\0') {
            break;
        }
        render_put_raw(r, "\n");
        render_indent(r, f->indent);
        begins = f->indent;
    }
    strbuf_drop(&r->text, &safe);
}

void flow_put(struct flow *f, const char *sign, const char *color, const char *text)
{
    struct render *r = f->r;
    size_t needed = strlen(sign) + width_most(text);

    if (r->options.width > 0 && f->used > f->indent && f->used + needed > r->options.width) {
        render_put_raw(r, "\n");
        render_indent(r, f->indent);
        f->used = f->indent;
    } else {
        render_put_raw(r, sign);
        f->used += strlen(sign);
    }
    if (color != NULL) {
        render_put_colored(r, color, text);
        f->used += width_most(text);
    } else {
        flow_put_text(f, text);
    }
}
