/* document.c - the document being written. */
#include "document.h"

#include "offerstat/escape.h"
#include "offerstat/recorded.h"
#include "offerstat/width.h"
#include "offerstat/wrap.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

#define FLUSH_AT ((size_t)64 * 1024)
#define WRAPPED_MAX ((size_t)16 * 1024 * 1024)
#define NARROWEST 20 /* columns of wrapped text at least, however narrow the window */

static int refuse_write(struct error *err)
{
    if (errno == EPIPE) { /* libcurl has the signal ignored while it calls us */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    if (errno == 0) {
        return error_set(err, ERR_OUTPUT, "cannot write the result: an earlier write has failed");
    }
    return error_set(err, ERR_OUTPUT, "cannot write the result: %s", strerror(errno));
}

int render_flush(struct render *r, struct error *err)
{
    FILE *out = r->options.out;
    size_t len = r->text.len;

    if (r->text.failed || r->value.failed || r->safe.failed) {
        return error_memory(err);
    }
    errno = 0;
    if (len > 0 && (fwrite(r->text.data, 1, len, out) != len || ferror(out) != 0)) {
        return refuse_write(err);
    }
    r->written += len;
    strbuf_reset(&r->text);
    return 0;
}

int render_flush_some(struct render *r, struct error *err)
{
    if (r->text.len < FLUSH_AT && !r->text.failed) {
        return 0;
    }
    return render_flush(r, err);
}

int render_flush_all(struct render *r, struct error *err)
{
    if (render_flush(r, err) != 0) {
        return -1;
    }
    if (fflush(r->options.out) != 0) {
        return refuse_write(err);
    }
    return 0;
}

size_t render_length(const struct render *r)
{
    return r->written + r->text.len;
}

void render_take_back(struct render *r, size_t length)
{
    if (!r->text.failed && render_length(r) > length) {
        r->text.len = length - r->written;
        r->text.data[r->text.len] = '\0';
    }
}

void render_start_over(struct render *r, struct strbuf *scratch)
{
    r->text.failed = r->text.failed || scratch->failed;
    strbuf_reset(scratch);
}

void render_put_raw(struct render *r, const char *text)
{
    strbuf_puts(&r->text, text);
}

void render_put(struct render *r, const char *text)
{
    escape_text(&r->text, text, r->options.ci ? ESCAPE_CI : 0);
}

void render_put_colored(struct render *r, const char *color, const char *text)
{
    if (!r->options.color || color == NULL) {
        render_put(r, text);
        return;
    }
    render_put_raw(r, color);
    render_put(r, text);
    render_put_raw(r, "\033[0m");
}

bool render_is_address(const char *href)
{
    size_t len = strlen(href);

    if (strncmp(href, "https://", 8) != 0 && strncmp(href, "http://", 7) != 0) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (href[i] <= 0x20 || href[i] >= 0x7F) {
            return false;
        }
    }
    return true;
}

void render_put_link(struct render *r, const char *href)
{
    bool link = r->options.links && render_is_address(href);

    if (link) {
        render_put_raw(r, "\033]8;;");
        render_put_raw(r, href);
        render_put_raw(r, "\033\\");
    }
    render_put(r, href);
    if (link) {
        render_put_raw(r, "\033]8;;\033\\");
    }
}

void render_indent(struct render *r, size_t columns)
{
    strbuf_put_blanks(&r->text, 0, columns);
}

/* Columns left for a text that begins after `taken` of them; 0: no limit. */
static size_t wrap_width(const struct render *r, size_t taken)
{
    if (r->options.width == 0) {
        return 0;
    }
    if (r->options.width <= taken + NARROWEST) {
        return NARROWEST;
    }
    return r->options.width - taken;
}

/* Each line is made safe again: wrapping may have moved a command of a CI runner to the start of a
 * line. */
void render_put_wrapped(struct render *r, size_t indent, const char *first, const char *text)
{
    render_put_wrapped_colored(r, NULL, indent, first, text);
}

void render_put_wrapped_colored(struct render *r, const char *color, size_t indent,
                                const char *first, const char *text)
{
    size_t taken = indent + width_of(first), width = wrap_width(r, taken);
    struct strbuf safe = STRBUF_INIT(WRAPPED_MAX);
    const char *p;

    escape_text(&safe, text, ESCAPE_LINES);
    render_indent(r, indent);
    render_put_raw(r, first);
    p = strbuf_text(&safe);
    for (;;) {
        size_t len = wrap_line(p, width);
        render_start_over(r, &r->value);
        strbuf_append(&r->value, p, len);
        render_put_colored(r, color, strbuf_text(&r->value));
        render_put_raw(r, "\n");
        p += len;
        if (*p == '\n' || *p == ' ') {
            p++; /* the blanks at which the line was broken */
        }
        if (*p == '\0') {
            break;
        }
        render_indent(r, taken);
    }
    strbuf_drop(&r->text, &safe);
}

bool render_has_offers(const struct render *r)
{
    return r->options.view != VIEW_PUBLISHERS && r->options.view != VIEW_HISTORY &&
           r->options.view != VIEW_STATS && r->options.view != VIEW_CHANGES;
}

size_t render_record_count(const struct render *r, const struct report *report)
{
    if (r->options.view == VIEW_PUBLISHERS) {
        return report->publisher_count;
    }
    if (r->options.view == VIEW_HISTORY) {
        return report->event_count;
    }
    if (r->options.view == VIEW_STATS) {
        return report->duration_count;
    }
    if (r->options.view == VIEW_CHANGES) {
        return report->change_count;
    }
    return report->offers.count;
}

const void *render_record(struct render *r, const struct report *report, size_t i)
{
    if (r->options.view == VIEW_PUBLISHERS) {
        return &report->publishers[i];
    }
    if (r->options.view == VIEW_HISTORY) {
        return &report->events[i];
    }
    if (r->options.view == VIEW_STATS) {
        return &report->durations[i];
    }
    if (r->options.view == VIEW_CHANGES) {
        return &report->changes[i];
    }
    return offer_list_at(&report->offers, i, &r->offer);
}

void render_show_publishers(struct render *r, const struct report *report)
{
    const struct field *publisher = field_find(r->options.view, "publisher");
    size_t id = r->field_count, from = r->field_count;

    if (!report->several_publishers || !render_has_offers(r) || r->options.field_count > 0) {
        return;
    }
    for (size_t i = r->field_count; i-- > 0;) {
        if (strcmp(r->fields[i]->info.key, "id") == 0) {
            id = i;
        } else if (r->fields[i] == publisher) {
            from = i;
        }
    }
    if (id < from && from < FIELD_COUNT_MAX) {
        if (from == r->field_count) {
            r->field_count++;
        }
        for (size_t i = from; i > id; i--) {
            r->fields[i] = r->fields[i - 1];
        }
        r->fields[id] = publisher;
    }
}
