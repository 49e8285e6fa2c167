/* message.c - what a service says, for people. */
#include "message.h"

#include <string.h>

static const char *level_icon(const struct render *r, enum message_level level)
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

/* Never wrapped: the address is there to be clicked or copied. */
static void put_link(struct render *r, size_t indent, const struct link *l)
{
    render_indent(r, indent);
    if (strcmp(l->text, l->href) != 0) {
        render_put(r, l->text);
        render_put_raw(r, ": ");
    }
    render_put(r, l->href);
    render_put_raw(r, "\n");
}

void message_put_all(struct render *r, size_t indent, const struct message *messages, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct message *m = &messages[i];
        render_put_wrapped(r, indent, level_icon(r, m->level),
                           m->text != NULL ? m->text : "(a link without words)");
        for (size_t j = 0; j < m->link_count; j++) {
            put_link(r, indent + 2, &m->links[j]);
        }
    }
}
