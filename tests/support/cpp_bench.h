/* cpp_bench.h - one read of the Cloud Partner Portal on scripted answers, and everything that its
 * sink was told. */
#ifndef CPP_BENCH_H
#define CPP_BENCH_H

#include "fake_transport.h"
#include "offerstat/portal.h"
#include "offerstat/strbuf.h"

#define ENDPOINT "https://portal.example"
#define VERSION "?api-version=2017-10-31"
#define OFFERS ENDPOINT "/api/publishers/contoso/offers"
#define OFFER(id, status)                                                                          \
    "{\"id\":\"" id "\",\"publisherId\":\"contoso\",\"status\":\"" status "\"}"
#define STATUS "{\"status\":\"running\",\"steps\":[]}"
#define NAMED(id, name)                                                                            \
    "{\"id\":\"" id                                                                                \
    "\",\"status\":\"waitingForPublisherReview\",\"definition\":{\"displayText\":\"" name "\"}}"

/* One read and everything the sink was told: "+ publisher/offer" for an offer,
 * "! publisher/offer code: text" for a problem, "forget" for a list that was taken back. */
struct cpp_bench {
    struct fake_transport net;
    struct selection selection;
    struct strbuf log;
    struct offer_list offers;
    struct arena arena; /* of scripted bodies */
    bool written;       /* offers that were given cannot be taken back */
    size_t fail_offer, fail_problem;
    size_t offer_calls, problem_calls, progress_calls, finished, total;
    char request_id[ERROR_ID_MAX]; /* of the last problem */
    struct error err;
    int rc;
};

/* The last few that were asked for stay valid. */
const struct offer *cpp_bench_offer(const struct cpp_bench *b, size_t i);

/* For cmocka: a bench in *state. */
int cpp_bench_set_up(void **state);
int cpp_bench_tear_down(void **state);

/* Begin anew, for the next row of a table. */
void cpp_bench_renew(struct cpp_bench *b);

/* A text that lives as long as the row. */
const char *cpp_bench_text(struct cpp_bench *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Answer requests whose address contains path. */
void cpp_bench_script(struct cpp_bench *b, const char *path, long status, const char *body);

/* Read these publishers (none: those of the account) and check that nothing is left in the
 * transport. */
void cpp_bench_read_publishers(struct cpp_bench *b, enum read_depth depth,
                               const char *const *publishers, size_t count);

/* The offers of contoso. */
void cpp_bench_read(struct cpp_bench *b, enum read_depth depth);

/* What the sink selects from now on. */
void cpp_bench_choose(struct cpp_bench *b, enum select_mode mode, const char *const *arguments,
                      size_t count);

/* The log is exactly this. */
void cpp_bench_expect_log(const struct cpp_bench *b, const char *want);

/* The requests below offer "o" and its list, a letter each, in the order of the alphabet: (l)ist,
 * (p)roduction slot, (s)ubmissions, s(t)atus, pre(v)iew slot; '?' for anything else. */
void cpp_bench_letters(const struct cpp_bench *b, char out[FAKE_MAX + 1]);

/* A list of the one offer "o", and what is below it. */
void cpp_bench_script_offer(struct cpp_bench *b, const char *status, long production, long preview,
                            const char *submissions, const char *steps);

#endif
