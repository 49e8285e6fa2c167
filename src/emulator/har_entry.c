/* har_entry.c - reads one entry of a recording.  Members that it has no use for may be anything:
 * browsers add their own. */
#include "har_entry.h"

#include "har_key.h"
#include "json.h"
#include "offerstat/text.h"
#include "offerstat/timestamp.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SCHEME "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."

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

    if (headers != NULL && !cJSON_IsNull(headers) && !cJSON_IsArray(headers)) {
        return refuse(r, "response.headers", "expected a list");
    }
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

/* 0, or -1 where this is no base64 or memory ran out. */
static int decode_base64(struct har_entry *e, const char *text)
{
    EVP_ENCODE_CTX *context = EVP_ENCODE_CTX_new();
    size_t len = strlen(text);
    unsigned char *bytes = NULL;
    int made = 0, rest = 0, rc = -1;

    e->decoded = malloc(len + 1);
    if (context != NULL && e->decoded != NULL) {
        bytes = (unsigned char *)e->decoded;
        EVP_DecodeInit(context);
        if (EVP_DecodeUpdate(context, bytes, &made, (const unsigned char *)text, (int)len) >= 0 &&
            EVP_DecodeFinal(context, bytes + made, &rest) == 1) {
            e->body = e->decoded;
            e->body_len = (size_t)made + (size_t)rest;
            rc = 0;
        }
    }
    EVP_ENCODE_CTX_free(context);
    return rc;
}

static int read_body(const struct reading *r, struct har_entry *e, const cJSON *response)
{
    const cJSON *content = member(response, "content");
    const cJSON *text = member(content, "text"), *encoding = member(content, "encoding");

    if (content != NULL && !cJSON_IsNull(content) && !cJSON_IsObject(content)) {
        return refuse(r, "response.content", "expected an object");
    }
    if (text == NULL) {
        return 0; /* a browser leaves an empty body out */
    }
    if (!cJSON_IsString(text)) {
        return refuse(r, "response.content.text", "expected a text");
    }
    if (encoding == NULL || cJSON_IsNull(encoding) ||
        (cJSON_IsString(encoding) && encoding->valuestring[0] == '\0')) {
        e->body = text->valuestring;
        e->body_len = strlen(e->body);
    } else if (!json_text_is(content, "encoding", "base64")) {
        return refuse(r, "response.content.encoding", "expected base64");
    } else if (decode_base64(e, text->valuestring) != 0) {
        return refuse(r, "response.content.text", "this is not base64");
    }
    if (e->content_type == NULL) {
        e->content_type = json_text(content, "mimeType");
    }
    return 0;
}

/* No answer, or one that broke off: the connection closes. */
static enum ending ending_of(const cJSON *response, unsigned status)
{
    if (status == 0) {
        return END_RESET;
    }
    return json_text(response, "_error") != NULL ? END_BROKEN : END_WHOLE;
}

/* offerstat ends an answer that is too large, of which the recording may have a small part: a text
 * that did not end is left out.  Blanks in its place make it too large again. */
static void note_filling(struct har_entry *e, const cJSON *response)
{
    const cJSON *size = member(member(response, "content"), "size");

    if (json_text_is(response, "_error", "stopped") && e->body_len > 0 && cJSON_IsNumber(size) &&
        size->valuedouble > 0 && size->valuedouble <= (double)REPLY_BODY_MAX) {
        e->filled_to = (size_t)size->valuedouble;
    }
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
    if (read_body(r, e, response) != 0) {
        return -1;
    }
    note_filling(e, response);
    return 0;
}

/* Requests. */

/* A client that did not list the publishers was given the one that it reads. */
static int note_publisher(struct har *har, const char *below)
{
    size_t len;

    below += strspn(below, "/");
    len = strcspn(below, "/");
    if (len == 0) { /* a list that was asked for later was about a publisher that is not there */
        har->lists_publishers = har->lists_publishers || har->publisher == NULL;
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
    if (rc == 0) {
        rc = har_origins_add(&r->har->origins, url, (size_t)(mark - url), r->err);
    }
    return rc;
}

/* Requests without an answer in HTTP: what a browser made itself ("data:", "blob:"), "wss:" ... */
static bool has_other_scheme(const cJSON *request)
{
    const char *url = json_text(request, "url");
    size_t len = url != NULL ? strspn(url, SCHEME) : 0;

    return len > 0 && url[len] == ':' && strncasecmp(url, "http:", 5) != 0 &&
           strncasecmp(url, "https:", 6) != 0;
}

int har_entry_read(struct har *har, int index, const cJSON *entry, struct error *err)
{
    const struct reading reading = { .har = har, .index = index, .err = err }, *r = &reading;
    struct har_entry *e = &har->entries[har->count];
    const char *began = json_text(entry, "startedDateTime");
    char ignored[TIMESTAMP_MAX];

    if (!cJSON_IsObject(entry)) {
        return refuse(r, "", "expected an object");
    }
    if (has_other_scheme(member(entry, "request"))) {
        return 0;
    }
    *e = (struct har_entry){ .body = "", .serial = har->count };
    har->count++;
    if (began == NULL || timestamp_read(began, &e->began_ms, ignored) != TIMESTAMP_OK) {
        return refuse(r, "startedDateTime", "expected a time");
    }
    if (read_request(r, e, entry) != 0) {
        return -1;
    }
    return read_response(r, e, entry);
}
