/* catalog.c - which offers an API shows, under which ids and types. */
#include "product.h"

#include "hash.h"
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The same offer has the same GUID each time, in both APIs that know it by one.  Of an offer that
 * is there several times the copies have neither neighbours nor doubles. */
static void product_hash(const struct product *p, uint64_t *high, uint64_t *low)
{
    *high = hash_more(hash_text(json_text(p->publisher, "id")), json_text(p->offer, "id"));
    *low = hash_more(*high, "low");
    if (cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") != NULL) {
        *high ^= (uint64_t)((unsigned)p->copy * 2654435761U) << 32;
    }
}

static void product_write_guid(uint64_t high, uint64_t low, char out[PRODUCT_GUID_MAX])
{
    snprintf(out, PRODUCT_GUID_MAX, "%08x-%04x-4%03x-%04x-%012" PRIx64, (unsigned)(high >> 32),
             (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
             (unsigned)(low >> 48 & 0x3FFF) | 0x8000U, low & UINT64_C(0xFFFFFFFFFFFF));
}

/* The GUID that the scenario gives to an offer that is there once. */
static const char *product_given_guid(const struct product *p)
{
    return cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") == NULL
               ? json_text(p->offer, "productId")
               : NULL;
}

static void product_set_names(struct product *p)
{
    const char *given = product_given_guid(p), *id = json_text(p->offer, "id");
    uint64_t high, low;

    if (cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") != NULL) {
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

/* What the account may not see in one API it does not see in the others either. */
static const cJSON *product_first_offer(const cJSON *publisher)
{
    const cJSON *offers =
        publisher == NULL || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(publisher, "forbidden"))
            ? NULL
            : cJSON_GetObjectItemCaseSensitive(publisher, "offers");

    return offers != NULL ? offers->child : NULL;
}

static bool product_has_copy(const struct product *p)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(p->offer, "repeat");

    return product_offer_is_in(p->offer, p->api) &&
           p->copy <= (repeat != NULL ? repeat->valueint : 1);
}

/* To the next one, without its names. */
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
    bool is_there = product_advance(p, scenario);

    if (is_there) {
        product_set_names(p);
    }
    return is_there;
}

/* By its first eight digits, as writing all GUIDs of a large account takes long. */
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
    size_t room = 0;

    *count = 0;
    while (product_next(&p, scenario)) {
        if (product_type(&p) == NULL) {
            continue;
        }
        if (*count == room) {
            struct product *larger;
            room = room > 0 ? room * 2 : 64;
            larger = realloc(list, room * sizeof(*list));
            if (larger == NULL) {
                break; /* a short list is all that can be had */
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
        { "microsoft-azure-virtualmachines", "AzureThirdPartyVirtualMachine",
          "azureVirtualMachine" },
        { "microsoft-azure-container", "AzureContainer", "azureContainer" },
        { "microsoft-azure-applications", "AzureApplication", NULL },
        { "microsoft-azure-saas", "SoftwareAsAService", "softwareAsAService" },
    };
    const char *type = json_text(p->offer, "type");

    for (size_t i = 0; type != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcasecmp(types[i].cpp, type) == 0) {
            return p->api == API_GRAPH ? types[i].graph : types[i].ingestion;
        }
    }
    return p->api == API_GRAPH ? NULL : type != NULL ? type : "";
}
