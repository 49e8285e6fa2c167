/* product.c - which offers of a scenario an API shows, under which ids and types. */
#include "product.h"

#include "json.h"
#include "offerstat/hash.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool product_is_repeated(const struct product *p)
{
    return cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") != NULL;
}

/* The two halves of a GUID.  It depends on the ids of publisher and offer alone, so that both newer
 * APIs have the same one, in every run.  For copies the number is spread over the upper half: times
 * Knuth's odd constant (2^32 divided by the golden ratio), which maps 32-bit numbers one to one, no
 * two copies get the same GUID, and they are not in the order of their numbers. */
static void product_hash(const struct product *p, uint64_t *high, uint64_t *low)
{
    *high = hash_more(hash_text(json_text(p->publisher, "id")), json_text(p->offer, "id"));
    *low = hash_more(*high, "low");
    if (product_is_repeated(p)) {
        *high ^= (uint64_t)((unsigned)p->copy * 2654435761U) << 32;
    }
}

/* As a random GUID (version 4, RFC 9562). */
static void product_write_guid(uint64_t high, uint64_t low, char out[PRODUCT_GUID_MAX])
{
    snprintf(out, PRODUCT_GUID_MAX, "%08x-%04x-4%03x-%04x-%012" PRIx64, (unsigned)(high >> 32),
             (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
             (unsigned)(low >> 48 & 0x3FFF) | 0x8000U, low & UINT64_C(0xFFFFFFFFFFFF));
}

/* The GUID that the scenario gives; NULL where there is none, or where copies would share it. */
static const char *product_given_guid(const struct product *p)
{
    if (product_is_repeated(p)) {
        return NULL;
    }
    return json_text(p->offer, "productId");
}

static void product_set_names(struct product *p)
{
    const char *given = product_given_guid(p), *id = json_text(p->offer, "id");
    uint64_t high, low;

    if (product_is_repeated(p)) {
        snprintf(p->id, sizeof(p->id), "%.240s-%06d", id, p->copy);
    } else {
        snprintf(p->id, sizeof(p->id), "%s", id);
    }
    if (given != NULL) {
        snprintf(p->guid, sizeof(p->guid), "%s", given);
    } else {
        product_hash(p, &high, &low);
        product_write_guid(high, low, p->guid);
    }
}

bool product_offer_is_in(const cJSON *offer, enum api api)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(offer, "in"), *item;

    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(item->valuestring, api_name(api)) == 0) {
            return true;
        }
    }
    return list == NULL;
}

/* A forbidden publisher has none: an account that may not see it in one API may not in the
 * others. */
static const cJSON *product_first_offer(const cJSON *publisher)
{
    const cJSON *offers = cJSON_GetObjectItemCaseSensitive(publisher, "offers");

    if (offers == NULL || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(publisher, "forbidden"))) {
        return NULL;
    }
    return offers->child;
}

static bool product_has_copy(const struct product *p)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(p->offer, "repeat");

    return product_offer_is_in(p->offer, p->api) &&
           p->copy <= (repeat != NULL ? repeat->valueint : 1);
}

/* product_next, but id and guid are not filled in. */
static bool product_advance(struct product *p, const cJSON *scenario)
{
    const cJSON *publishers = cJSON_GetObjectItemCaseSensitive(scenario, "publishers");

    if (p->publisher == NULL) {
        p->publisher = publishers != NULL ? publishers->child : NULL;
        p->offer = product_first_offer(p->publisher);
        p->copy = 0;
    }
    while (p->publisher != NULL) {
        p->copy++;
        if (p->offer != NULL && product_has_copy(p)) {
            return true;
        }
        p->copy = 0;
        p->offer = p->offer != NULL ? p->offer->next : NULL;
        if (p->offer == NULL) {
            p->publisher = p->publisher->next;
            p->offer = product_first_offer(p->publisher);
        }
    }
    return false;
}

bool product_next(struct product *p, const cJSON *scenario)
{
    if (!product_advance(p, scenario)) {
        return false;
    }
    product_set_names(p);
    return true;
}

/* A scenario may have 100,000 offers: the first eight digits are compared as a number, and only
 * where they agree is the GUID written out. */
bool product_find(struct product *p, const cJSON *scenario, const char *guid)
{
    unsigned long first = strtoul(guid, NULL, 16);
    uint64_t high, low;

    while (product_advance(p, scenario)) {
        if (product_given_guid(p) == NULL) {
            product_hash(p, &high, &low);
            if (high >> 32 != first) {
                continue;
            }
        }
        product_set_names(p);
        if (strcasecmp(p->guid, guid) == 0) {
            return true;
        }
    }
    return false;
}

static int product_compare_guids(const void *a, const void *b)
{
    return strcmp(((const struct product *)a)->guid, ((const struct product *)b)->guid);
}

struct product *product_list(const cJSON *scenario, enum api api, size_t *count)
{
    struct product p = { .api = api }, *list = NULL;
    size_t allocated = 0;

    *count = 0;
    while (product_next(&p, scenario)) {
        if (product_type(&p) == NULL) {
            continue;
        }
        if (*count == allocated) {
            struct product *larger;
            allocated = allocated > 0 ? allocated * 2 : 64;
            larger = realloc(list, allocated * sizeof(*list));
            if (larger == NULL) {
                break; /* out of memory: answer with what there is */
            }
            list = larger;
        }
        list[(*count)++] = p;
    }
    if (list != NULL) {
        qsort(list, *count, sizeof(*list), product_compare_guids);
    }
    return list;
}

const char *product_type(const struct product *p)
{
    static const struct {
        const char *cpp, *ingestion, *graph;
    } types[] = {
        { .cpp = "microsoft-azure-virtualmachines",
          .ingestion = "AzureThirdPartyVirtualMachine",
          .graph = "azureVirtualMachine" },
        { .cpp = "microsoft-azure-container",
          .ingestion = "AzureContainer",
          .graph = "azureContainer" },
        { .cpp = "microsoft-azure-applications", .ingestion = "AzureApplication", .graph = NULL },
        { .cpp = "microsoft-azure-saas",
          .ingestion = "SoftwareAsAService",
          .graph = "softwareAsAService" },
    };
    const char *type = json_text(p->offer, "type");

    for (size_t i = 0; type != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcasecmp(types[i].cpp, type) == 0) {
            return p->api == API_GRAPH ? types[i].graph : types[i].ingestion;
        }
    }
    if (p->api == API_GRAPH) {
        return NULL;
    }
    return type != NULL ? type : ""; /* the ingestion API shows types that are not listed here */
}
