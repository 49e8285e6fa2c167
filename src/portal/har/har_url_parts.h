/* har_url_parts.h - an address taken apart: what har_url.c and har_url_names.c share. */
#ifndef HAR_URL_PARTS_H
#define HAR_URL_PARTS_H

#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

#define HAR_URL_PART_MAX ((size_t)1024 * 1024)

/* An address in its parts; all of them point into it. */
struct har_url_parts {
    const char *scheme, *host, *path, *query, *end; /* scheme ends where host begins */
    const char *authority;                          /* user and password stand before the host */
};

struct har_url_parts har_url_take_apart(const char *url);

/* Whether the name of a parameter, which may have its '$' encoded, is this one, in any case. */
bool har_url_is_parameter(const char *name, size_t len, const char *wanted);

/* Append a part of an address without its percent signs. */
void har_url_decode(const char *part, size_t len, struct strbuf *out);

/* Append what a part of a path or a query may have as it is, and the rest with percent signs. */
void har_url_encode(const char *p, size_t len, struct strbuf *out);

#endif
