/* catalog.c - which offers an API shows, under which ids and types. */
#include "emulator.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The same offer has the same GUID each time, in both APIs that know it by one.  Of an offer that
 * is there several times the copies have neither neighbours nor doubles. */
static void hash_product(const struct product *p, uint64_t *high, uint64_t *low)
{
    *high = hash_more(hash_text(text_of(p->publisher, "id")), text_of(p->offer, "id"));
    *low = hash_more(*high, "low");
    if (cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") != NULL) {
        *high ^= (uint64_t)((unsigned)p->copy * 2654435761U) << 32;
    }
}

static void write_guid(uint64_t high, uint64_t low, char out[GUID_MAX])
{
    snprintf(out, GUID_MAX, "%08x-%04x-4%03x-%04x-%012" PRIx64, (unsigned)(high >> 32),
             (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
             (unsigned)(low >> 48 & 0x3FFF) | 0x8000U, low & UINT64_C(0xFFFFFFFFFFFF));
}

/* The GUID that the scenario gives to an offer that is there once. */
static const char *given_guid(const struct product *p)
{
    return cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") == NULL
               ? text_of(p->offer, "productId")
               : NULL;
}

static void name_product(struct product *p)
{
    const char *given = given_guid(p), *id = text_of(p->offer, "id");
    uint64_t high, low;

    if (cJSON_GetObjectItemCaseSensitive(p->offer, "repeat") != NULL) {
        snprintf(p->id, sizeof(p->id), "%.240s-%06d", id, p->copy);
    } else {
        snprintf(p->id, sizeof(p->id), "%s", id);
    }
    if (given != NULL) {
        snprintf(p->guid, sizeof(p->guid), "%s", given);
    } else {
        hash_product(p, &high, &low);
        write_guid(high, low, p->guid);
    }
}

bool offer_is_in(const cJSON *offer, enum api api)
{
    static const char *const names[] = {
        [API_CPP] = "cpp", [API_INGESTION] = "ingestion", [API_GRAPH] = "graph", [API_NONE] = ""
    };
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(offer, "in"), *item;

    cJSON_ArrayForEach(item, list)
    {
        if (strcmp(item->valuestring, names[api]) == 0) {
            return true;
        }
    }
    return list == NULL;
}

/* What the account may not see in one API it does not see in the others either. */
static const cJSON *first_offer(const cJSON *publisher)
{
    const cJSON *offers =
        publisher == NULL || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(publisher, "forbidden"))
            ? NULL
            : cJSON_GetObjectItemCaseSensitive(publisher, "offers");

    return offers != NULL ? offers->child : NULL;
}

static bool has_copy(const struct product *p)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(p->offer, "repeat");

    return offer_is_in(p->offer, p->api) && p->copy <= (repeat != NULL ? repeat->valueint : 1);
}

/* To the next one, without its names. */
static bool advance(struct product *p, const cJSON *scenario)
{
    const cJSON *publishers = cJSON_GetObjectItemCaseSensitive(scenario, "publishers");

    if (p->publisher == NULL) {
        p->publisher = publishers != NULL ? publishers->child : NULL;
        p->offer = first_offer(p->publisher);
        p->copy = 0;
    }
    while (p->publisher != NULL) {
        p->copy++;
        if (p->offer != NULL && has_copy(p)) {
            return true;
        }
        p->copy = 0;
        p->offer = p->offer != NULL ? p->offer->next : NULL;
        if (p->offer == NULL) {
            p->publisher = p->publisher->next;
            p->offer = first_offer(p->publisher);
        }
    }
    return false;
}

bool product_next(struct product *p, const cJSON *scenario)
{
    bool is_there = advance(p, scenario);

    if (is_there) {
        name_product(p);
    }
    return is_there;
}

/* By its first eight digits, as writing all GUIDs of a large account takes long. */
bool product_find(struct product *p, const cJSON *scenario, const char *guid)
{
    unsigned long first = strtoul(guid, NULL, 16);
    uint64_t high, low;

    while (advance(p, scenario)) {
        if (given_guid(p) == NULL) {
            hash_product(p, &high, &low);
            if (high >> 32 != first) {
                continue;
            }
        }
        name_product(p);
        if (strcasecmp(p->guid, guid) == 0) {
            return true;
        }
    }
    return false;
}

static int by_guid(const void *a, const void *b)
{
    return strcmp(((const struct product *)a)->guid, ((const struct product *)b)->guid);
}

struct product *products_of(const cJSON *scenario, enum api api, size_t *count)
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
        qsort(list, *count, sizeof(*list), by_guid);
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
    const char *type = text_of(p->offer, "type");

    for (size_t i = 0; type != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (strcasecmp(types[i].cpp, type) == 0) {
            return p->api == API_GRAPH ? types[i].graph : types[i].ingestion;
        }
    }
    return p->api == API_GRAPH ? NULL : type != NULL ? type : "";
}
