/* har.c - reads a recording.  Members that it has no use for may be anything: browsers add their
 * own. */
#include "har.h"

#include "har_key.h"
#include "json.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HAR_MAX ((size_t)1024 * 1024 * 1024)
#define NOT_MODIFIED 304 /* from a browser's cache: such an answer has no body */

/* What is wrong, and where. */

struct reading {
    struct har *har;
    int index; /* of the entry */
    struct error *err;
};

static int refuse(const struct reading *r, const char *member, const char *what)
{
    return error_set(r->err, ERR_USAGE, "%s: log.entries[%d]%s%s: %s", r->har->file, r->index,
                     *member != '\0' ? "." : "", member, what);
}

static const cJSON *member(const cJSON *object, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(object, name);
}

/* Headers. */

/* Those that say something of the answer; others belong to a connection or to how it was sent. */
static int read_header(struct har_entry *e, const char *name, const char *value)
{
    static const char *const again[] = { "request-id", "client-request-id",
                                         "x-ms-correlation-request-id", "date" };

    if (strcasecmp(name, "content-type") == 0) {
        e->content_type = value;
    } else if (strcasecmp(name, "retry-after") == 0) {
        e->retry_after = value;
    } else if (strcasecmp(name, "location") == 0) {
        e->location = value;
    }
    for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++) {
        if (strcasecmp(name, again[i]) == 0 &&
            cJSON_AddStringToObject(e->headers, name, value) == NULL) {
            return -1;
        }
    }
    return 0;
}

/* A date is what a Retry-After date counts from; otherwise it is today. */
static void drop_date(struct har_entry *e)
{
    if (e->retry_after == NULL || digits_are(e->retry_after)) {
        cJSON_DeleteItemFromObject(e->headers, "date"); /* in any case */
    }
}

static int read_headers(const struct reading *r, struct har_entry *e, const cJSON *response)
{
    const cJSON *headers = member(response, "headers"), *header;

    e->headers = cJSON_CreateObject();
    if (e->headers == NULL) {
        return error_memory(r->err);
    }
    cJSON_ArrayForEach(header, headers)
    {
        const char *name = json_text(header, "name"), *value = json_text(header, "value");
        if (name == NULL || value == NULL) {
            return refuse(r, "response.headers", "each needs a name and a value");
        }
        if (read_header(e, name, value) != 0) {
            return error_memory(r->err);
        }
    }
    drop_date(e);
    return 0;
}

/* Bodies. */

static int base64_value(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *digit = c != '\0' ? strchr(digits, c) : NULL;

    return digit != NULL ? (int)(digit - digits) : -1;
}

static bool put_base64(struct strbuf *out, const char *text)
{
    unsigned bits = 0, count = 0;

    for (const char *p = text; *p != '\0' && *p != '='; p++) {
        int value = base64_value(*p);
        if (value < 0) {
            return false;
        }
        bits = bits << 6 | (unsigned)value;
        count += 6;
        if (count >= 8) {
            char byte = (char)(bits >> (count - 8) & 0xFF);
            strbuf_append(out, &byte, 1);
            count -= 8;
        }
    }
    return true;
}

static int read_body(const struct reading *r, struct har_entry *e, const cJSON *response)
{
    const cJSON *content = member(response, "content");
    const cJSON *text = member(content, "text"), *encoding = member(content, "encoding");

    if (text == NULL) {
        return 0; /* a browser leaves an empty body out */
    }
    if (!cJSON_IsString(text)) {
        return refuse(r, "response.content.text", "expected a text");
    }
    if (encoding == NULL || cJSON_IsNull(encoding) ||
        (cJSON_IsString(encoding) && encoding->valuestring[0] == '\0')) {
        strbuf_puts(&e->body, text->valuestring);
    } else if (!json_text_is(content, "encoding", "base64")) {
        return refuse(r, "response.content.encoding", "expected base64");
    } else if (!put_base64(&e->body, text->valuestring)) {
        return refuse(r, "response.content.text", "this is not base64");
    }
    if (e->content_type == NULL) {
        e->content_type = json_text(content, "mimeType");
    }
    return e->body.failed ? error_memory(r->err) : 0;
}

/* No answer, or one that broke off: the connection closes. */
static enum ending ending_of(const cJSON *response, unsigned status)
{
    if (status == 0) {
        return END_RESET;
    }
    return json_text(response, "_error") != NULL ? END_BROKEN : END_WHOLE;
}

static int read_response(const struct reading *r, struct har_entry *e, const cJSON *entry)
{
    const cJSON *response = member(entry, "response"), *status = member(response, "status");

    if (!cJSON_IsObject(response)) {
        return refuse(r, "response", "expected an object");
    }
    if (!cJSON_IsNumber(status) || status->valuedouble < 0 || status->valuedouble > 999) {
        return refuse(r, "response.status", "expected the number of a status");
    }
    e->status = (unsigned)status->valuedouble;
    e->ending = ending_of(response, e->status);
    if (read_headers(r, e, response) != 0) {
        return -1;
    }
    return read_body(r, e, response);
}

/* Requests. */

static int add_origin(struct har *har, const char *url, size_t len, struct error *err)
{
    char **grown;

    for (size_t i = 0; i < har->origin_count; i++) {
        if (strlen(har->origins[i]) == len && strncmp(har->origins[i], url, len) == 0) {
            return 0;
        }
    }
    grown = realloc(har->origins, (har->origin_count + 1) * sizeof(*grown));
    if (grown == NULL) {
        return error_memory(err);
    }
    har->origins = grown;
    grown[har->origin_count] = strndup(url, len);
    if (grown[har->origin_count] == NULL) {
        return error_memory(err);
    }
    har->origin_count++;
    return 0;
}

/* A client that did not ask for the publishers was told the one that it reads. */
static int note_publisher(struct har *har, const char *below)
{
    size_t len;

    below += strspn(below, "/");
    len = strcspn(below, "/");
    if (len == 0) {
        har->lists_publishers = true;
    } else if (har->publisher == NULL) {
        har->publisher = strndup(below, len);
        return har->publisher != NULL ? 0 : -1;
    } else if (strlen(har->publisher) != len || strncmp(har->publisher, below, len) != 0) {
        har->has_publishers = true;
    }
    return 0;
}

/* Which API a path belongs to, and what stands before that part of it. */
static int note_api(struct har *har, const char *path, struct error *err)
{
    static const struct {
        const char *part;
        enum api api;
    } rows[] = {
        { "/api/publishers", API_CPP },
        { "/v1.0/ingestion", API_INGESTION },
        { "/rp/product-ingestion", API_GRAPH },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *at = strstr(path, rows[i].part);
        if (at != NULL) {
            har->apis |= 1U << rows[i].api;
            if (rows[i].api == API_CPP && note_publisher(har, at + strlen(rows[i].part)) != 0) {
                return error_memory(err);
            }
            if (har->prefix == NULL) {
                har->prefix = strndup(path, (size_t)(at - path));
            }
            if (har->prefix == NULL) {
                return error_memory(err);
            }
        }
    }
    if (strstr(path, "/oauth2/") != NULL || strcmp(path, "/msi/token") == 0) {
        har->has_signin = true;
    }
    return 0;
}

static int read_request(const struct reading *r, struct har_entry *e, const cJSON *entry)
{
    const cJSON *request = member(entry, "request");
    const char *method = json_text(request, "method"), *url = json_text(request, "url");
    const char *mark = url != NULL ? strstr(url, "://") : NULL;
    size_t path_len;
    char *path;
    cJSON *query;
    int rc;

    if (!cJSON_IsObject(request)) {
        return refuse(r, "request", "expected an object");
    }
    if (method == NULL) {
        return refuse(r, "request.method", "expected a text");
    }
    if (mark == NULL) {
        return refuse(r, "request.url", "expected an address");
    }
    mark += 3;
    mark += strcspn(mark, "/?#");
    path_len = strcspn(mark, "?#");
    path = path_len > 0 ? har_decoded(mark, path_len, false) : strdup("/");
    query = har_query(mark);
    if (path != NULL && query != NULL) {
        e->key = har_key(method, path, query);
    }
    if (path != NULL && e->key != NULL) {
        rc = note_api(r->har, path, r->err);
    } else {
        rc = error_memory(r->err);
    }
    free(path);
    cJSON_Delete(query);
    return rc == 0 ? add_origin(r->har, url, (size_t)(mark - url), r->err) : rc;
}

/* The file. */

static int read_entry(const struct reading *r, const cJSON *entry)
{
    struct har_entry *e = &r->har->entries[r->har->count];
    const char *began = json_text(entry, "startedDateTime");
    char ignored[TIMESTAMP_MAX];

    if (!cJSON_IsObject(entry)) {
        return refuse(r, "", "expected an object");
    }
    *e = (struct har_entry){ .body = STRBUF_INIT(REPLY_BODY_MAX), .serial = r->har->count };
    r->har->count++;
    if (began == NULL || timestamp_read(began, &e->began_ms, ignored) != TIMESTAMP_OK) {
        return refuse(r, "startedDateTime", "expected a time");
    }
    if (read_request(r, e, entry) != 0) {
        return -1;
    }
    return read_response(r, e, entry);
}

static int compare_entries(const void *a, const void *b)
{
    const struct har_entry *x = a, *y = b;

    if (x->began_ms != y->began_ms) {
        return x->began_ms < y->began_ms ? -1 : 1;
    }
    return x->serial < y->serial ? -1 : 1;
}

static int read_document(struct har *har, struct error *err)
{
    const cJSON *log = member(har->document, "log"), *entries = member(log, "entries"), *entry;
    struct reading r = { .har = har, .err = err };

    if (!cJSON_IsObject(log)) {
        return error_set(err, ERR_USAGE, "%s: this is no HAR: it has no log", har->file);
    }
    if (!cJSON_IsArray(entries)) {
        return error_set(err, ERR_USAGE, "%s: log.entries: expected a list", har->file);
    }
    har->entries = calloc((size_t)cJSON_GetArraySize(entries) + 1, sizeof(*har->entries));
    if (har->entries == NULL) {
        return error_memory(err);
    }
    cJSON_ArrayForEach(entry, entries)
    {
        if (read_entry(&r, entry) != 0) {
            return -1;
        }
        r.index++;
    }
    qsort(har->entries, har->count, sizeof(*har->entries), compare_entries);
    return 0;
}

static int read_file(const char *file, struct strbuf *out, struct error *err)
{
    FILE *in = fopen(file, "r");
    char part[65536];
    size_t len;
    int rc = 0;

    if (in == NULL) {
        return error_set(err, ERR_USAGE, "%s: %s", file, strerror(errno));
    }
    while ((len = fread(part, 1, sizeof(part), in)) > 0) {
        strbuf_append(out, part, len);
    }
    if (ferror(in)) {
        rc = error_set(err, ERR_USAGE, "%s: %s", file, strerror(errno));
    } else if (out->failed) {
        rc = error_memory(err);
    }
    fclose(in);
    return rc;
}

/* Whether a bracket or a text is still open at the end. */
static bool is_cut(const char *text, size_t len)
{
    bool in_string = false;
    long depth = 0;

    for (size_t i = 0; i < len; i++) {
        if (in_string) {
            if (text[i] == '\\') {
                i++;
            } else {
                in_string = text[i] != '"';
            }
        } else if (text[i] == '"') {
            in_string = true;
        } else {
            depth += (text[i] == '{' || text[i] == '[');
            depth -= (text[i] == '}' || text[i] == ']');
        }
    }
    return in_string || depth > 0 || len == 0;
}

static int no_json(const char *file, const char *text, size_t len, const char *at,
                   struct error *err)
{
    size_t offset = at != NULL ? (size_t)(at - text) : 0, line = 1;

    for (size_t i = 0; i < offset && i < len; i++) {
        line += text[i] == '\n';
    }
    if (is_cut(text, len)) {
        return error_set(err, ERR_USAGE, "%s: the file ends in the middle, after %zu bytes", file,
                         len);
    }
    return error_set(err, ERR_USAGE, "%s: line %zu: this is not JSON (byte %zu of the file)", file,
                     line, offset + 1);
}

static cJSON *parse(const char *file, const struct strbuf *text, struct error *err)
{
    const char *begin = strbuf_text(text), *end = NULL;
    size_t len = text->len;
    cJSON *document;

    if (len >= 3 && strncmp(begin, "\xEF\xBB\xBF", 3) == 0) {
        begin += 3;
        len -= 3;
    }
    document = cJSON_ParseWithLengthOpts(begin, len, &end, false);
    if (document == NULL) {
        no_json(file, begin, len, end, err);
        return NULL;
    }
    end += strspn(end, " \t\r\n");
    if (end < begin + len) {
        cJSON_Delete(document);
        no_json(file, begin, len, end, err);
        return NULL;
    }
    return document;
}

int har_load(const char *file, struct har **out, struct error *err)
{
    struct har *har = calloc(1, sizeof(*har));
    struct strbuf text = STRBUF_INIT(HAR_MAX);
    int rc = -1;

    if (har == NULL) {
        return error_memory(err);
    }
    har->file = file;
    if (read_file(file, &text, err) == 0) {
        har->document = parse(file, &text, err);
        if (har->document != NULL) {
            rc = read_document(har, err);
        }
    }
    strbuf_clear(&text);
    if (rc != 0) {
        har_free(har);
        return -1;
    }
    *out = har;
    return 0;
}

void har_free(struct har *har)
{
    if (har == NULL) {
        return;
    }
    for (size_t i = 0; i < har->count; i++) {
        free(har->entries[i].key);
        cJSON_Delete(har->entries[i].headers);
        strbuf_clear(&har->entries[i].body);
    }
    for (size_t i = 0; i < har->origin_count; i++) {
        free(har->origins[i]);
    }
    free(har->entries);
    free(har->origins);
    free(har->prefix);
    free(har->publisher);
    cJSON_Delete(har->document);
    free(har);
}
