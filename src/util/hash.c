/* hash.c - FNV-1a. */
#include "offerstat/hash.h"

uint64_t hash_more(uint64_t hash, const char *text)
{
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    }
    /* FNV's lowest bits depend on the last letters alone; fold the higher ones into them. */
    return hash ^ hash >> 29;
}

uint64_t hash_text(const char *text)
{
    return hash_more(UINT64_C(14695981039346656037), text);
}
