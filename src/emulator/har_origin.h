/* har_origin.h - the origins of recorded requests, and where a text names one of them. */
#ifndef EMULATOR_HAR_ORIGIN_H
#define EMULATOR_HAR_ORIGIN_H

#include "offerstat/error.h"
#include "offerstat/strbuf.h"

#include <stddef.h>
#include <stdint.h>

struct har_origins {
    char **items; /* "https://graph.microsoft.com": lower case, without the scheme's own port */
    size_t count;
};

/* Remember the origin that the first len bytes of an address are.  0, or -1 with *err (no
 * memory). */
int har_origins_add(struct har_origins *origins, const char *url, size_t len, struct error *err);

/* Append a text with http://127.0.0.1:port in place of each of them, in whatever case, with its
 * port or without, also where JSON has escaped the slashes. */
void har_origins_replace(const struct har_origins *origins, const char *text, size_t len,
                         uint16_t port, struct strbuf *out);

void har_origins_clear(struct har_origins *origins);

#endif
