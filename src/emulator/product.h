/* product.h - which offers of a scenario an API shows, under which ids and types. */
#ifndef EMULATOR_PRODUCT_H
#define EMULATOR_PRODUCT_H

#include "api.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#define PRODUCT_GUID_MAX 40

/* An offer as the two newer APIs see it.  To begin a walk over a scenario set api and nothing else;
 * all pointers belong to the scenario. */
struct product {
    enum api api;
    const cJSON *publisher, *offer;
    int copy; /* number of the copy of an offer with "repeat", from 1 */
    char id[256], guid[PRODUCT_GUID_MAX];
};

/* Go on to the next offer that the API shows; false after the last one. */
bool product_next(struct product *p, const cJSON *scenario);

/* Go on to the offer with this GUID; false where there is none. */
bool product_find(struct product *p, const cJSON *scenario, const char *guid);

/* All offers of a type that the API knows, for the caller to free.  In the order of their GUIDs:
 * the services promise no order, and this one is not that of any name. */
struct product *product_list(const cJSON *scenario, enum api api, size_t *count);

/* What the API calls the offer's type; NULL: it does not know such offers at all. */
const char *product_type(const struct product *p);

/* Whether the scenario shows the offer in this API. */
bool product_offer_is_in(const cJSON *offer, enum api api);

#endif
