/* har_names_table.h - what the table of names (har_names_table.c) and the search in a text
 * (har_names_text.c) share.  No other file includes this. */
#ifndef HAR_NAMES_TABLE_H
#define HAR_NAMES_TABLE_H

#include "har/har_names.h"

#include <stdbool.h>
#include <stdint.h>

#define HAR_START 4       /* bytes that a search begins with; shorter names are looked up whole */
#define HAR_STARTS 4096   /* rows of lengths */
#define HAR_LENGTHS 1024  /* names are shorter than that, in each of their spellings */
#define HAR_NUMBER_MIN 10 /* digits of a number that names something */

struct har_name {
    struct har_name *next; /* in its bucket */
    enum har_kind kind;
    size_t number, len;
    char text[];
};

struct har_names {
    struct har_name **names; /* in the order in which they were learned */
    struct har_name **buckets;
    size_t count, bucket_count, counts[HAR_KIND_COUNT];
    /* For the hash of a name's first HAR_START bytes: a bit for each length that there is. */
    uint64_t lengths[HAR_STARTS][HAR_LENGTHS / 64];
    bool failed; /* memory ran out */
};

struct har_name *har_names_find(const struct har_names *n, const char *text, size_t len);
/* The lengths of the names whose first bytes, at most HAR_START, have the hash of these. */
const uint64_t *har_names_lengths(const struct har_names *n, const char *text, size_t len);
size_t har_number_at(const char *text, const char *p);
void har_put_stand_in(const struct har_name *name, struct strbuf *out);

#endif
