/* cpp_bench.c - a read of the Cloud Partner Portal on scripted answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cpp_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct offer *cpp_bench_offer(const struct cpp_bench *b, size_t i)
{
    static struct offer scratch[4];

    return offer_list_at(&b->offers, i, &scratch[i % 4]);
}

static enum selected cpp_bench_on_select(void *user, const struct offer *o)
{
    struct cpp_bench *b = user;

    return selection_test(&b->selection, o->publisher, o->id, o->name);
}

static enum selected cpp_bench_on_select_by_unique_name(void *user, const struct offer *o)
{
    struct cpp_bench *b = user;

    return selection_has_unique_name(&b->selection, o->name) ? SELECTED_YES : SELECTED_NO;
}

static void on_seen(void *user, const struct offer *o)
{
    struct cpp_bench *b = user;

    selection_see(&b->selection, o->publisher, o->id, o->name);
}

static int cpp_bench_on_offer(void *user, const struct offer *o, struct error *err)
{
    struct cpp_bench *b = user;

    b->offer_calls++;
    if (b->offer_calls == b->fail_offer) {
        return error_set(err, ERR_OUTPUT, "stdout is full");
    }
    strbuf_printf(&b->log, "+ %s/%s\n", o->publisher, o->id);
    assert_int_equal(offer_list_add(&b->offers, o), 0);
    return 0;
}

static bool cpp_bench_on_forget(void *user)
{
    struct cpp_bench *b = user;

    strbuf_puts(&b->log, "forget\n");
    if (!b->written) {
        offer_list_clear(&b->offers);
    }
    return !b->written;
}

static int cpp_bench_on_problem(void *user, const struct error *problem, const char *publisher,
                                const char *offer, struct error *err)
{
    struct cpp_bench *b = user;

    b->problem_calls++;
    strbuf_printf(&b->log, "! %s/%s %s: %s\n", publisher != NULL ? publisher : "-",
                  offer != NULL ? offer : "-", error_word(problem->code), problem->text);
    strcpy(b->request_id, problem->request_id);
    return b->problem_calls == b->fail_problem ? error_set(err, ERR_OUTPUT, "stderr is full") : 0;
}

static void cpp_bench_on_progress(void *user, size_t done, size_t total)
{
    struct cpp_bench *b = user;

    assert_int_equal(done, b->finished + 1);
    assert_true(done <= total);
    b->progress_calls++;
    b->finished = done;
    b->total = total;
}

static void cpp_bench_on_notice(void *user, enum message_level level, const struct error *what)
{
    struct cpp_bench *b = user;

    strbuf_printf(&b->log, "%s %s\n", level == LEVEL_WARNING ? "W" : "H", what->text);
}

int cpp_bench_set_up(void **state)
{
    struct cpp_bench *b = calloc(1, sizeof(*b));

    if (b == NULL) {
        return -1;
    }
    fake_init(&b->net);
    b->log = (struct strbuf)STRBUF_INIT((size_t)1024 * 1024);
    *state = b;
    return 0;
}

static void clear(struct cpp_bench *b)
{
    strbuf_clear(&b->log);
    offer_list_clear(&b->offers);
    selection_clear(&b->selection);
    arena_clear(&b->arena);
    fake_clear(&b->net);
}

int cpp_bench_tear_down(void **state)
{
    clear(*state);
    free(*state);
    return 0;
}

void cpp_bench_renew(struct cpp_bench *b)
{
    clear(b);
    *b = (struct cpp_bench){ .log = STRBUF_INIT((size_t)1024 * 1024) };
    fake_init(&b->net);
}

const char *cpp_bench_text(struct cpp_bench *b, const char *format, ...)
{
    char text[2048];
    const char *copy;
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    copy = arena_strdup(&b->arena, text);
    assert_non_null(copy);
    return copy;
}

void cpp_bench_script(struct cpp_bench *b, const char *path, long status, const char *body)
{
    fake_answer(&b->net, (struct fake_answer){ .path = path, .status = status, .body = body });
}

void cpp_bench_read_publishers(struct cpp_bench *b, enum read_depth depth,
                               const char *const *publishers, size_t count)
{
    const struct portal_options options = { .api = "cpp",
                                            .endpoint = ENDPOINT,
                                            .transport = &b->net.base,
                                            .retries = 4,
                                            .budget_ms = 600000 };
    const struct portal_query query = { .publishers = publishers,
                                        .publisher_count = count,
                                        .depth = depth };
    const struct portal_sink sink = { .user = b,
                                      .select = cpp_bench_on_select,
                                      .select_by_unique_name = cpp_bench_on_select_by_unique_name,
                                      .seen = on_seen,
                                      .offer = cpp_bench_on_offer,
                                      .forget = cpp_bench_on_forget,
                                      .problem = cpp_bench_on_problem,
                                      .progress = cpp_bench_on_progress,
                                      .notice = cpp_bench_on_notice };
    struct portal *portal = NULL;

    assert_int_equal(portal_open(&options, &portal, &b->err), 0);
    b->rc = portal_read(&portal, 1, &query, &sink, &b->err);
    portal_close(portal);
    assert_null(b->net.pending);
    assert_null(b->net.timers);
}

void cpp_bench_read(struct cpp_bench *b, enum read_depth depth)
{
    static const char *const contoso[] = { "contoso" };

    cpp_bench_read_publishers(b, depth, contoso, 1);
}

void cpp_bench_choose(struct cpp_bench *b, enum select_mode mode, const char *const *arguments,
                      size_t count)
{
    assert_int_equal(selection_init(&b->selection, mode, arguments, count), 0);
}

void cpp_bench_expect_log(const struct cpp_bench *b, const char *want)
{
    if (strcmp(strbuf_text(&b->log), want) != 0) {
        fail_msg("found\n%sexpected\n%s", strbuf_text(&b->log), want);
    }
}

void cpp_bench_letters(const struct cpp_bench *b, char out[FAKE_MAX + 1])
{
    static const struct {
        const char *url;
        char letter;
    } known[] = {
        { OFFERS VERSION, 'l' },
        { OFFERS "/o/slot/production" VERSION, 'p' },
        { OFFERS "/o/submissions/" VERSION, 's' },
        { OFFERS "/o/status" VERSION, 't' },
        { OFFERS "/o/slot/preview" VERSION, 'v' },
    };
    size_t counts[sizeof(known) / sizeof(known[0])] = { 0 }, len = 0, found = 0;

    for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
        for (size_t i = 0; i < b->net.request_count; i++) {
            counts[k] += strcmp(b->net.urls[i], known[k].url) == 0 ? 1 : 0;
        }
        for (size_t i = 0; i < counts[k]; i++) {
            out[len++] = known[k].letter;
        }
        found += counts[k];
    }
    for (; found < b->net.request_count; found++) {
        out[len++] = '?';
    }
    out[len] = '\0';
}

void cpp_bench_script_offer(struct cpp_bench *b, const char *status, long production, long preview,
                            const char *submissions, const char *steps)
{
    cpp_bench_script(b, "/offers?", 200, cpp_bench_text(b, "[" OFFER("o", "%s") "]", status));
    cpp_bench_script(b, "/o/status?", 200,
                     cpp_bench_text(b, "{\"status\":\"%s\",\"steps\":[%s]}", status, steps));
    cpp_bench_script(b, "/o/slot/production?", production, "{\"id\":\"o\",\"version\":9}");
    cpp_bench_script(b, "/o/slot/preview?", preview, "{\"id\":\"o\",\"version\":9}");
    cpp_bench_script(b, "/o/submissions/?", 200, submissions);
}
