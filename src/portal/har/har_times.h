/* har_times.h - the members of an entry of HAR 1.2 that are times. */
#ifndef HAR_TIMES_H
#define HAR_TIMES_H

#include "offerstat/strbuf.h"
#include "offerstat/transport.h"

#include <stdint.h>

/* Append the start of an entry: when it began, and the sum of its times. */
void har_times_put_start(struct strbuf *out, int64_t began_ms, const struct transport_times *t);

/* Append "cache" and "timings".  What did not take place is -1, but for the three parts that HAR
 * wants of each entry; the handshake of TLS counts as connecting, too. */
void har_times_put(struct strbuf *out, const struct transport_times *t);

#endif
