/* har_write.c - entries from disk as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/). */
#include "offerstat/har.h"

#include "har/har_body.h"
#include "har/har_class.h"
#include "har/har_priv.h"
#include "har/har_times.h"
#include "har/har_url.h"
#include "har/har_url_parts.h"
#include "offerstat/text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define TEXT_MAX ((size_t)8 * 1024 * 1024)
#define PIECE_MAX ((size_t)64 * 1024 * 1024)

/* One entry on its way out. */
struct writer {
    struct har *har;
    FILE *out;
    struct har_context context;
    struct har_head head;
    struct strbuf url, request_lines, answer_lines, reason, version, why;
    off_t pieces; /* where they are listed */
    struct strbuf line;
    struct strbuf body; /* filtered once more, where names are replaced */
};

/* The word for how a request failed, which a replay reads. */
static const char *word_of(enum transport_result result)
{
    switch (result) {
    case TRANSPORT_OK:
        return NULL;
    case TRANSPORT_CONNECT:
        return "connect";
    case TRANSPORT_TLS:
        return "tls";
    case TRANSPORT_PROXY:
        return "proxy";
    case TRANSPORT_TIMEOUT:
        return "timeout";
    case TRANSPORT_CUT:
        return "cut";
    case TRANSPORT_HEADERS:
        return "headers";
    case TRANSPORT_STOPPED:
        return "stopped";
    case TRANSPORT_MEMORY:
    case TRANSPORT_OTHER:
        break;
    }
    return "other";
}

static void put_string(struct writer *w, const char *text)
{
    har_put_string(&w->line, text, strlen(text));
}

/* The value of a header that is replaced as what it is. */
static void replace_header(struct writer *w, const char *name, size_t len, struct strbuf *value)
{
    static const struct {
        const char *name;
        enum har_class class;
    } rows[] = {
        { "location", HAR_LINK },
        { "request-id", HAR_REQUEST },
        { "client-request-id", HAR_REQUEST },
        { "x-ms-correlation-request-id", HAR_REQUEST },
        { "x-ms-publisherid", HAR_SELLER },
    };

    for (size_t i = 0; w->har->names && i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (strlen(rows[i].name) == len && strncasecmp(rows[i].name, name, len) == 0) {
            har_on_replace(&w->context, rows[i].class, value);
        }
    }
}

/* One header of lines; returns where the next one is. */
static const char *put_header(struct writer *w, const char *p, bool first)
{
    size_t len = strcspn(p, "\n"), name = strcspn(p, ":");
    size_t value = name < len ? name + 1 : len;
    struct strbuf text = STRBUF_INIT(TEXT_MAX);

    while (value < len && p[value] == ' ') {
        value++;
    }
    strbuf_append(&text, p + value, len - value);
    replace_header(w, p, name, &text);
    strbuf_puts(&w->line, first ? "{\"name\": " : ", {\"name\": ");
    har_put_string(&w->line, p, name);
    strbuf_puts(&w->line, ", \"value\": ");
    har_put_string(&w->line, strbuf_text(&text), text.len);
    strbuf_puts(&w->line, "}");
    strbuf_drop(&w->line, &text);
    return p + len + (p[len] == '\n');
}

static void put_headers(struct writer *w, const struct strbuf *lines)
{
    bool first = true;

    strbuf_puts(&w->line, "\"headers\": [");
    for (const char *p = strbuf_text(lines); *p != '\0';) {
        p = put_header(w, p, first);
        first = false;
    }
    strbuf_puts(&w->line, "]");
}

/* The value of a header in lines; "" where it is missing. */
static void find_header(const struct strbuf *lines, const char *name, struct strbuf *out)
{
    size_t len = strlen(name);

    for (const char *p = strbuf_text(lines); *p != '\0';) {
        size_t end = strcspn(p, "\n");
        if (end > len && strncasecmp(p, name, len) == 0 && p[len] == ':') {
            size_t value = len + 1;
            while (value < end && p[value] == ' ') {
                value++;
            }
            strbuf_reset(out);
            strbuf_append(out, p + value, end - value);
        }
        p += end;
        p += *p == '\n';
    }
}

static void put_decoded(struct writer *w, const char *part, size_t len)
{
    struct strbuf text = STRBUF_INIT(TEXT_MAX);

    har_url_decode(part, len, &text);
    har_put_string(&w->line, strbuf_text(&text), text.len);
    strbuf_drop(&w->line, &text);
}

static void put_query(struct writer *w)
{
    const char *query = strchr(strbuf_text(&w->url), '?');
    bool first = true;

    strbuf_puts(&w->line, "\"queryString\": [");
    for (const char *p = query; p != NULL && *p != '\0';) {
        size_t len = strcspn(p + 1, "&"), name = strcspn(p + 1, "=&");
        strbuf_puts(&w->line, first ? "{\"name\": " : ", {\"name\": ");
        put_decoded(w, p + 1, name);
        strbuf_puts(&w->line, ", \"value\": ");
        if (name < len) {
            put_decoded(w, p + 2 + name, len - name - 1);
        } else {
            put_string(w, "");
        }
        strbuf_puts(&w->line, "}");
        p += 1 + len;
        first = false;
    }
    strbuf_puts(&w->line, "]");
}

static void put_request(struct writer *w)
{
    strbuf_printf(&w->line,
                  "\"request\": {\"method\": \"%s\", \"url\": ", w->head.is_form ? "POST" : "GET");
    put_string(w, strbuf_text(&w->url));
    strbuf_puts(&w->line, ", \"httpVersion\": ");
    put_string(w, strbuf_text(&w->version));
    strbuf_puts(&w->line, ", \"cookies\": [], ");
    put_headers(w, &w->request_lines);
    strbuf_puts(&w->line, ", ");
    put_query(w);
    if (w->head.is_form) {
        strbuf_puts(&w->line, ", \"postData\": {\"mimeType\": "
                              "\"application/x-www-form-urlencoded\", \"text\": "
                              "\"" HAR_REMOVED_TEXT "\"}");
    }
    strbuf_printf(&w->line, ", \"headersSize\": %" PRId64 ", \"bodySize\": %d},\n  ",
                  w->head.request_head_bytes, w->head.is_form ? -1 : 0);
}

static int flush_line(struct writer *w, struct error *err)
{
    if (w->line.failed) {
        return error_memory(err);
    }
    if (fwrite(strbuf_text(&w->line), 1, w->line.len, w->out) != w->line.len) {
        return error_set(err, ERR_OUTPUT, "cannot write the recording: %s", strerror(errno));
    }
    har_forget(&w->line);
    return 0;
}

static int no_spill(struct error *err)
{
    return error_set(err, ERR_OUTPUT, "cannot read what was recorded: %s", strerror(errno));
}

static int put_body_part(struct writer *w, struct har_body *filter, const char *data, size_t len,
                         struct error *err)
{
    if (w->har->names) {
        har_body_feed(filter, data, len);
        if (w->body.failed) {
            return error_memory(err);
        }
        data = strbuf_text(&w->body);
        len = w->body.len;
    }
    har_put_escaped(&w->line, data, len);
    har_forget(&w->body);
    return flush_line(w, err);
}

static int put_piece(struct writer *w, struct har_body *filter, struct har_piece piece,
                     struct error *err)
{
    char data[16384];

    while (piece.len > 0) {
        size_t len = piece.len < sizeof(data) ? piece.len : sizeof(data);
        if (!har_spill_get(w->har, piece.at, data, len)) {
            return no_spill(err);
        }
        if (put_body_part(w, filter, data, len, err) != 0) {
            return -1;
        }
        piece.at += (off_t)len;
        piece.len -= len;
    }
    return 0;
}

/* The body between quotes. */
static int put_body(struct writer *w, struct error *err)
{
    struct har_body filter = { .text = har_on_replace,
                               .user = &w->context,
                               .out = &w->body,
                               .is_problem = har_is_problem(w->head.status) };
    int rc = 0;

    strbuf_puts(&w->line, "\"");
    if (w->head.body_bytes > 0 && (w->head.is_signin || !w->head.is_json)) {
        strbuf_puts(&w->line,
                    w->head.is_markup ? "<!-- " HAR_REMOVED_TEXT " -->" : HAR_REMOVED_TEXT);
    }
    for (size_t i = 0; rc == 0 && i < w->head.piece_count; i++) {
        struct har_piece piece;
        if (!har_spill_get(w->har, w->pieces + (off_t)(i * sizeof(piece)), &piece, sizeof(piece))) {
            rc = no_spill(err);
        } else {
            rc = put_piece(w, &filter, piece, err);
        }
    }
    if (rc == 0 && w->har->names && w->head.is_json && har_ends_whole(w->head.result)) {
        har_body_finish(&filter);
        har_put_escaped(&w->line, strbuf_text(&w->body), w->body.len);
        har_forget(&w->body);
    }
    har_body_clear(&filter);
    strbuf_puts(&w->line, "\"}");
    return rc;
}

static int put_response(struct writer *w, struct error *err)
{
    const struct har_head *head = &w->head;
    struct strbuf value = STRBUF_INIT(TEXT_MAX);

    strbuf_printf(&w->line, "\"response\": {\"status\": %ld, \"statusText\": ", head->status);
    put_string(w, strbuf_text(&w->reason));
    strbuf_puts(&w->line, ", \"httpVersion\": ");
    put_string(w, strbuf_text(&w->version));
    strbuf_puts(&w->line, ", \"cookies\": [], ");
    put_headers(w, &w->answer_lines);
    find_header(&w->answer_lines, "location", &value);
    if (w->har->names && value.len > 0) {
        har_url_replace(w->har->table, &value);
    }
    strbuf_puts(&w->line, ", \"redirectURL\": ");
    har_put_string(&w->line, strbuf_text(&value), value.len);
    strbuf_printf(&w->line, ", \"headersSize\": %" PRId64 ", \"bodySize\": %" PRId64,
                  head->answer_head_bytes, head->answer_body_bytes);
    if (word_of(head->result) != NULL) {
        strbuf_printf(&w->line, ", \"_error\": \"%s\", \"comment\": ", word_of(head->result));
        put_string(w, strbuf_text(&w->why));
    }
    strbuf_reset(&value);
    find_header(&w->answer_lines, "content-type", &value);
    strbuf_printf(&w->line, ",\n    \"content\": {\"size\": %zu, \"mimeType\": ", head->body_bytes);
    har_put_string(&w->line, strbuf_text(&value), value.len);
    strbuf_puts(&w->line, ", \"text\": ");
    strbuf_drop(&w->line, &value);
    if (put_body(w, err) != 0) {
        return -1;
    }
    strbuf_puts(&w->line, "},\n  ");
    return 0;
}

/* The next text of an entry. */
static int read_text(const struct har *har, off_t *at, size_t len, struct strbuf *to,
                     struct error *err)
{
    char *place;

    strbuf_reset(to);
    place = strbuf_extend(to, len);
    if (place == NULL) {
        return error_memory(err);
    }
    if (!har_spill_get(har, *at, place, len)) {
        return no_spill(err);
    }
    *at += (off_t)len;
    return 0;
}

static int read_entry(struct writer *w, off_t at, struct error *err)
{
    struct har_head *head = &w->head;

    if (!har_spill_get(w->har, at, head, sizeof(*head))) {
        return no_spill(err);
    }
    at += (off_t)sizeof(*head);
    if (read_text(w->har, &at, head->url, &w->url, err) != 0 ||
        read_text(w->har, &at, head->request_lines, &w->request_lines, err) != 0 ||
        read_text(w->har, &at, head->answer_lines, &w->answer_lines, err) != 0 ||
        read_text(w->har, &at, head->reason, &w->reason, err) != 0 ||
        read_text(w->har, &at, head->version, &w->version, err) != 0 ||
        read_text(w->har, &at, head->why, &w->why, err) != 0) {
        return -1;
    }
    w->pieces = at;
    if (w->har->names) {
        har_url_replace(w->har->table, &w->url);
        har_names_replace(w->har->table, &w->reason);
        har_names_replace(w->har->table, &w->why);
    }
    return 0;
}

static int put_entry(struct writer *w, off_t at, struct error *err)
{
    if (read_entry(w, at, err) != 0) {
        return -1;
    }
    har_times_put_start(&w->line, w->head.began_ms, &w->head.times);
    put_request(w);
    if (put_response(w, err) != 0) {
        return -1;
    }
    har_times_put(&w->line, &w->head.times);
    strbuf_puts(&w->line, "}");
    return flush_line(w, err);
}

static int compare_index(const void *a, const void *b)
{
    const struct har_index *x = a, *y = b;

    if (x->began_ms != y->began_ms) {
        return x->began_ms < y->began_ms ? -1 : 1;
    }
    return x->serial < y->serial ? -1 : 1;
}

static int put_document(struct writer *w, const char *program_version, struct error *err)
{
    struct har *har = w->har;

    strbuf_printf(&w->line,
                  "{\"log\": {\"version\": \"1.2\", \"creator\": {\"name\": \"offerstat\", "
                  "\"version\": \"%s\"},\n"
                  "\"comment\": \"What offerstat does not read was removed.%s\",\n\"entries\": [",
                  program_version, har->names ? " Names and ids were replaced by stand-ins." : "");
    for (size_t i = 0; i < har->count; i++) {
        strbuf_puts(&w->line, i == 0 ? "\n" : ",\n");
        if (put_entry(w, har->index[i].at, err) != 0) {
            return -1;
        }
    }
    strbuf_puts(&w->line, "\n]}}\n");
    return flush_line(w, err);
}

int har_write(struct har *har, const char *program_version, FILE *out, struct error *err)
{
    struct writer w = { .har = har,
                        .out = out,
                        .context = { .names = har->table },
                        .url = STRBUF_INIT(TEXT_MAX),
                        .request_lines = STRBUF_INIT(TEXT_MAX),
                        .answer_lines = STRBUF_INIT(TEXT_MAX),
                        .reason = STRBUF_INIT(TEXT_MAX),
                        .version = STRBUF_INIT(TEXT_MAX),
                        .why = STRBUF_INIT(TEXT_MAX),
                        .line = STRBUF_INIT(PIECE_MAX),
                        .body = STRBUF_INIT(PIECE_MAX) };
    int rc = 0;

    if (har->no_memory) {
        return error_memory(err);
    }
    if (har->disk_error != 0) {
        return error_set(err, ERR_OUTPUT, "cannot keep what was recorded: %s",
                         strerror(har->disk_error));
    }
    if (har->names) {
        har_names_sort_numbers(har->table);
    }
    if (har->count > 0) {
        qsort(har->index, har->count, sizeof(*har->index), compare_index);
    }
    rc = put_document(&w, program_version, err);
    if (rc == 0) {
        rc = har_names_check(har->table, err);
    }
    strbuf_clear(&w.url);
    strbuf_clear(&w.request_lines);
    strbuf_clear(&w.answer_lines);
    strbuf_clear(&w.reason);
    strbuf_clear(&w.version);
    strbuf_clear(&w.why);
    strbuf_clear(&w.line);
    strbuf_clear(&w.body);
    return rc;
}
