/* har_spell.h - how a name is written in addresses and in HTML. */
#ifndef HAR_SPELL_H
#define HAR_SPELL_H

#include "offerstat/strbuf.h"

#include <stddef.h>

#define HAR_SPELLINGS 7

/* Append one of the spellings, from 0; it may be the name as it is. */
void har_spell(size_t spelling, const char *name, size_t len, struct strbuf *out);

#endif
