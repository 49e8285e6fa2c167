/* har_key.h - what a request is known by. */
#ifndef EMULATOR_HAR_KEY_H
#define EMULATOR_HAR_KEY_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* Method, path and query, whatever the order of the query; for the caller to free, NULL without
 * memory.  path and query (name to text) are decoded. */
char *har_key(const char *method, const char *path, const cJSON *query);

/* A decoded copy of a part of an address; NULL without memory.  In a query '+' is a blank. */
char *har_decoded(const char *text, size_t len, bool in_query);

/* The query of an address, name to text; NULL without memory. */
cJSON *har_query(const char *url);

#endif
