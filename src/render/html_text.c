/* html_text.c - texts, times and links of a page. */
#include "html_text.h"

#include "offerstat/escape.h"
#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

void html_put(struct render *r, const char *text)
{
    escape_markup(&r->text, text);
}

void html_put_time(struct render *r, const char *at)
{
    char exact[TIMESTAMP_MAX];
    int64_t unix_ms;

    if (at == NULL || timestamp_read(at, &unix_ms, exact) != TIMESTAMP_OK) {
        return;
    }
    timestamp_format(unix_ms, exact);
    strbuf_printf(&r->text, "<time datetime=\"%s\">%.10s %.5s</time>", exact, exact, exact + 11);
}

void html_put_link(struct render *r, const char *text, const char *href)
{
    if (!render_is_address(href)) {
        html_put(r, text);
        return;
    }
    render_put_raw(r, "<a rel=\"noopener noreferrer\" href=\"");
    html_put(r, href);
    render_put_raw(r, "\">");
    html_put(r, text);
    render_put_raw(r, "</a>");
}

const char *html_state(enum offer_state state)
{
    return state == STATE_NONE ? _("Nothing under way") : state_label(state);
}
