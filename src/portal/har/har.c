/* har.c - keeps what a transport sends and receives, filtered, until it is written. */
#include "offerstat/har.h"

#include "har/har_body.h"
#include "har/har_class.h"
#include "har/har_priv.h"
#include "har/har_url.h"
#include "offerstat/redact.h"
#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define LINE_MAX_KEPT ((size_t)16 * 1024)
#define LINES_MAX ((size_t)256 * 1024)
#define URL_MAX ((size_t)1024 * 1024)
#define PIECE_SIZE ((size_t)64 * 1024) /* of a body that waits in memory, about */
#define OFFER_ID "abcdefghijklmnopqrstuvwxyz0123456789-_." /* what an id may have */
#define OFFER_MIN 2
#define PIECE_MAX ((size_t)64 * 1024 * 1024)

/* A request under way. */
struct har_entry {
    struct har_channel *channel;
    struct har_context context;
    struct har_head head;
    struct strbuf url, request_lines, answer_lines, reason;
    struct har_body body;
    struct strbuf text; /* of the body, filtered */
    struct har_piece *pieces;
    bool no_memory;
};

static bool starts_with(const char *line, size_t len, const char *start)
{
    return len >= strlen(start) && strncasecmp(line, start, strlen(start)) == 0;
}

/* Headers that say something of the service, and nothing of who asks. */
static bool is_kept(const char *line, size_t len)
{
    static const char *const kept[] = {
        "accept:",     "content-type:",      "content-length:",   "content-encoding:",
        "date:",       "transfer-encoding:", "retry-after:",      "location:",
        "request-id:", "client-request-id:", "x-ms-publisherid:", "x-ms-correlation-request-id:",
    };

    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        if (starts_with(line, len, kept[i])) {
            return true;
        }
    }
    return false;
}

/* Append "Name: value" and a line end, without what must not be shown. */
static void put_line(struct har_entry *e, struct strbuf *lines, const char *line, size_t len)
{
    static const char location[] = "location:";
    struct strbuf kept = STRBUF_SECRET(LINE_MAX_KEPT);

    while (len > 0 && strchr("\r\n", line[len - 1]) != NULL) {
        len--;
    }
    if (!is_kept(line, len) || memchr(line, '\0', len) != NULL) {
        return;
    }
    if (starts_with(line, len, location)) {
        struct strbuf url = STRBUF_SECRET(LINE_MAX_KEPT);
        size_t value = sizeof(location) - 1;
        while (value < len && line[value] == ' ') {
            value++;
        }
        strbuf_append(&url, line + value, len - value);
        strbuf_append(&kept, line, value);
        har_url_put(e->channel->har->table, strbuf_text(&url), &kept);
        strbuf_clear(&url);
    } else {
        strbuf_append(&kept, line, len);
    }
    strbuf_puts(&kept, "\n");
    if (!kept.failed) { /* one that is too long is left out */
        redact_known(kept.data);
        strbuf_append(lines, kept.data, kept.len);
    }
    strbuf_clear(&kept);
}

static void put_request_lines(struct har_entry *e, const struct transport_request *request)
{
    static const char accept[] = "Accept: application/json",
                      form[] = "Content-Type: application/x-www-form-urlencoded";

    put_line(e, &e->request_lines, accept, sizeof(accept) - 1);
    if (request->form != NULL) {
        put_line(e, &e->request_lines, form, sizeof(form) - 1);
    }
    for (const char *p = request->header; p != NULL && *p != '\0';) {
        size_t len = strcspn(p, "\n");
        put_line(e, &e->request_lines, p, len);
        p += len;
        p += *p == '\n';
    }
}

/* What the id of a record names, by the address that was asked. */
static enum har_kind kind_of_id(const char *url)
{
    if (har_url_ends_with(url, "publishers")) {
        return HAR_KIND_PUBLISHER;
    }
    if (strstr(url, "/offers") != NULL && !har_url_ends_with(url, "submissions")) {
        return HAR_KIND_OFFER;
    }
    return HAR_KIND_ID;
}

static void entry_free(struct har_entry *e)
{
    strbuf_clear(&e->url);
    strbuf_clear(&e->request_lines);
    strbuf_clear(&e->answer_lines);
    strbuf_clear(&e->reason);
    strbuf_clear(&e->text);
    har_body_clear(&e->body);
    free(e->pieces);
    free(e);
}

static void *har_on_begin(void *user, const struct transport_request *request)
{
    struct har_channel *channel = user;
    struct har *har = channel->har;
    struct har_entry *e = calloc(1, sizeof(*e));

    if (e == NULL) {
        har->no_memory = true;
        return NULL;
    }
    e->channel = channel;
    e->head.is_form = request->form != NULL;
    e->head.is_signin = channel->is_signin;
    e->url = (struct strbuf)STRBUF_SECRET(URL_MAX);
    e->request_lines = (struct strbuf)STRBUF_INIT(LINES_MAX);
    e->answer_lines = (struct strbuf)STRBUF_INIT(LINES_MAX);
    e->reason = (struct strbuf)STRBUF_INIT(LINE_MAX_KEPT);
    e->text = (struct strbuf)STRBUF_INIT(PIECE_MAX);
    e->context = (struct har_context){ .names = har->table,
                                       .learn = har->names,
                                       .kind = kind_of_id(request->url) };
    e->body = (struct har_body){ .text = har_on_record, .user = &e->context, .out = &e->text };
    har_url_put(har->table, request->url, &e->url);
    put_request_lines(e, request);
    if (e->url.data != NULL) {
        redact_known(e->url.data);
        if (har->names) {
            har_url_learn(har->table, e->url.data);
            har_names_learn_numbers(har->table, e->url.data);
        }
    }
    return e;
}

/* The three digits of a status at p. */
static long status_at(const char *p, const char *end)
{
    long status = 0;

    for (int i = 0; i < 3 && p + i < end && p[i] >= '0' && p[i] <= '9'; i++) {
        status = status * 10 + (p[i] - '0');
    }
    return status;
}

/* "HTTP/1.1 200 OK" */
static void read_status_line(struct har_entry *e, const char *line, size_t len)
{
    const char *blank = memchr(line, ' ', len);
    const char *reason =
        blank != NULL ? memchr(blank + 1, ' ', len - (size_t)(blank + 1 - line)) : NULL;

    e->body.is_problem = blank != NULL && har_is_problem(status_at(blank + 1, line + len));
    strbuf_reset(&e->answer_lines); /* an interim answer's */
    strbuf_reset(&e->reason);
    if (reason != NULL) {
        size_t left = len - (size_t)(reason + 1 - line);
        while (left > 0 && strchr("\r\n", reason[left]) != NULL) {
            left--;
        }
        strbuf_append(&e->reason, reason + 1, left);
        if (e->reason.data != NULL) {
            redact_known(e->reason.data);
        }
    }
}

static void har_on_line(void *entry, const char *line, size_t len)
{
    struct har_entry *e = entry;

    if (starts_with(line, len, "HTTP/")) {
        read_status_line(e, line, len);
    } else {
        put_line(e, &e->answer_lines, line, len);
    }
}

static void put_piece(struct har_entry *e)
{
    struct har_piece *grown;

    if (e->text.len == 0) {
        return;
    }
    grown = realloc(e->pieces, (e->head.piece_count + 1) * sizeof(*grown));
    if (grown == NULL) {
        e->no_memory = true;
        return;
    }
    e->pieces = grown;
    e->pieces[e->head.piece_count++] =
        (struct har_piece){ .at = har_spill_put(e->channel->har, e->text.data, e->text.len),
                            .len = e->text.len };
    har_forget(&e->text);
}

static void har_on_body(void *entry, const char *data, size_t len)
{
    struct har_entry *e = entry;

    e->head.body_bytes += len;
    if (e->channel->is_signin) {
        return;
    }
    har_body_feed(&e->body, data, len);
    if (e->text.len >= PIECE_SIZE) {
        put_piece(e);
    }
}

static void add_index(struct har *har, int64_t began_ms, off_t at)
{
    struct har_index *grown = har->index;

    if ((har->count & (har->count - 1)) == 0) { /* full: 0, 1, 2, 4, ... entries */
        size_t room = har->count == 0 ? 1 : har->count * 2;
        grown = realloc(har->index, room * sizeof(*grown));
    }
    if (grown == NULL) {
        har->no_memory = true;
        return;
    }
    har->index = grown;
    har->index[har->count] =
        (struct har_index){ .began_ms = began_ms, .serial = har->count, .at = at };
    har->count++;
}

/* The end of a request goes to disk as a whole. */
static void put_entry(struct har_entry *e, const struct transport_sent *sent)
{
    struct har *har = e->channel->har;
    struct har_head *head = &e->head;
    const char *why = sent->result != TRANSPORT_OK && sent->why != NULL ? sent->why->text : "";
    struct strbuf safe_why = STRBUF_SECRET(LINE_MAX_KEPT);
    off_t at = har->end;

    strbuf_puts(&safe_why, why);
    if (safe_why.data != NULL) {
        redact_text(safe_why.data);
    }
    head->url = e->url.len;
    head->request_lines = e->request_lines.len;
    head->answer_lines = e->answer_lines.len;
    head->reason = e->reason.len;
    head->version = strlen(sent->http_version);
    head->why = safe_why.len;
    har_spill_put(har, head, sizeof(*head));
    har_spill_put(har, strbuf_text(&e->url), head->url);
    har_spill_put(har, strbuf_text(&e->request_lines), head->request_lines);
    har_spill_put(har, strbuf_text(&e->answer_lines), head->answer_lines);
    har_spill_put(har, strbuf_text(&e->reason), head->reason);
    har_spill_put(har, sent->http_version, head->version);
    har_spill_put(har, strbuf_text(&safe_why), head->why);
    if (head->piece_count > 0) {
        har_spill_put(har, e->pieces, head->piece_count * sizeof(*e->pieces));
    }
    add_index(har, sent->began_ms, at);
    strbuf_clear(&safe_why);
}

static void har_on_end(void *entry, const struct transport_sent *sent)
{
    struct har_entry *e = entry;
    struct har_head *head = &e->head;

    if (har_ends_whole(sent->result)) {
        har_body_finish(&e->body);
    }
    put_piece(e);
    head->is_json = e->body.begun && !e->body.opaque;
    head->is_markup = e->body.markup;
    head->began_ms = sent->began_ms;
    head->times = sent->times;
    head->result = sent->result;
    head->status = sent->status;
    head->request_head_bytes = sent->request_head_bytes;
    head->answer_head_bytes = sent->answer_head_bytes;
    head->answer_body_bytes = sent->answer_body_bytes;
    put_entry(e, sent);
    if (e->no_memory || e->url.failed || e->request_lines.failed || e->answer_lines.failed ||
        e->text.failed) {
        e->channel->har->no_memory = true;
    }
    entry_free(e);
}

int har_open(const struct har_options *options, struct har **out, struct error *err)
{
    struct har *har = calloc(1, sizeof(*har));

    if (har == NULL) {
        return error_memory(err);
    }
    har->names = options->names;
    har->spill = -1;
    if (har_names_open(&har->table, err) != 0 || har_spill_open(har, options->beside, err) != 0) {
        har_close(har);
        return -1;
    }
    for (int i = 0; i < 2; i++) {
        har->channels[i] = (struct har_channel){ .har = har, .is_signin = i == 1 };
        har->recorders[i] = (struct transport_recorder){ .begin = har_on_begin,
                                                         .line = har_on_line,
                                                         .body = har_on_body,
                                                         .end = har_on_end,
                                                         .user = &har->channels[i] };
    }
    *out = har;
    return 0;
}

void har_name_offer(struct har *har, const char *id)
{
    size_t len = strlen(id);

    if (har->names && len >= OFFER_MIN && strspn(id, OFFER_ID) == len && !digits_are(id) &&
        !har_is_guid(id, len)) {
        har_names_learn(har->table, HAR_KIND_OFFER, id, len);
    }
}

const struct transport_recorder *har_recorder(const struct har *har)
{
    return &har->recorders[0];
}

const struct transport_recorder *har_signin_recorder(const struct har *har)
{
    return &har->recorders[1];
}

void har_close(struct har *har)
{
    if (har != NULL) {
        har_names_close(har->table);
        if (har->spill >= 0) {
            close(har->spill);
        }
        free(har->index);
        free(har);
    }
}
