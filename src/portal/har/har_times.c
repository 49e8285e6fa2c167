/* har_times.c - when a request began and what its time went to. */
#include "har/har_times.h"

#include "offerstat/timestamp.h"

#include <inttypes.h>

static void put_ms(struct strbuf *out, const char *name, int64_t us)
{
    if (us < 0) {
        strbuf_printf(out, "\"%s\": -1", name);
    } else {
        strbuf_printf(out, "\"%s\": %" PRId64 ".%03" PRId64, name, us / 1000, us % 1000);
    }
}

static int64_t part_us(int64_t us)
{
    return us > 0 ? us : 0;
}

void har_times_put(struct strbuf *out, const struct transport_times *t)
{
    int64_t connect_us = t->connect_us;

    if (t->tls_us > 0) {
        connect_us += t->tls_us; /* HAR has it in both */
    }
    strbuf_puts(out, "\"cache\": {}, \"timings\": {");
    put_ms(out, "blocked", t->blocked_us);
    strbuf_puts(out, ", ");
    put_ms(out, "dns", t->dns_us);
    strbuf_puts(out, ", ");
    put_ms(out, "connect", connect_us);
    strbuf_puts(out, ", ");
    put_ms(out, "ssl", t->tls_us);
    strbuf_puts(out, ", ");
    put_ms(out, "send", part_us(t->send_us));
    strbuf_puts(out, ", ");
    put_ms(out, "wait", part_us(t->wait_us));
    strbuf_puts(out, ", ");
    put_ms(out, "receive", part_us(t->receive_us));
    strbuf_puts(out, "}");
}

void har_times_put_start(struct strbuf *out, int64_t began_ms, const struct transport_times *t)
{
    char text[TIMESTAMP_MAX];

    timestamp_format(began_ms, text);
    strbuf_printf(out, "{\"startedDateTime\": \"%.19s.%03dZ\", ", text, (int)(began_ms % 1000));
    put_ms(out, "time",
           part_us(t->blocked_us) + part_us(t->dns_us) + part_us(t->connect_us) +
               part_us(t->tls_us) + part_us(t->send_us) + part_us(t->wait_us) +
               part_us(t->receive_us));
    strbuf_puts(out, ",\n  ");
}
