/* read_bench.h - one portal_read on scripted answers, and everything that its sink was told. */
#ifndef READ_BENCH_H
#define READ_BENCH_H

#include "fake_transport.h"
#include "offerstat/portal.h"
#include "offerstat/strbuf.h"

#define BENCH_ENDPOINT "https://portal.example"
#define BENCH_CPP BENCH_ENDPOINT "/api"
#define BENCH_INGESTION BENCH_ENDPOINT "/v1.0/ingestion"
#define BENCH_GRAPH BENCH_ENDPOINT "/rp/product-ingestion"
#define BENCH_OFFERS 64

/* The log has a line for each call: "+ publisher/offer" for an offer, "! publisher/offer code:
 * text" for a problem, "W text" and "H text" for a warning and a hint, "? api: why" for an API that
 * is not there; '-' is what is not known. */
struct read_bench {
    struct fake_transport net;
    struct portal_query query; /* as the next read asks; depth and graph are set by it */
    const char *seller_id;     /* of every portal, also those without one */
    struct signin *graph_signin;
    bool has_witness;             /* query.graph is a portal */
    const struct portal_api *api; /* takes the place of that of every portal; NULL: none does */
    bool bare;                    /* the sink has only what it must have */
    bool finds_apis;              /* the sink wants to know of APIs that are not there */
    size_t fail_offer; /* the sink fails at this one, from 1 on, and wants to hear no more */
    bool failed;
    size_t not_taken; /* so many offers, of the first, do not count for the limit */
    struct selection selection;
    enum selected (*choose)(const struct offer *o); /* takes its place; NULL: none does */
    struct arena arena;                             /* of scripted bodies and of the offers */
    struct strbuf log;
    const struct offer *offers[BENCH_OFFERS];
    size_t offer_count, problem_count;
    size_t unread_count, broken_lists, limited_count;
    char unread[64]; /* "publisher/offer" of the last */
    size_t finished;
    bool given_early; /* an offer came while a request was under way */
    struct error err;
    int rc;
};

/* For cmocka: a bench in *state. */
int read_bench_set_up(void **state);
int read_bench_tear_down(void **state);

/* Begin anew, for the next row of a table. */
void read_bench_renew(struct read_bench *b);

/* A text that lives as long as the row. */
const char *read_bench_text(struct read_bench *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Answers: always, once, and once but cut off after the body. */
void read_bench_script(struct read_bench *b, const char *path, long status, const char *body);
void read_bench_once(struct read_bench *b, const char *path, long status, const char *body);
void read_bench_cut(struct read_bench *b, const char *path, const char *body);

/* Read through portals of these APIs ("graph", "cpp ingestion"), all on the one transport, and
 * check that nothing is left in it. */
void read_bench_read(struct read_bench *b, const char *apis, enum read_depth depth);

/* The offer of that place; fails where there is none. */
const struct offer *read_bench_offer(const struct read_bench *b, size_t i);

/* Whether some note of the offer has that in it. */
bool has_note(const struct offer *o, bool warning, const char *part);

void expect_log(const struct read_bench *b, const char *want);
/* Some line of the log is this one. */
void expect_line(const struct read_bench *b, const char *line);
/* The requests, in the order in which they were sent. */
void expect_urls(const struct read_bench *b, const char *const *want, size_t count);

#endif
