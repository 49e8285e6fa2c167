/* har_entry.h - a recording, and how an entry of its file is read into it. */
#ifndef EMULATOR_HAR_ENTRY_H
#define EMULATOR_HAR_ENTRY_H

#include "api.h"
#include "har_origin.h"
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
    const char *body;
    size_t body_len;
    char *decoded;    /* what body points to where it was base64; owned, or NULL */
    size_t filled_to; /* 0, or the body is followed by blanks up to this length */
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
    struct har_origins origins; /* of the requests */
    char *prefix;    /* of all paths of the three APIs, before what names the API; "" without one */
    char *publisher; /* the first of the Cloud Partner Portal whose offers were read, or NULL */
    bool has_publishers;   /* there are more */
    bool lists_publishers; /* the list of them was read before any offer */
    unsigned apis;         /* that were asked: a bit for each enum api */
    bool has_signin;       /* a token endpoint was asked */
};

/* Read what is at that index of the file into the next of har->entries, for which there is room,
 * and note what it says of the whole.  One whose scheme is not HTTP's is left out.  0, or -1
 * with *err, which says what is wrong and where. */
int har_entry_read(struct har *har, int index, const cJSON *entry, struct error *err);

#endif
