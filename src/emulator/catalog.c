/* catalog.c - which offers an API shows, under which ids and types. */
#include "emulator.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The same offer has the same GUID each time, in both APIs that know it by one. */
static void write_guid(const char *of, char out[GUID_MAX])
{
    char again[512];
    uint64_t a = hash_text(of), b;

    (void)snprintf(again, sizeof(again), "guid of %.480s", of);
    b = hash_text(again);
    (void)snprintf(out, GUID_MAX, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(a >> 32),
                   (unsigned)(a >> 16 & 0xFFFF), (unsigned)(a & 0xFFF),
                   (unsigned)(b >> 48 & 0x3FFF) | 0x8000U,
                   (unsigned long long)(b & UINT64_C(0xFFFFFFFFFFFF)));
}

static void name_product(struct product *p)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(p->offer, "repeat");
    const char *given = text_of(p->offer, "productId"), *id = text_of(p->offer, "id");
    char whole[512];

    if (repeat != NULL) {
        (void)snprintf(p->id, sizeof(p->id), "%.240s-%06d", id, p->copy);
    } else {
        (void)snprintf(p->id, sizeof(p->id), "%s", id);
    }
    if (given != NULL && repeat == NULL) {
        (void)snprintf(p->guid, sizeof(p->guid), "%s", given);
    } else {
        (void)snprintf(whole, sizeof(whole), "%.200s/%s", text_of(p->publisher, "id"), p->id);
        write_guid(whole, p->guid);
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
static const cJSON *offers_of(const cJSON *publisher)
{
    return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(publisher, "forbidden"))
               ? NULL
               : cJSON_GetObjectItemCaseSensitive(publisher, "offers");
}

static bool has_copy(const struct product *p)
{
    const cJSON *repeat = cJSON_GetObjectItemCaseSensitive(p->offer, "repeat");

    return p->offer != NULL && offer_is_in(p->offer, p->api) &&
           p->copy <= (repeat != NULL ? repeat->valueint : 1);
}

bool product_next(struct product *p, const cJSON *scenario)
{
    if (p->publisher == NULL) {
        p->publishers = cJSON_GetObjectItemCaseSensitive(scenario, "publishers");
        p->publisher = p->publishers != NULL ? p->publishers->child : NULL;
        p->offer = p->publisher != NULL && offers_of(p->publisher) != NULL
                       ? offers_of(p->publisher)->child
                       : NULL;
        p->copy = 0;
    }
    while (p->publisher != NULL) {
        p->copy++;
        if (has_copy(p)) {
            name_product(p);
            return true;
        }
        p->copy = 0;
        p->offer = p->offer != NULL ? p->offer->next : NULL;
        if (p->offer == NULL) {
            p->publisher = p->publisher->next;
            p->offer = p->publisher != NULL && offers_of(p->publisher) != NULL
                           ? offers_of(p->publisher)->child
                           : NULL;
        }
    }
    return false;
}

bool product_find(struct product *p, const cJSON *scenario, const char *guid)
{
    while (product_next(p, scenario)) {
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
    if (*count > 0) {
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
