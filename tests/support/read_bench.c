/* read_bench.c - portals on a fake transport, and a sink that writes down what it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/api.h"
#include "read_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX ((size_t)64 * 1024)

static const char *or_dash(const char *text)
{
    return text != NULL ? text : "-";
}

static enum selected on_select(void *user, const struct offer *o)
{
    struct read_bench *b = user;

    if (b->choose != NULL) {
        return b->choose(o);
    }
    return selection_test(&b->selection, o->publisher, o->id, o->name);
}

static enum selected on_select_by_unique_name(void *user, const struct offer *o)
{
    struct read_bench *b = user;

    return selection_has_unique_name(&b->selection, o->name) ? SELECTED_YES : SELECTED_NO;
}

static void on_seen(void *user, const struct offer *o)
{
    struct read_bench *b = user;

    selection_see(&b->selection, o->publisher, o->id, o->name);
}

static int on_offer(void *user, const struct offer *o, struct error *err)
{
    struct read_bench *b = user;
    struct offer *copy = arena_alloc(&b->arena, sizeof(*copy));

    assert_false(b->failed);
    if (b->offer_count + 1 == b->fail_offer) {
        b->failed = true;
        return error_set(err, ERR_OUTPUT, "stdout is full");
    }
    assert_non_null(copy);
    assert_true(b->offer_count < BENCH_OFFERS);
    assert_int_equal(offer_copy(&b->arena, o, copy), 0);
    b->offers[b->offer_count++] = copy;
    b->given_early = b->given_early || b->net.pending != NULL || b->net.timers != NULL;
    strbuf_printf(&b->log, "+ %s/%s\n", or_dash(o->publisher), o->id);
    return 0;
}

static bool on_forget(void *user)
{
    struct read_bench *b = user;

    strbuf_puts(&b->log, "forget\n");
    b->offer_count = 0;
    return true;
}

static int on_problem(void *user, const struct error *problem, const char *publisher,
                      const char *offer, struct error *err)
{
    struct read_bench *b = user;

    (void)err;
    assert_false(b->failed);
    b->problem_count++;
    strbuf_printf(&b->log, "! %s/%s %s: %s\n", or_dash(publisher), or_dash(offer),
                  error_word(problem->code), problem->text);
    return 0;
}

static void on_unread(void *user, const char *publisher, const char *offer)
{
    struct read_bench *b = user;

    b->unread_count++;
    snprintf(b->unread, sizeof(b->unread), "%s/%s", or_dash(publisher), or_dash(offer));
}

static void on_not_there(void *user, const char *api, const struct error *why)
{
    struct read_bench *b = user;

    strbuf_printf(&b->log, "? %s: %s\n", api, why != NULL ? why->text : "no publisher");
}

static void on_list_broken(void *user)
{
    struct read_bench *b = user;

    b->broken_lists++;
}

static bool on_full(void *user)
{
    struct read_bench *b = user;

    return b->offer_count >= b->not_taken + b->query.limit;
}

static void on_limited(void *user)
{
    struct read_bench *b = user;

    b->limited_count++;
}

static void on_progress(void *user, size_t done, size_t total)
{
    struct read_bench *b = user;

    assert_false(b->failed);
    assert_int_equal(done, b->finished + 1);
    assert_true(done <= total);
    b->finished = done;
}

static void on_notice(void *user, enum message_level level, const struct error *what)
{
    struct read_bench *b = user;

    strbuf_printf(&b->log, "%s %s\n", level == LEVEL_WARNING ? "W" : "H", what->text);
}

static void begin(struct read_bench *b)
{
    static const char *const contoso[] = { "contoso" };

    *b = (struct read_bench){
        .log = STRBUF_INIT((size_t)1024 * 1024),
        .query = { .publishers = contoso, .publisher_count = 1, .witness = WITNESS_NEVER }
    };
    fake_init(&b->net);
}

static void clear(struct read_bench *b)
{
    strbuf_clear(&b->log);
    selection_clear(&b->selection);
    arena_clear(&b->arena);
    fake_clear(&b->net);
}

int read_bench_set_up(void **state)
{
    struct read_bench *b = malloc(sizeof(*b));

    if (b == NULL) {
        return -1;
    }
    begin(b);
    *state = b;
    return 0;
}

int read_bench_tear_down(void **state)
{
    clear(*state);
    free(*state);
    return 0;
}

void read_bench_renew(struct read_bench *b)
{
    clear(b);
    begin(b);
}

const char *read_bench_text(struct read_bench *b, const char *format, ...)
{
    struct strbuf text = STRBUF_INIT(TEXT_MAX);
    const char *copy;
    va_list args;
    char *buffer;
    int len;

    va_start(args, format);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert_in_range(len, 0, TEXT_MAX - 1);
    buffer = strbuf_extend(&text, (size_t)len + 1);
    assert_non_null(buffer);
    va_start(args, format);
    vsnprintf(buffer, (size_t)len + 1, format, args);
    va_end(args);
    copy = arena_strdup(&b->arena, buffer);
    strbuf_clear(&text);
    assert_non_null(copy);
    return copy;
}

static void add(struct read_bench *b, struct fake_answer answer)
{
    assert_true(b->net.answer_count < FAKE_MAX);
    fake_answer(&b->net, answer);
}

void read_bench_script(struct read_bench *b, const char *path, long status, const char *body)
{
    add(b, (struct fake_answer){ .path = path, .status = status, .body = body });
}

void read_bench_once(struct read_bench *b, const char *path, long status, const char *body)
{
    add(b, (struct fake_answer){ .path = path, .status = status, .body = body, .times = 1 });
}

void read_bench_cut(struct read_bench *b, const char *path, const char *body)
{
    add(b, (struct fake_answer){
               .path = path, .status = 200, .result = TRANSPORT_CUT, .body = body, .times = 1 });
}

static struct portal *open_portal(struct read_bench *b, const char *api, struct signin *signin)
{
    const struct portal_options options = { .api = api,
                                            .endpoint = BENCH_ENDPOINT,
                                            .transport = &b->net.base,
                                            .signin = signin,
                                            .seller_id = b->seller_id,
                                            .retries = 4,
                                            .budget_ms = 600000 };
    struct portal *p = NULL;

    assert_int_equal(portal_open(&options, &p, &b->err), 0);
    if (b->api != NULL) {
        p->api = b->api;
    }
    return p;
}

/* The APIs of the words, in their order. */
static size_t open_portals(struct read_bench *b, const char *apis, struct portal *out[PORTAL_APIS])
{
    char words[64], *rest = words;
    size_t count = 0;

    snprintf(words, sizeof(words), "%s", apis);
    for (char *word = strtok_r(words, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < PORTAL_APIS);
        out[count++] = open_portal(b, word, NULL);
    }
    return count;
}

void read_bench_read(struct read_bench *b, const char *apis, enum read_depth depth)
{
    const struct portal_sink sink = { .user = b,
                                      .select = on_select,
                                      .select_by_unique_name = on_select_by_unique_name,
                                      .seen = b->bare ? NULL : on_seen,
                                      .offer = on_offer,
                                      .full = b->bare ? NULL : on_full,
                                      .limited = b->bare ? NULL : on_limited,
                                      .forget = on_forget,
                                      .problem = on_problem,
                                      .not_there = b->finds_apis ? on_not_there : NULL,
                                      .unread = b->bare ? NULL : on_unread,
                                      .list_broken = b->bare ? NULL : on_list_broken,
                                      .progress = on_progress,
                                      .notice = on_notice };
    struct portal *portals[PORTAL_APIS], *witness = NULL;
    size_t count = open_portals(b, apis, portals);

    witness = b->has_witness ? open_portal(b, "graph", b->graph_signin) : NULL;
    b->query.depth = depth;
    b->query.graph = witness;
    b->rc = portal_read(portals, count, &b->query, &sink, &b->err);
    for (size_t i = 0; i < count; i++) {
        portal_close(portals[i]);
    }
    portal_close(witness);
    assert_null(b->net.pending);
    assert_null(b->net.timers);
    assert_true(b->net.request_count < FAKE_MAX); /* every one was recorded */
}

const struct offer *read_bench_offer(const struct read_bench *b, size_t i)
{
    if (i >= b->offer_count) {
        fail_msg("there is no offer %zu in\n%s", i, strbuf_text(&b->log));
    }
    return b->offers[i];
}

bool has_note(const struct offer *o, bool warning, const char *part)
{
    for (size_t i = 0; i < o->note_count; i++) {
        if (o->notes[i].warning == warning && strstr(o->notes[i].text, part) != NULL) {
            return true;
        }
    }
    return false;
}

void expect_log(const struct read_bench *b, const char *want)
{
    if (strcmp(strbuf_text(&b->log), want) != 0) {
        fail_msg("found\n%sexpected\n%s", strbuf_text(&b->log), want);
    }
}

void expect_line(const struct read_bench *b, const char *line)
{
    size_t len = strlen(line);

    for (const char *at = strbuf_text(&b->log); *at != '\0';) {
        const char *end = strchr(at, '\n');
        if ((size_t)(end - at) == len && strncmp(at, line, len) == 0) {
            return;
        }
        at = end + 1;
    }
    fail_msg("found\n%sexpected in it\n%s", strbuf_text(&b->log), line);
}

void expect_urls(const struct read_bench *b, const char *const *want, size_t count)
{
    for (size_t i = 0; i < count || i < b->net.request_count; i++) {
        const char *found = i < b->net.request_count ? b->net.urls[i] : "nothing";
        const char *wanted = i < count ? want[i] : "nothing";
        if (strcmp(found, wanted) != 0) {
            fail_msg("request %zu: found %s, expected %s", i, found, wanted);
        }
    }
}
