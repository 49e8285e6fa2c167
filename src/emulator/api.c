/* api.c - the names of the three APIs. */
#include "api.h"

const char *api_name(enum api api)
{
    static const char *const names[] = {
        [API_CPP] = "cpp",
        [API_INGESTION] = "ingestion",
        [API_GRAPH] = "graph",
        [API_NONE] = "",
    };

    return names[api];
}
