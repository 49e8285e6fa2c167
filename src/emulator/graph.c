/* graph.c - the routes of the product ingestion API, /rp/product-ingestion. */
#include "graph.h"

#include "clock.h"
#include "json.h"
#include "page.h"
#include "product.h"
#include "story.h"

#include "offerstat/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SCHEMA "https://schema.mp.microsoft.com/schema/"
#define PAGE_SIZE 100
#define TOKEN_PREFIX "{\"page\":\""
#define TOKEN_SUFFIX "\"}"

/* A member of "graph" of the scenario, which is about the API as a whole. */
static const cJSON *graph_setting(const cJSON *scenario, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(scenario, "graph"),
                                            name);
}

/* A member of "graph" of the offer, which replaces what would be derived. */
static const cJSON *graph_override(const struct product *p, const char *member)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(p->offer, "graph"),
                                            member);
}

static cJSON *graph_product(const struct product *p)
{
    cJSON *document = cJSON_CreateObject();
    const char *name = json_text(p->offer, "name");
    char id[64];

    snprintf(id, sizeof(id), "product/%s", p->guid);
    cJSON_AddStringToObject(document, "$schema", SCHEMA "product/2022-03-01-preview3");
    cJSON_AddStringToObject(document, "id", id);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(document, "identity"), "externalId", p->id);
    cJSON_AddStringToObject(document, "type", product_type(p));
    cJSON_AddStringToObject(document, "alias", name != NULL ? name : p->id);
    json_add_text(document, "lifecycleState", p->offer, "lifecycle");
    return json_overlay(document, graph_override(p, "product"));
}

/* Add an entry to the list of submissions.  The draft has no status, result and time; for it result
 * is NULL. */
static void graph_add_submission(cJSON *list, const struct product *p, const char *id,
                                 const char *target, const char *result, int64_t created_ms)
{
    cJSON *item = cJSON_CreateObject();
    bool running = result != NULL && strcmp(result, "pending") == 0;
    char text[128];

    cJSON_AddStringToObject(item, "$schema", SCHEMA "submission/2022-03-01-preview2");
    snprintf(text, sizeof(text), "submission/%s/%s", p->guid, id);
    cJSON_AddStringToObject(item, "id", text);
    snprintf(text, sizeof(text), "product/%s", p->guid);
    cJSON_AddStringToObject(item, "product", text);
    cJSON_AddStringToObject(cJSON_AddObjectToObject(item, "target"), "targetType", target);
    if (result != NULL) {
        cJSON_AddStringToObject(item, "status", running ? "running" : "completed");
        cJSON_AddStringToObject(item, "result", result);
        clock_write(created_ms, 7, "Z", text);
        cJSON_AddStringToObject(item, "created", text);
    }
    cJSON_AddItemToArray(list, item);
}

/* The newest submission, where it is not live. */
static void graph_add_newest(cJSON *list, const struct product *p, const struct story *s)
{
    const char *failed_in = s->signed_off ? "live" : "preview";

    switch (s->phase) {
    case PHASE_NONE:
    case PHASE_CANCELED: /* this API does not show it */
        break;
    case PHASE_CHECKING:
    case PHASE_SUBMITTED:
        graph_add_submission(list, p, s->id, "preview", "pending", s->begun_ms);
        break;
    case PHASE_STOPPED:
    case PHASE_FAILED:
    case PHASE_NOT_LIVE:
    case PHASE_NOT_CERTIFIED:
        graph_add_submission(list, p, s->id, failed_in, "failed", s->begun_ms);
        break;
    case PHASE_READY:
        graph_add_submission(list, p, s->id, "preview", "succeeded", s->begun_ms);
        break;
    case PHASE_GOING_LIVE:
        graph_add_submission(list, p, s->id, "live", "pending", s->begun_ms);
        break;
    }
}

/* The service promises no order.  A different one for each product shows a client that relies on
 * one. */
static void graph_shuffle(cJSON *list, uint64_t hash)
{
    int count = cJSON_GetArraySize(list);

    for (int i = count - 1; i > 0; i--) {
        cJSON *item = cJSON_DetachItemFromArray(list, (int)(hash % (unsigned)(i + 1)));
        hash /= (unsigned)(i + 1);
        cJSON_AddItemToArray(list, item);
    }
}

static cJSON *graph_submissions(const struct product *p)
{
    struct story s = story_of(p);
    cJSON *list;

    if (graph_override(p, "submissions") != NULL) {
        return cJSON_Duplicate(graph_override(p, "submissions"), true);
    }
    list = cJSON_CreateArray();
    graph_add_submission(list, p, "0", "draft", NULL, 0);
    if (s.live || s.delisted) {
        graph_add_submission(list, p, s.live_id, "live", "succeeded", s.live_ms);
        if (s.delisted) {
            cJSON_AddStringToObject(cJSON_GetArrayItem(list, 1), "lifecycleState", "deprecated");
        }
    }
    if (s.live && (s.phase == PHASE_NONE || s.phase == PHASE_CANCELED)) {
        graph_add_submission(list, p, s.live_id, "preview", "succeeded", s.live_ms);
    }
    graph_add_newest(list, p, &s);
    graph_shuffle(list, hash_text(p->guid));
    return list;
}

/* The link to a page of the list that is asked for: the request again, with another token.  Unlike
 * the ingestion API this one gives absolute links. */
static void graph_write_link(const struct request *request, unsigned long page,
                             char out[PAGE_LINK_MAX])
{
    struct strbuf link = STRBUF_INIT(PAGE_LINK_MAX - 1);
    const cJSON *query;
    char token[512];

    page_token_write(TOKEN_PREFIX, page, TOKEN_SUFFIX, token, sizeof(token));
    strbuf_printf(&link, "http://%s", request->host != NULL ? request->host : "127.0.0.1");
    for (size_t i = 0; i < request->part_count; i++) {
        strbuf_puts(&link, "/");
        strbuf_put_segment(&link, request->parts[i]);
    }
    strbuf_puts(&link, "?");
    cJSON_ArrayForEach(query, request->query)
    {
        if (strcasecmp(query->string, "$skipToken") != 0 &&
            strcasecmp(query->string, "continuationToken") != 0) {
            strbuf_printf(&link, "%s=", query->string);
            strbuf_put_segment(&link, query->valuestring);
            strbuf_puts(&link, "&");
        }
    }
    strbuf_puts(&link, "$skipToken=");
    strbuf_put_segment(&link, token);
    snprintf(out, PAGE_LINK_MAX, "%s", strbuf_text(&link));
    strbuf_clear(&link);
}

/* The client may ask for smaller pages than the service's, not for larger ones. */
static size_t graph_page_size(const cJSON *scenario, const struct request *request)
{
    const cJSON *set = graph_setting(scenario, "pageSize");
    const char *asked = request_query(request, "$maxpagesize");
    size_t size = PAGE_SIZE;
    long most = asked != NULL ? strtol(asked, NULL, 10) : 0;

    if (set != NULL && set->valuedouble >= 1) {
        size = (size_t)set->valuedouble;
    }
    if (most > 0 && (size_t)most < size) {
        size = (size_t)most;
    }
    return size;
}

/* Answer with the page of the list that the request asks for.  Frees the list. */
static void graph_answer_page(const cJSON *scenario, const struct request *request, cJSON *list,
                              struct reply *reply)
{
    bool tokens = cJSON_IsTrue(graph_setting(scenario, "continuationToken"));
    const char *token = request_query(request, tokens ? "continuationToken" : "$skipToken");
    size_t size = graph_page_size(scenario, request), total = (size_t)cJSON_GetArraySize(list);
    cJSON *document, *value;
    unsigned long page = 0;

    if (token != NULL && *token != '\0' && !page_token_read(token, TOKEN_PREFIX, &page)) {
        cJSON_Delete(list);
        reply_error(reply, 400, "BadRequest", "The continuation token is not valid");
        return;
    }
    document = cJSON_CreateObject();
    value = cJSON_AddArrayToObject(document, "value");
    for (size_t i = page * size; i < total && i < (page + 1) * size; i++) {
        cJSON *item = cJSON_DetachItemFromArray(list, (int)(page * size));
        cJSON_AddItemToArray(value, item);
    }
    if (tokens) {
        page_token_write(TOKEN_PREFIX, page, TOKEN_SUFFIX, reply->page.same_page, PAGE_LINK_MAX);
        page_token_write(TOKEN_PREFIX, page + 1, TOKEN_SUFFIX, reply->page.next_page,
                         PAGE_LINK_MAX);
    } else {
        graph_write_link(request, page, reply->page.same_page);
        graph_write_link(request, page + 1, reply->page.next_page);
    }
    reply->page.member = tokens ? "continuationToken" : "@nextLink";
    if ((page + 1) * size < total) {
        cJSON_AddStringToObject(document, reply->page.member, reply->page.next_page);
    }
    cJSON_Delete(list);
    reply_item(reply, 200, document);
}

static void graph_answer_products(const cJSON *scenario, const struct request *request,
                                  struct reply *reply)
{
    const char *type = request_query(request, "type"), *id = request_query(request, "externalId");
    struct product p = { .api = API_GRAPH }, *products;
    cJSON *list;
    size_t count;

    while (id != NULL && product_next(&p, scenario)) {
        if (strcasecmp(p.id, id) == 0 &&
            json_text_is(p.offer, "type", "microsoft-azure-applications")) {
            reply_error(reply, 400, "BadRequest", "Type AzureApplication is not supported");
            return;
        }
    }
    list = cJSON_CreateArray();
    products = product_list(scenario, API_GRAPH, &count);
    for (size_t i = 0; i < count; i++) {
        if ((type == NULL || strcasecmp(product_type(&products[i]), type) == 0) &&
            (id == NULL || strcasecmp(products[i].id, id) == 0)) {
            cJSON_AddItemToArray(list, graph_product(&products[i]));
        }
    }
    free(products);
    graph_answer_page(scenario, request, list, reply);
}

/* If false, the reply says why there is none. */
static bool graph_find_product(const cJSON *scenario, const char *guid, struct product *p,
                               struct reply *reply)
{
    bool found = product_find(p, scenario, guid);

    if (found && json_text_is(p->offer, "type", "microsoft-azure-applications")) {
        reply_error(reply, 400, "BadRequest", "Type AzureApplication is not supported");
    } else if (!found || product_type(p) == NULL) {
        reply_error(reply, 404, "ResourceNotFound", "The product was not found");
    } else {
        return true;
    }
    return false;
}

static void graph_answer_submissions(const cJSON *scenario, const struct request *request,
                                     const struct product *p, struct reply *reply)
{
    const char *target = request_query(request, "targetType");
    cJSON *list = graph_submissions(p), *kept, *item, *next;

    if (!cJSON_IsArray(list)) { /* the scenario has something else in its place */
        kept = cJSON_CreateObject();
        cJSON_AddItemToObject(kept, "value", list);
        reply_item(reply, 200, kept);
        return;
    }
    kept = cJSON_CreateArray();
    for (item = list->child; item != NULL; item = next) {
        next = item->next;
        if (target == NULL ||
            json_text_is(cJSON_GetObjectItemCaseSensitive(item, "target"), "targetType", target)) {
            cJSON_AddItemToArray(kept, cJSON_DetachItemViaPointer(list, item));
        }
    }
    cJSON_Delete(list);
    graph_answer_page(scenario, request, kept, reply);
}

static void graph_answer_submission(const struct product *p, const char *id, struct reply *reply)
{
    cJSON *list = graph_submissions(p), *item;
    char whole[256];

    snprintf(whole, sizeof(whole), "submission/%s/%s", p->guid, id);
    reply_error(reply, 404, "ResourceNotFound", "The submission was not found");
    cJSON_ArrayForEach(item, list)
    {
        if (json_text_is(item, "id", whole)) {
            reply_item(reply, 200, cJSON_Duplicate(item, true));
            break;
        }
    }
    cJSON_Delete(list);
}

static void graph_answer_job(const cJSON *scenario, const char *id, struct reply *reply)
{
    static const struct {
        const char *name, *in_scenario;
    } members[] = {
        { .name = "jobId", .in_scenario = "id" },
        { .name = "jobStatus", .in_scenario = "status" },
        { .name = "jobResult", .in_scenario = "result" },
        { .name = "jobStart", .in_scenario = "start" },
        { .name = "jobEnd", .in_scenario = "end" },
    };
    const cJSON *job, *errors;
    cJSON *document;

    reply_error(reply, 404, "ResourceNotFound", "The job was not found");
    cJSON_ArrayForEach(job, cJSON_GetObjectItemCaseSensitive(scenario, "jobs"))
    {
        if (!json_text_is(job, "id", id)) {
            continue;
        }
        document = cJSON_CreateObject();
        cJSON_AddStringToObject(document, "$schema", SCHEMA "configure-status/2022-03-01-preview2");
        for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
            json_add_text(document, members[i].name, job, members[i].in_scenario);
        }
        if (json_text(job, "end") == NULL) { /* how the service says "not yet" */
            cJSON_AddStringToObject(document, "jobEnd", "0001-01-01T00:00:00");
        }
        errors = cJSON_GetObjectItemCaseSensitive(job, "errors");
        cJSON_AddItemToObject(document, "errors",
                              errors != NULL ? cJSON_Duplicate(errors, true) : cJSON_CreateArray());
        reply_item(reply, 200, document);
        return;
    }
}

/* Whether a request may be answered; if false, the reply says why.  The documentation has required
 * $version since 2022; the service answers without it. */
static bool graph_request_is_good(const struct request *request, const struct signin *signin,
                                  struct reply *reply)
{
    const char *bearer = request_bearer(request);

    if (bearer == NULL || !signin_accepts(signin, bearer, API_GRAPH)) {
        reply_error(reply, 401, "Unauthorized", "Access token is empty, expired or not valid.");
    } else if (strcmp(request->method, "GET") != 0) {
        reply_error(reply, 405, "MethodNotAllowed", "The emulator answers GET only");
    } else {
        return true;
    }
    return false;
}

void graph_answer(const cJSON *scenario, const struct request *request, const struct signin *signin,
                  struct reply *reply)
{
    struct product p = { .api = API_GRAPH };
    const char *const *parts = request->parts;
    const char *what = request->part_count >= 3 ? parts[2] : "";

    reply->api = API_GRAPH;
    reply_error(reply, 404, "NotFound", "No such route"); /* unless one below knows better */
    if (!graph_request_is_good(request, signin, reply)) {
        return;
    }
    if (strcmp(what, "product") == 0 && request->part_count <= 4) {
        reply->route = "graph-product";
        if (request->part_count == 3) {
            graph_answer_products(scenario, request, reply);
        } else if (graph_find_product(scenario, parts[3], &p, reply)) {
            reply_item(reply, 200, graph_product(&p));
        }
    } else if (strcmp(what, "submission") == 0 &&
               (request->part_count == 4 || request->part_count == 5)) {
        reply->route = "graph-submission";
        if (graph_find_product(scenario, parts[3], &p, reply)) {
            if (request->part_count == 4) {
                graph_answer_submissions(scenario, request, &p, reply);
            } else {
                graph_answer_submission(&p, parts[4], reply);
            }
        }
    } else if (strcmp(what, "configure") == 0 && request->part_count == 5 &&
               strcmp(parts[4], "status") == 0) {
        reply->route = "graph-configure";
        graph_answer_job(scenario, parts[3], reply);
    }
}
