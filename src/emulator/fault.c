/* fault.c - answers spoiled on purpose, by name.
 *
 * An answer is made first and spoiled afterwards, so that faults do not depend on routes: they
 * change a body, a status or the links of a page, whatever they are about. */
#include "fault.h"

#include "api.h"

#include <stdlib.h>
#include <string.h>

struct fault_kind {
    const char *name, *help;
    void (*spoil)(const struct fault_kind *kind, struct reply *reply);
    unsigned status;         /* only for fault_spoil_status, as the next one */
    const char *retry_after; /* NULL: no such header */
};

static void fault_spoil_status(const struct fault_kind *kind, struct reply *reply)
{
    static const struct {
        unsigned status;
        const char *code;
    } codes[] = {
        { 400, "BadRequest" },     { 401, "Unauthorized" },   { 403, "Forbidden" },
        { 404, "NotFound" },       { 408, "RequestTimeout" }, { 429, "TooManyRequests" },
        { 500, "InternalError" },  { 502, "BadGateway" },     { 503, "ServiceUnavailable" },
        { 504, "GatewayTimeout" },
    };
    const char *code = "Fault";

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (codes[i].status == kind->status) {
            code = codes[i].code;
        }
    }
    reply_error(reply, kind->status, code, "The emulator was asked for this fault");
    reply->retry_after = kind->retry_after;
}

static void fault_spoil_body(struct reply *reply, unsigned status, const char *type,
                             const char *body)
{
    strbuf_reset(&reply->body);
    strbuf_puts(&reply->body, body);
    reply->status = status;
    reply->content_type = type;
}

static void fault_spoil_html(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_spoil_body(reply, 200, "text/html; charset=utf-8",
                     "<!DOCTYPE html><html><head><title>Sign in</title></head>"
                     "<body><h1>Sign in to your account</h1></body></html>");
}

static void fault_spoil_empty(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    strbuf_reset(&reply->body);
    reply->status = 200;
}

static void fault_spoil_truncated(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->body.len /= 2;
}

static void fault_spoil_cut(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_CUT;
}

static void fault_spoil_invalid(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_spoil_body(reply, 200, "application/json; charset=utf-8", "[{\"id\": }]");
}

static void fault_spoil_text(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_spoil_body(reply, 200, "application/json; charset=utf-8", "\"a text\"");
}

/* A number in place of an object; of a list, or of a page of one, in place of the first element. */
static void fault_spoil_type(const struct fault_kind *kind, struct reply *reply)
{
    cJSON *document = cJSON_Parse(strbuf_text(&reply->body));
    cJSON *value = cJSON_GetObjectItemCaseSensitive(document, "value");
    cJSON *list = cJSON_IsArray(document) ? document : value; /* the first API has no pages */

    (void)kind;
    if (cJSON_IsArray(list) && list->child != NULL) {
        cJSON_ReplaceItemInArray(list, 0, cJSON_CreateNumber(42));
    } else {
        cJSON_Delete(document);
        document = cJSON_CreateNumber(42);
    }
    reply_json(reply, 200, cJSON_PrintUnformatted(document));
    cJSON_Delete(document);
}

static void fault_spoil_redirect(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    strbuf_reset(&reply->body);
    reply->status = 302;
    reply->location = "http://127.0.0.1:1/elsewhere";
}

static void fault_spoil_stall(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_STALL;
}

static void fault_spoil_reset(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_RESET;
}

/* Name another next page, also on the last page.  An answer that is no page stays as it is. */
static void fault_set_next_page(struct reply *reply, const char *link)
{
    cJSON *document;

    if (reply->page.member == NULL || reply->status != 200) {
        return;
    }
    document = cJSON_Parse(strbuf_text(&reply->body));
    if (cJSON_IsObject(document)) {
        cJSON_DeleteItemFromObjectCaseSensitive(document, reply->page.member);
        cJSON_AddStringToObject(document, reply->page.member, link);
        reply_json(reply, 200, cJSON_PrintUnformatted(document));
    }
    cJSON_Delete(document);
}

static void fault_spoil_evil_link(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_set_next_page(reply, "http://127.0.0.1:1/evil");
}

static void fault_spoil_same(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_set_next_page(reply, reply->page.same_page);
}

static void fault_spoil_endless(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    fault_set_next_page(reply, reply->page.next_page);
}

/* clang-format off */
static const struct fault_kind kinds[] = {
    { .name = "400", .help = "bad request",
      .spoil = fault_spoil_status, .status = 400 },
    { .name = "401", .help = "token not accepted",
      .spoil = fault_spoil_status, .status = 401 },
    { .name = "403", .help = "forbidden",
      .spoil = fault_spoil_status, .status = 403 },
    { .name = "404", .help = "not found",
      .spoil = fault_spoil_status, .status = 404 },
    { .name = "408", .help = "request timeout",
      .spoil = fault_spoil_status, .status = 408 },
    { .name = "429", .help = "too many requests, Retry-After: 1",
      .spoil = fault_spoil_status, .status = 429, .retry_after = "1" },
    { .name = "429-bare", .help = "too many requests, no Retry-After",
      .spoil = fault_spoil_status, .status = 429 },
    { .name = "500", .help = "server error",
      .spoil = fault_spoil_status, .status = 500 },
    { .name = "502", .help = "bad gateway",
      .spoil = fault_spoil_status, .status = 502 },
    { .name = "503", .help = "unavailable, Retry-After: 1",
      .spoil = fault_spoil_status, .status = 503, .retry_after = "1" },
    { .name = "503-bare", .help = "unavailable, no Retry-After",
      .spoil = fault_spoil_status, .status = 503 },
    { .name = "504", .help = "gateway timeout",
      .spoil = fault_spoil_status, .status = 504 },
    { .name = "html", .help = "200 with a page of HTML",
      .spoil = fault_spoil_html },
    { .name = "empty", .help = "200 without a body",
      .spoil = fault_spoil_empty },
    { .name = "truncated", .help = "half of the document, as if it were whole",
      .spoil = fault_spoil_truncated },
    { .name = "cut", .help = "the connection closes in the middle of the body",
      .spoil = fault_spoil_cut },
    { .name = "invalid", .help = "no valid JSON",
      .spoil = fault_spoil_invalid },
    { .name = "text", .help = "a JSON text where a list or an object belongs",
      .spoil = fault_spoil_text },
    { .name = "wrongtype", .help = "a number for the object, in a list for its first element",
      .spoil = fault_spoil_type },
    { .name = "redirect", .help = "a redirect to another origin",
      .spoil = fault_spoil_redirect },
    { .name = "stall", .help = "half of the body, then silence",
      .spoil = fault_spoil_stall },
    { .name = "reset", .help = "the connection closes without an answer",
      .spoil = fault_spoil_reset },
    { .name = "evil-link", .help = "the next page of a list is at another origin",
      .spoil = fault_spoil_evil_link },
    { .name = "same-page", .help = "the next page of a list is the same page again",
      .spoil = fault_spoil_same },
    { .name = "endless", .help = "after each page of a list there is a further one",
      .spoil = fault_spoil_endless },
};
/* clang-format on */
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

/* The prefixes of a kind: a route of a reply, or the name of an API for all of its routes. */
static const char *const routes[] = {
    "publishers",
    "list",
    "offer",
    "status",
    "slot",
    "submissions",
    "token",
    "device",
    "github",
    "pipelines",
    "identity",
    "cpp",
    "ingestion",
    "ingestion-products",
    "ingestion-submissions",
    "ingestion-workflow",
    "ingestion-validations",
    "graph",
    "graph-product",
    "graph-submission",
    "graph-configure",
};
#define ROUTE_COUNT (sizeof(routes) / sizeof(routes[0]))

static const struct fault_kind *fault_find_kind(const char *name, size_t len)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strlen(kinds[i].name) == len && strncmp(kinds[i].name, name, len) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

int fault_parse(const char *text, struct fault *out, struct error *err)
{
    const char *name = text, *colon = strchr(text, ':');
    char *end = NULL;

    *out = (struct fault){ .left = FAULT_ALWAYS };
    /* The longest route wins: "graph" begins "graph-product", too. */
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        size_t len = strlen(routes[i]);
        if (strncmp(text, routes[i], len) == 0 && text[len] == '-' && len > strlen(out->route)) {
            snprintf(out->route, sizeof(out->route), "%s", routes[i]);
            name = text + len + 1;
        }
    }
    out->kind = fault_find_kind(name, strcspn(name, ":"));
    if (out->kind == NULL) {
        return error_set(err, ERR_USAGE, "no fault \"%s\"; --help names them", text);
    }
    if (colon != NULL) {
        out->left = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || *end != '\0' || out->left < 1) {
            return error_set(err, ERR_USAGE, "fault \"%s\": expected a count after the colon",
                             text);
        }
    }
    return 0;
}

static bool fault_is_for(const struct fault *fault, const struct reply *reply)
{
    return fault->route[0] == '\0' || strcmp(fault->route, reply->route) == 0 ||
           strcmp(fault->route, api_name(reply->api)) == 0;
}

bool fault_apply(struct fault *fault, struct reply *reply)
{
    if (fault->left == 0 || !fault_is_for(fault, reply)) {
        return false;
    }
    if (fault->left != FAULT_ALWAYS) {
        fault->left--;
    }
    reply_own_body(reply);
    fault->kind->spoil(fault->kind, reply);
    return true;
}

void fault_print_kinds(FILE *out)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        fprintf(out, "  %-10s %s\n", kinds[i].name, kinds[i].help);
    }
}
