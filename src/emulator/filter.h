/* filter.h - the two OData filters that clients of the ingestion API send. */
#ifndef EMULATOR_FILTER_H
#define EMULATOR_FILTER_H

#include <stdbool.h>

/* "resourceType eq 'X'", "externalIDs/Any(i:i/type eq 'AzureOfferId' and i/value eq 'x')", or both
 * with "and" between them. */
struct filter {
    bool has_type, has_offer;
    char type[128], offer[256];
};

/* False for any other filter. */
bool filter_parse(const char *text, struct filter *out);
bool filter_matches(const struct filter *filter, const char *type, const char *offer);

#endif
