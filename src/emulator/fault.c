/* fault.c - answers gone wrong, by name. */
#include "emulator.h"

#include <stdlib.h>
#include <string.h>

struct fault_kind {
    const char *name, *help;
    void (*spoil)(const struct fault_kind *kind, struct reply *reply);
    unsigned status;
    const char *retry_after;
};

static void spoil_status(const struct fault_kind *kind, struct reply *reply)
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
        code = codes[i].status == kind->status ? codes[i].code : code;
    }
    reply_fault(reply, kind->status, code, "The emulator was asked for this fault");
    reply->retry_after = kind->retry_after;
}

static void spoil_body(struct reply *reply, unsigned status, const char *type, const char *body)
{
    strbuf_reset(&reply->body);
    strbuf_puts(&reply->body, body);
    reply->status = status;
    reply->content_type = type;
}

static void spoil_html(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    spoil_body(reply, 200, "text/html; charset=utf-8",
               "<!DOCTYPE html><html><head><title>Sign in</title></head>"
               "<body><h1>Sign in to your account</h1></body></html>");
}

static void spoil_empty(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    strbuf_reset(&reply->body);
    reply->status = 200;
}

static void spoil_truncated(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->body.len /= 2;
}

static void spoil_cut(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_CUT;
}

static void spoil_invalid(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    spoil_body(reply, 200, "application/json; charset=utf-8", "[{\"id\": }]");
}

static void spoil_text(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    spoil_body(reply, 200, "application/json; charset=utf-8", "\"a text\"");
}

/* A number where an object belongs: in a list or a page of one only its first element. */
static void spoil_type(const struct fault_kind *kind, struct reply *reply)
{
    cJSON *document = cJSON_Parse(strbuf_text(&reply->body));
    cJSON *value = cJSON_GetObjectItemCaseSensitive(document, "value");
    cJSON *list = cJSON_IsArray(document) ? document : value;

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

static void spoil_redirect(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    strbuf_reset(&reply->body);
    reply->status = 302;
    reply->location = "http://127.0.0.1:1/elsewhere";
}

static void spoil_stall(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_STALL;
}

static void spoil_reset(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    reply->ending = END_RESET;
}

/* Another next page, whether there was one or not; what is no page stays as it is. */
static void lead_to(struct reply *reply, const char *link)
{
    cJSON *document = reply->page.member != NULL && reply->status == 200
                          ? cJSON_Parse(strbuf_text(&reply->body))
                          : NULL;

    if (cJSON_IsObject(document)) {
        cJSON_DeleteItemFromObjectCaseSensitive(document, reply->page.member);
        cJSON_AddStringToObject(document, reply->page.member, link);
        reply_json(reply, 200, cJSON_PrintUnformatted(document));
    }
    cJSON_Delete(document);
}

static void spoil_link(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    lead_to(reply, "http://127.0.0.1:1/evil");
}

static void spoil_same(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    lead_to(reply, reply->page.same);
}

static void spoil_endless(const struct fault_kind *kind, struct reply *reply)
{
    (void)kind;
    lead_to(reply, reply->page.further);
}

static const struct fault_kind kinds[] = {
    { "400", "bad request", spoil_status, 400, NULL },
    { "401", "token not accepted", spoil_status, 401, NULL },
    { "403", "forbidden", spoil_status, 403, NULL },
    { "404", "not found", spoil_status, 404, NULL },
    { "408", "request timeout", spoil_status, 408, NULL },
    { "429", "too many requests, Retry-After: 1", spoil_status, 429, "1" },
    { "429-bare", "too many requests, no Retry-After", spoil_status, 429, NULL },
    { "500", "server error", spoil_status, 500, NULL },
    { "502", "bad gateway", spoil_status, 502, NULL },
    { "503", "unavailable, Retry-After: 1", spoil_status, 503, "1" },
    { "503-bare", "unavailable, no Retry-After", spoil_status, 503, NULL },
    { "504", "gateway timeout", spoil_status, 504, NULL },
    { "html", "200 with a page of HTML", spoil_html, 0, NULL },
    { "empty", "200 without a body", spoil_empty, 0, NULL },
    { "truncated", "half of the document, as if it were whole", spoil_truncated, 0, NULL },
    { "cut", "the connection closes in the middle of the body", spoil_cut, 0, NULL },
    { "invalid", "no valid JSON", spoil_invalid, 0, NULL },
    { "text", "a JSON text where a list or an object belongs", spoil_text, 0, NULL },
    { "wrongtype", "a number for the object, in a list for its first element", spoil_type, 0,
      NULL },
    { "redirect", "a redirect to another origin", spoil_redirect, 0, NULL },
    { "stall", "half of the body, then silence", spoil_stall, 0, NULL },
    { "reset", "the connection closes without an answer", spoil_reset, 0, NULL },
    { "evil-link", "the next page of a list is at another origin", spoil_link, 0, NULL },
    { "same-page", "the next page of a list is the same page again", spoil_same, 0, NULL },
    { "endless", "behind each page of a list is a further one", spoil_endless, 0, NULL },
};
#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

static const struct fault_kind *find_kind(const char *name, size_t len)
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
    /* A name that begins like another one comes behind it. */
    static const char *const routes[] = { "publishers",
                                          "list",
                                          "status",
                                          "slot",
                                          "submissions",
                                          "token",
                                          "device",
                                          "github",
                                          "cpp",
                                          "ingestion",
                                          "ingestion-products",
                                          "ingestion-submissions",
                                          "ingestion-workflow",
                                          "ingestion-validations",
                                          "graph",
                                          "graph-product",
                                          "graph-submission",
                                          "graph-configure" };
    const char *name = text, *colon = strchr(text, ':');
    char *end = NULL;

    *out = (struct fault){ .text = text, .left = -1 };
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        size_t len = strlen(routes[i]);
        if (strncmp(text, routes[i], len) == 0 && text[len] == '-') {
            snprintf(out->route, sizeof(out->route), "%s", routes[i]);
            name = text + len + 1;
        }
    }
    out->kind = find_kind(name, colon != NULL ? (size_t)(colon - name) : strlen(name));
    if (out->kind == NULL) {
        return error_set(err, ERR_USAGE, "no fault \"%s\"; --help names them", text);
    }
    if (colon != NULL) {
        out->left = strtol(colon + 1, &end, 10);
        if (end == colon + 1 || *end != '\0' || out->left < 1) {
            return error_set(err, ERR_USAGE, "fault \"%s\": expected a count behind the colon",
                             text);
        }
    }
    return 0;
}

static bool is_meant(const struct fault *fault, const char *route, enum api api)
{
    static const char *const groups[] = {
        [API_CPP] = "cpp", [API_INGESTION] = "ingestion", [API_GRAPH] = "graph", [API_NONE] = ""
    };

    return fault->route[0] == '\0' || strcmp(fault->route, route) == 0 ||
           strcmp(fault->route, groups[api]) == 0;
}

bool fault_apply(struct fault *fault, const char *route, struct reply *reply)
{
    if (fault->left == 0 || !is_meant(fault, route, reply->api)) {
        return false;
    }
    fault->left -= fault->left > 0 ? 1 : 0;
    fault->kind->spoil(fault->kind, reply);
    return true;
}

void fault_print_kinds(FILE *out)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        fprintf(out, "  %-10s %s\n", kinds[i].name, kinds[i].help);
    }
}
