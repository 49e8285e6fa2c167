/* har.h - a recording in HAR 1.2, of offerstat or of a browser. */
#ifndef EMULATOR_HAR_H
#define EMULATOR_HAR_H

#include "api.h"
#include "offerstat/error.h"
#include "reply.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A request and its answer. */
struct har_entry {
    char *key; /* method, path and query; see har_key.h */
    unsigned status;
    const char *content_type, *retry_after, *location; /* NULL: no such header */
    cJSON *headers;                                    /* the other ones that are sent again */
    struct strbuf body;
    enum ending ending;
    int64_t began_ms;
    size_t serial; /* its place in the file */
    bool given;
};

struct har {
    const char *file; /* borrowed */
    cJSON *document;  /* what entries point into */
    struct har_entry *entries;
    size_t count;
    char **origins; /* of the requests: "https://graph.microsoft.com" */
    size_t origin_count;
    char *prefix;    /* of all paths of the three APIs, before what names the API; "" without one */
    char *publisher; /* the first of the Cloud Partner Portal whose offers were read, or NULL */
    bool has_publishers;   /* there are more */
    bool lists_publishers; /* the list of them was read */
    unsigned apis;         /* that were asked: a bit for each enum api */
    bool has_signin;       /* a token endpoint was asked */
};

/* 0 with *out, or -1 with *err, which says where the file is not what it should be. */
int har_load(const char *file, struct har **out, struct error *err);
void har_free(struct har *har); /* NULL is fine */

#endif
