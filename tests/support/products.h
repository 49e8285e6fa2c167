/* products.h - answers about products of the two newer APIs, for a read_bench. */
#ifndef PRODUCTS_H
#define PRODUCTS_H

#include "read_bench.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define GUID(n) "4b8c7499-1cb3-4cf6-9b5b-0000000000" n
#define PRODUCTS BENCH_INGESTION "/products"
#define VERSION "$version=2022-07-01"
#define PAGE "&$maxpagesize=200"
#define GRAPH_LIST BENCH_GRAPH "/product?" VERSION PAGE
#define VALUE(elements) "{\"value\":[" elements "]}"
/* Products of ingestion and of graph; n is two digits of its GUID. */
#define PRODUCT(n, id)                                                                             \
    "{\"resourceType\":\"AzureContainer\",\"name\":\"Name of " id                                  \
    "\",\"externalIDs\":[{\"type\":\"AzureOfferId\",\"value\":\"" id "\"}],"                       \
    "\"isModularPublishing\":true,\"id\":\"" GUID(n) "\"}"
#define GRAPH_PRODUCT(n, id)                                                                       \
    "{\"id\":\"product/" GUID(n) "\",\"identity\":{\"externalId\":\"" id                           \
                                 "\"},\"type\":\"azureContainer\",\"alias\":\"Alias of " id "\"}"
#define SUBMISSION(id, state, substate, more)                                                      \
    "{\"resourceType\":\"Submission\",\"state\":\"" state "\",\"substate\":\"" substate "\"," more \
    "\"id\":\"" id "\"}"
#define IN_STORE(id) SUBMISSION(id, "Published", "InStore", "")
#define ENTRY(n, id, target, status, result)                                                       \
    "{\"id\":\"submission/" GUID(n) "/" id "\",\"target\":{\"targetType\":\"" target               \
                                    "\"},\"status\":\"" status "\",\"result\":\"" result "\"}"
#define ON_SALE(n, id) ENTRY(n, id, "live", "completed", "succeeded")
#define UNSUPPORTED                                                                                \
    "{\"error\":{\"code\":\"badRequest\",\"message\":\"Type AzureApplication is not supported\"}}"
#define REFUSED                                                                                    \
    "\"ICH50400 - Unable to complete request. {\\\"faultCode\\\":50400,\\\"reasonPhrase\\\":"      \
    "\\\"Request validation failed.\\\",\\\"data\\\":{\\\"ProductTypeFilter[0]\\\":[\\\"The "      \
    "field is invalid (value 'Application').\\\"]}}\""
#define OFFER(id, status)                                                                          \
    "{\"id\":\"" id "\",\"publisherId\":\"contoso\",\"status\":\"" status                          \
    "\",\"offerTypeId\":\"microsoft-azure-container\"}"
#define TYPE_HINT                                                                                  \
    "H the service refuses the list of all products, so each known type is read; an "              \
    "offer of a different type would be missing"

#define PRODUCT_APIS 2
extern const char *const product_apis[PRODUCT_APIS];

/* What is below every product that was not scripted before: something live. */
void products_script_rest(struct read_bench *b);

/* Ask for these ids alone. */
void products_query_ids(struct read_bench *b, const char *const *ids, size_t count);

#endif
