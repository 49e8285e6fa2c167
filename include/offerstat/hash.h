/* hash.h - FNV-1a, the same in every run and on every machine. */
#ifndef OFFERSTAT_HASH_H
#define OFFERSTAT_HASH_H

#include <stdint.h>

uint64_t hash_text(const char *text);

/* Go on with the hash of a text: `hash` is what it was so far, `text` is what follows. */
uint64_t hash_more(uint64_t hash, const char *text);

#endif
