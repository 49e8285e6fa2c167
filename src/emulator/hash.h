/* hash.h - FNV-1a, for ids that look arbitrary and are the same in every run. */
#ifndef EMULATOR_HASH_H
#define EMULATOR_HASH_H

#include <stdint.h>

uint64_t hash_text(const char *text);

/* Go on with the hash of a text: `hash` is what it was so far, `text` is what follows. */
uint64_t hash_more(uint64_t hash, const char *text);

#endif
