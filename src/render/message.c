/* message.c - messages of a service, for people. */
#include "message.h"

#include "offerstat/translate.h"
#include "offerstat/width.h"

#include "fields.h"

#include <string.h>

const char *message_icon(const struct render *r, enum message_level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return r->options.ascii ? "x " : "\xE2\x9C\x97 ";
    case LEVEL_WARNING:
        return "! ";
    case LEVEL_INFORMATION:
        break;
    }
    return "i ";
}

/* The address is never wrapped, since it is there to be clicked or copied: it gets a line of its
 * own when it does not fit after its text. */
static void put_link(struct render *r, size_t indent, const struct link *l)
{
    size_t width = indent + width_most(l->text) + 2 + width_most(l->href);

    if (strcmp(l->text, l->href) == 0) {
        render_indent(r, indent);
    } else if (r->options.width == 0 || width <= r->options.width) {
        render_indent(r, indent);
        render_put(r, l->text);
        render_put_raw(r, ": ");
    } else {
        render_put_wrapped(r, indent, "", l->text);
        render_indent(r, indent);
    }
    render_put_link(r, l->href);
    render_put_raw(r, "\n");
}

/* The text, and its time where the service gives one. */
static void put_text(struct render *r, size_t indent, const struct message *m)
{
    struct strbuf *said = &r->safe;

    render_start_over(r, said);
    strbuf_puts(said, m->text != NULL ? m->text : _("(a link without text)"));
    if (m->at != NULL) {
        strbuf_puts(said, " (");
        field_put_moment(said, m->at, &r->options);
        strbuf_puts(said, ")");
    }
    render_put_wrapped(r, indent, message_icon(r, m->level), strbuf_text(said));
}

void message_put_all(struct render *r, size_t indent, const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct message *m = &messages[i];
        put_text(r, indent, m);
        for (size_t j = 0; j < m->link_count; j++) {
            put_link(r, indent + 2, &m->links[j]);
        }
    }
}
