/* ingestion.c - the routes of the Partner Center ingestion API, /v1.0/ingestion. */
#include "ingestion.h"

#include "filter.h"
#include "ingestion_body.h"
#include "json.h"
#include "page.h"
#include "product.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAGE_SIZE 50
#define TOKEN_PREFIX "{\"LastId\":\"[{\\\"token\\\":null,\\\"range\\\":{\\\"min\\\":\\\"05C1C9"
#define TOKEN_SUFFIX "\\\",\\\"max\\\":\\\"FF\\\"}}]\",\"Source\":\"DocDB\"}"

/* Since 2026-04-22 the service has answered the list without a filter with this 400. */
#define PRODUCT_TYPES                                                                              \
    "ICH50400 - Unable to complete request. {\"faultCode\":50400,"                                 \
    "\"reasonPhrase\":\"Request validation failed.\","                                             \
    "\"correlationId\":\"70d9822c-6a89-4995-a802-472b7376e74b\","                                  \
    "\"operationId\":\"87f621fe67996ec44b04b9d92bc20543\",\"data\":{"                              \
    "\"ProductTypeFilter[0]\":[\"The field is invalid (value 'Application').\"],"                  \
    "\"ProductTypeFilter[1]\":[\"The field is invalid (value 'Bundle').\"]}}"
/* And for a week of June 2026 requests without a seller id with this one. */
#define NO_SELLER                                                                                  \
    "Microsoft.Ingestion.Shared.WebApi.Client.ErrorHandler.RestClientException: Product request "  \
    "failed, API=GetProduct, HttpStatusCode=BadRequest, ResponseContent={\"errors\":{"             \
    "\"x-ms-publisherId\":[\"PublisherId is a required header, and must be a positive number.\"]"  \
    "},\"type\":\"https://tools.ietf.org/html/rfc9110#section-15.5.1\",\"title\":\"One or more "   \
    "validation errors occurred.\",\"status\":400,"                                                \
    "\"traceId\":\"00-ac04f8220cb3c4df9fd5b8294063156a-2e72917000afa057-00\"}"

/* A member of "ingestion" of the scenario, which is about the API as a whole. */
static const cJSON *ingestion_setting(const cJSON *scenario, const char *name)
{
    return cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItemCaseSensitive(scenario, "ingestion"),
                                            name);
}

/* The sizes of pages: those of the scenario in their order, of which the last one is repeated. */
struct pages {
    const cJSON *sizes; /* NULL where the scenario gives none */
    size_t size;        /* of each page, in that case */
};

static size_t ingestion_page_size(const struct pages *pages, unsigned long page)
{
    int count = cJSON_GetArraySize(pages->sizes);

    if (count == 0) {
        return pages->size;
    }
    if (page >= (unsigned long)count) {
        page = (unsigned long)count - 1;
    }
    return (size_t)cJSON_GetArrayItem(pages->sizes, (int)page)->valuedouble;
}

/* The index of the first element of a page; total for a page after the last. */
static size_t ingestion_page_start(const struct pages *pages, unsigned long page, size_t total)
{
    size_t start = 0;

    for (unsigned long i = 0; i < page && start < total; i++) {
        size_t size = ingestion_page_size(pages, i);
        if (size == 0 && i >= (unsigned long)cJSON_GetArraySize(pages->sizes)) {
            return start; /* all pages from here on are empty */
        }
        start += size;
    }
    return start < total ? start : total;
}

/* "v1.0/ingestion/products?$skipToken=...": as the service has it, relative to the host and without
 * a leading slash. */
static void ingestion_write_link(const struct request *request, unsigned long page,
                                 char out[PAGE_LINK_MAX])
{
    struct strbuf link = STRBUF_INIT(PAGE_LINK_MAX - 1);
    const char *filter = request_query(request, "$filter");
    char token[512];

    for (size_t i = 0; i < request->part_count; i++) {
        strbuf_puts(&link, i > 0 ? "/" : "");
        strbuf_put_segment(&link, request->parts[i]);
    }
    page_token_write(TOKEN_PREFIX, page, TOKEN_SUFFIX, token, sizeof(token));
    strbuf_puts(&link, "?");
    if (filter != NULL) {
        strbuf_puts(&link, "$filter=");
        strbuf_put_segment(&link, filter);
        strbuf_puts(&link, "&");
    }
    strbuf_printf(&link, "$skipToken=%s", token);
    snprintf(out, PAGE_LINK_MAX, "%s", strbuf_text(&link));
    strbuf_clear(&link);
}

/* The number of the page that is asked for; false where the reply says that the token is wrong. */
static bool ingestion_read_page(const struct request *request, struct reply *reply,
                                unsigned long *page)
{
    const char *token = request_query(request, "$skipToken");

    *page = 0;
    if (token != NULL && *token != '\0' && !page_token_read(token, TOKEN_PREFIX, page)) {
        reply_error(reply, 400, "BadRequest", "The skip token is not valid.");
        return false;
    }
    return true;
}

/* Answer with the page that is asked for, of a list of `total` items; item() makes the i-th one.
 * The service sends nextLink before value, so that a client that reads an answer as it arrives has
 * the link first. */
static void ingestion_answer_page(const cJSON *scenario, const struct request *request,
                                  const struct pages *pages, size_t total, struct reply *reply,
                                  cJSON *(*item)(const void *from, size_t i), const void *from)
{
    bool end_is_404 = cJSON_IsTrue(ingestion_setting(scenario, "endIs404")), more;
    cJSON *document, *list;
    unsigned long page;
    size_t start, end;

    if (!ingestion_read_page(request, reply, &page)) {
        return;
    }
    start = ingestion_page_start(pages, page, total);
    end = start + ingestion_page_size(pages, page);
    more = end < total;
    end = more ? end : total;
    if (page > 0 && end_is_404 && start == total) {
        reply_error(reply, 404, "NotFound", "");
        return;
    }
    document = cJSON_CreateObject();
    ingestion_write_link(request, page, reply->page.same_page);
    ingestion_write_link(request, page + 1, reply->page.next_page);
    reply->page.member = "nextLink";
    if (more || (end_is_404 && start < total)) {
        cJSON_AddStringToObject(document, "nextLink", reply->page.next_page);
    }
    list = cJSON_AddArrayToObject(document, "value");
    for (size_t i = start; i < end; i++) {
        cJSON_AddItemToArray(list, item(from, i));
    }
    reply_item(reply, 200, document);
}

static cJSON *ingestion_nth_product(const void *from, size_t i)
{
    return ingestion_product((const struct product *)from + i);
}

static cJSON *ingestion_nth_item(const void *from, size_t i)
{
    return cJSON_Duplicate(cJSON_GetArrayItem(from, (int)i), true);
}

static void ingestion_answer_products(const cJSON *scenario, const struct request *request,
                                      struct reply *reply)
{
    const char *text = request_query(request, "$filter");
    struct pages pages = { .sizes = ingestion_setting(scenario, "pageSizes"), .size = PAGE_SIZE };
    struct product *products;
    struct filter filter = { 0 };
    size_t count, kept = 0;

    if (text == NULL && cJSON_IsFalse(ingestion_setting(scenario, "plainList"))) {
        reply_item(reply, 400, cJSON_CreateString(PRODUCT_TYPES));
        return;
    }
    if (text != NULL && !filter_parse(text, &filter)) {
        reply_error(reply, 400, "BadRequest", "The filter is not valid.");
        return;
    }
    products = product_list(scenario, API_INGESTION, &count);
    for (size_t i = 0; i < count; i++) {
        if (filter_matches(&filter, product_type(&products[i]), products[i].id)) {
            products[kept++] = products[i];
        }
    }
    ingestion_answer_page(scenario, request, &pages, kept, reply, ingestion_nth_product, products);
    free(products);
}

static void ingestion_answer_list(cJSON *list, struct reply *reply)
{
    cJSON *document = cJSON_CreateObject();

    cJSON_AddItemToObject(document, "value", list);
    reply_item(reply, 200, document);
}

static void ingestion_answer_submissions(const cJSON *scenario, const struct request *request,
                                         const struct product *product, struct reply *reply)
{
    const cJSON *size = ingestion_setting(scenario, "submissionPageSize");
    cJSON *list = ingestion_submissions(product);
    size_t total = (size_t)cJSON_GetArraySize(list);
    struct pages pages = { .size = total + 1 }; /* all on one page */

    if (size != NULL && size->valuedouble >= 1) {
        pages.size = (size_t)size->valuedouble;
    }
    if (!cJSON_IsArray(list)) { /* the scenario has something else in its place */
        ingestion_answer_list(list, reply);
        return;
    }
    ingestion_answer_page(scenario, request, &pages, total, reply, ingestion_nth_item, list);
    cJSON_Delete(list);
}

/* Below one submission: /submissions/{sid}[/workflowdetails | /validations]. */
static void ingestion_answer_submission(const struct request *request,
                                        const struct product *product, struct reply *reply)
{
    cJSON *list = ingestion_submissions(product), *found = NULL, *item;
    const char *id = request->parts[5];

    reply_error(reply, 404, "NotFound", "");
    cJSON_ArrayForEach(item, list)
    {
        if (json_text_is(item, "id", id)) {
            found = item;
        }
    }
    if (found == NULL) {
        reply->route = "ingestion-submissions";
    } else if (request->part_count == 6) {
        reply->route = "ingestion-submissions";
        reply_item(reply, 200, cJSON_Duplicate(found, true));
    } else if (strcmp(request->parts[6], "workflowdetails") == 0) {
        reply->route = "ingestion-workflow";
        ingestion_answer_list(ingestion_workflow(product, id), reply);
    } else if (strcmp(request->parts[6], "validations") == 0) {
        reply->route = "ingestion-validations";
        ingestion_answer_list(ingestion_validations(product, id), reply);
    }
    cJSON_Delete(list);
}

/* Whether a request may be answered; if false, the reply says why. */
static bool ingestion_request_is_good(const cJSON *scenario, const struct request *request,
                                      const struct signin *signin, struct reply *reply)
{
    const char *bearer = request_bearer(request), *seller = request->seller_id;
    char *end = NULL;

    if (strcmp(request->method, "GET") != 0) {
        reply_error(reply, 405, "MethodNotAllowed", "The emulator answers GET only");
    } else if (bearer == NULL || !signin_accepts(signin, bearer, API_INGESTION)) {
        reply_error(reply, 401, "Unauthorized",
                    "Unauthorized. Access token is missing or invalid.");
    } else if (cJSON_IsTrue(ingestion_setting(scenario, "requireSellerId")) &&
               (seller == NULL || strtoll(seller, &end, 10) <= 0 || *end != '\0')) {
        reply_item(reply, 400, cJSON_CreateString(NO_SELLER));
    } else {
        return true;
    }
    return false;
}

void ingestion_answer(const cJSON *scenario, const struct request *request,
                      const struct signin *signin, struct reply *reply)
{
    struct product product = { .api = API_INGESTION };
    const char *const *parts = request->parts;
    size_t count = request->part_count;

    reply->api = API_INGESTION;
    reply_error(reply, 404, "NotFound", ""); /* unless one below knows better */
    if (count < 3 || strcmp(parts[2], "products") != 0 ||
        !ingestion_request_is_good(scenario, request, signin, reply)) {
        return; /* the reply says why not */
    }
    reply->route = "ingestion-products";
    if (count == 3) {
        ingestion_answer_products(scenario, request, reply);
    } else if (!product_find(&product, scenario, parts[3])) {
        return;
    } else if (count == 4) {
        reply_item(reply, 200, ingestion_product(&product));
    } else if (strcmp(parts[4], "submissions") == 0 && count == 5) {
        reply->route = "ingestion-submissions";
        ingestion_answer_submissions(scenario, request, &product, reply);
    } else if (strcmp(parts[4], "submissions") == 0) {
        ingestion_answer_submission(request, &product, reply);
    }
}
