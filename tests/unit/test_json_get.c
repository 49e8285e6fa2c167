/* test_json_get.c - one request: its elements however they are cut, its secrets, its failures. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/redact.h"
#include "rest/error_body.h"
#include "rest/json_get.h"

#include "fake_transport.h"
#include "json_row.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define URL "https://portal.example/api/x"
#define SECRET "client-secret-0123456789abcdef"
#define HIDDEN "******************************" /* as long */
#define RETRIES 2

/* What the callbacks of one request noted, in `log`: "0=a" for an element whose id is "a", "0!" for
 * one that is not JSON, "~" for a restart, and "end" or "code: text". */
struct bench {
    struct fake_transport net;
    struct fetcher fetcher;
    struct arena bodies;
    struct strbuf log;
    size_t dones;
    size_t fail_at;      /* the element of this index is refused; 0: none */
    bool refuse_restart; /* elements cannot be taken back */
    struct totals {
        size_t elements;
    } totals; /* the results */
};

void __real_free(void *memory);
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

static const char *searched; /* NULL, or what no memory that is given back may hold */
static size_t leaks;         /* blocks that held it */

/* What is given back is overwritten, so that a block is judged by its last use alone. */
void __wrap_free(void *memory)
{
    size_t size = malloc_usable_size(memory);

    if (searched != NULL && memory != NULL &&
        memmem(memory, size, searched, strlen(searched)) != NULL) {
        leaks++;
    }
    if (memory != NULL) {
        memset(memory, 0, size);
    }
    __real_free(memory);
}

/* One that always moves, which leaves what the old block held. */
void *__wrap_realloc(void *memory, size_t size)
{
    size_t old = malloc_usable_size(memory);
    void *moved = malloc(size);

    if (moved != NULL && memory != NULL) {
        memcpy(moved, memory, old < size ? old : size);
        __wrap_free(memory);
    }
    return moved;
}

/* "a", or "a/b" where an object inside has the id "b". */
static void log_ids(struct bench *b, const cJSON *item)
{
    const cJSON *id = cJSON_IsObject(item) ? cJSON_GetObjectItem(item, "id") : item;
    const cJSON *in = cJSON_GetObjectItem(item, "in");

    strbuf_puts(&b->log, cJSON_IsString(id) ? id->valuestring : json_kind(id));
    if (in != NULL) {
        strbuf_puts(&b->log, "/");
        log_ids(b, cJSON_IsArray(in) ? in->child : in);
    }
}

static int on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                      struct error *err)
{
    struct bench *b = user;

    assert_int_equal(b->dones, 0);
    b->totals.elements++;
    if (b->fail_at != 0 && index == b->fail_at) {
        return error_set(err, ERR_OUTPUT, "no room");
    }
    strbuf_printf(&b->log, "%zu", index);
    if (item == NULL) {
        assert_int_equal(bad->code, ERR_ANSWER);
        strbuf_puts(&b->log, "! ");
        return 0;
    }
    strbuf_puts(&b->log, "=");
    log_ids(b, item);
    strbuf_puts(&b->log, " ");
    return 0;
}

static int on_rest(void *user, const cJSON *object, bool has_list, struct error *err)
{
    struct bench *b = user;

    strbuf_puts(&b->log, has_list ? "page=" : "object=");
    log_ids(b, object);
    strbuf_puts(&b->log, " ");
    return b->fail_at != 0 ? error_set(err, ERR_OUTPUT, "no room") : 0;
}

static int on_restart(void *user)
{
    struct bench *b = user;

    strbuf_puts(&b->log, "~ ");
    return b->refuse_restart ? -1 : 0;
}

static void on_refused(void *user, long status, const char *body, struct error *err)
{
    struct bench *b = user;

    strbuf_printf(&b->log, "%ld %s ", status, body);
    error_set(err, ERR_AUTH, "refused");
}

static void on_done(void *user, const struct error *err)
{
    struct bench *b = user;

    b->dones++;
    if (err == NULL) {
        strbuf_puts(&b->log, "end");
    } else {
        strbuf_printf(&b->log, "%s: %s", error_word(err->code), err->text);
    }
}

static void fill(struct bench *b)
{
    fake_init(&b->net);
    b->log = (struct strbuf)STRBUF_INIT((size_t)64 * 1024);
    b->fetcher = (struct fetcher){ .transport = &b->net.base,
                                   .describe = json_error_describe,
                                   .policy = { RETRIES, 500, 30000 },
                                   .deadline_ms = 600000 };
}

static void clear(struct bench *b)
{
    strbuf_clear(&b->log);
    arena_clear(&b->bodies);
    fake_clear(&b->net);
}

/* Begin anew, for the next row of a table. */
static void renew(struct bench *b)
{
    clear(b);
    *b = (struct bench){ 0 };
    fill(b);
}

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    *state = b;
    if (b == NULL) {
        return -1;
    }
    fill(b);
    return 0;
}

static int tear_down(void **state)
{
    clear(*state);
    free(*state);
    redact_clear();
    return 0;
}

static struct json_get spec_of(struct bench *b)
{
    return (struct json_get){ .url = URL,
                              .user = b,
                              .element = on_element,
                              .rest = on_rest,
                              .results = &b->totals,
                              .results_size = sizeof(b->totals),
                              .restart = on_restart,
                              .done = on_done };
}

/* The next request is answered so; ' stands for ". */
static void answer_next(struct bench *b, struct fake_answer answer)
{
    answer.path = "";
    answer.times = 1;
    answer.body = json_quoted(&b->bodies, answer.body);
    fake_answer(&b->net, answer);
}

static void get(struct bench *b, const struct json_get *spec)
{
    struct error err = ERROR_INIT;

    assert_int_equal(json_get_start(&b->fetcher, spec, &err), 0);
    assert_int_equal(b->dones, 0); /* never from within the start */
    assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
    assert_int_equal(b->dones, 1);
}

static void expect_log(const char *row, const struct bench *b, const char *want)
{
    expect_text(row, "log", strbuf_text(&b->log), want);
}

/* Answer with body in pieces of every size, one after the other, and expect the same each time. */
static void expect_however_cut(struct bench *b, const struct json_get *like, const char *body,
                               const char *want)
{
    for (size_t piece = 0; piece < strlen(body); piece++) { /* 0: not cut */
        struct json_get spec = *like;
        renew(b);
        spec.user = b;
        answer_next(b, (struct fake_answer){ .status = 200, .body = body, .piece = piece });
        get(b, &spec);
        expect_log(body, b, want);
    }
}

/* Elements. */

static void elements_are_the_same_however_the_answer_is_cut(void **state)
{
    struct bench *b = *state;
    const struct json_get spec = spec_of(b);

    expect_however_cut(b, &spec, "[ {'id':'a'} , {'id':'b','in':['c']}, 'd',nonsense,{'id':7}]",
                       "0=a 1=b/c 2=d 3! 4=a number end");
    expect_however_cut(b, &spec, "{'id':'a'}", "0=a end");
    expect_however_cut(b, &spec, "[]", "end");
}

static void members_that_are_not_read_are_left_out(void **state)
{
    static const char *const members[] = { "id", NULL };
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    spec.members = members;
    expect_however_cut(b, &spec, "[{'id':'a','in':['c']},{'in':'d','id':'e'}]", "0=a 1=e end");
}

static void without_a_callback_only_the_form_is_checked(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    spec.element = NULL;
    expect_however_cut(b, &spec, "[{'id':'a'},nonsense]", "end");
    expect_however_cut(b, &spec, "[{'id':'a'},}", "answer: element [1]: '}' closes nothing");
}

static void object_where_an_array_must_be_is_an_error(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    spec.array = true;
    expect_however_cut(b, &spec, "{'id':'a'}", "answer: expected a JSON array, found an object");
}

/* Secrets. */

static void secret_in_the_data_is_hidden(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);
    struct error err = ERROR_INIT;

    assert_int_equal(redact_add(SECRET, &err), 0);
    expect_however_cut(b, &spec,
                       "[{'id':'" SECRET "'},{'id':'a','in':{'id':'" SECRET "'}},'x" SECRET "',"
                       "{'id':'b','in':['client\\u002dsecret-0123456789abcdef']}]",
                       "0=" HIDDEN " 1=a/" HIDDEN " 2=x" HIDDEN " 3=b/" HIDDEN " end");
    spec.list = "value";
    expect_however_cut(b, &spec, "{'id':'a','in':{'id':'" SECRET "'}}", "object=a/" HIDDEN " end");
}

/* A token is itself a secret that may be known, and the link to the next page must work. */
static void secret_that_is_needed_is_not_hidden(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);
    struct error err = ERROR_INIT;

    assert_int_equal(redact_add(SECRET, &err), 0);
    spec.list = "value";
    expect_however_cut(b, &spec, "{'value':['b'],'id':'" SECRET "'}", "0=b page=" SECRET " end");
    spec.list = NULL;
    spec.secret = true;
    expect_however_cut(b, &spec, "[{'id':'" SECRET "'}]", "0=" SECRET " end");
}

/* The escape tells the text of the element from the bytes of the answer, which the transport owns;
 * those come in pieces that are shorter than what is searched for. */
static void memory_of_a_secret_answer_is_wiped(void **state)
{
    static const struct {
        const char *name, *body;
        size_t piece;
        const char *searched, *want;
    } rows[] = {
        { "in one piece", "[{'id':'top\\u002dsecret'}]", 0, "top-secret", "0=top-secret end" },
        { "in two", "[{'id':'top\\u002dsecret'}]", 20, "top-secret", "0=top-secret end" },
        { "its bytes", "[{'id':'top\\u002dsecret'}]", 3, "u002dsec", "0=top-secret end" },
        { "its bytes, while more are kept",
          "[{'id':'top\\u002dsecret','in':'0123456789012345678901234567890123456789"
          "0123456789012345678901234567890123456789'}]",
          3, "u002dsec",
          "0=top-secret/0123456789012345678901234567890123456789"
          "0123456789012345678901234567890123456789 end" },
        { "one object", "{'id':'top\\u002dsecret'}", 3, "top-secret", "0=top-secret end" },
        { "not JSON", "[{'id':'top\\u002dsecret',}]", 0, "top-secret", "0! end" },
        { "broken off", "[{'id':'top\\u002dsecret','in", 0, "top-secret",
          "answer: the answer ends in the middle, after 0 whole elements" },
        { "its bytes, broken off", "[{'id':'top\\u002dsecret','in", 3, "u002dsec",
          "answer: the answer ends in the middle, after 0 whole elements" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (int secret = 0; secret < 2; secret++) {
            struct json_get spec = spec_of(b);
            renew(b);
            spec.secret = secret != 0;
            answer_next(b, (struct fake_answer){
                               .status = 200, .body = rows[i].body, .piece = rows[i].piece });
            leaks = 0;
            searched = rows[i].searched;
            get(b, &spec);
            searched = NULL;
            expect_log(rows[i].name, b, rows[i].want);
            expect_number(rows[i].name, "left in memory", leaks > 0, secret == 0);
        }
    }
}

/* Failures. */

static void answer_that_breaks_off_leaves_no_trace(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    b->totals.elements = 5;
    answer_next(b, (struct fake_answer){ .status = 200,
                                         .result = TRANSPORT_CUT,
                                         .body = "[{'id':'a'},{'id':'b'},{" });
    answer_next(b, (struct fake_answer){ .status = 200, .body = "[{'id':'c'}]" });
    get(b, &spec);
    expect_log("read again", b, "0=a 1=b ~ 0=c end");
    assert_int_equal(b->totals.elements, 6);
}

static void request_without_a_callback_for_it_is_made_again(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    spec.restart = NULL;
    spec.results = NULL;
    answer_next(
        b, (struct fake_answer){ .status = 200, .result = TRANSPORT_CUT, .body = "[{'id':'a'},{" });
    answer_next(b, (struct fake_answer){ .status = 200, .body = "[{'id':'c'}]" });
    get(b, &spec);
    expect_log("read again", b, "0=a 0=c end");
    assert_int_equal(b->totals.elements, 2); /* none were given to be restored */
}

static void what_cannot_be_taken_back_is_not_asked_for_again(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    b->refuse_restart = true;
    answer_next(
        b, (struct fake_answer){ .status = 200, .result = TRANSPORT_CUT, .body = "[{'id':'a'},{" });
    get(b, &spec);
    assert_int_equal(b->net.request_count, 1);
    expect_log("not again", b,
               "0=a ~ answer: the answer broke off after 13 bytes: scripted failure");
    assert_int_equal(b->totals.elements, 0);
}

static void callback_that_fails_ends_the_request(void **state)
{
    struct bench *b = *state;

    for (size_t piece = 0; piece < 8; piece++) {
        struct json_get spec = spec_of(b);
        renew(b);
        b->fail_at = 1;
        b->totals.elements = 5;
        answer_next(b, (struct fake_answer){ .status = 200,
                                             .body = "[{'id':'a'},{'id':'b'},{'id':'c'}]",
                                             .piece = piece });
        get(b, &spec);
        expect_log("an element", b, "0=a output: no room");
        assert_int_equal(b->totals.elements, 5);
        assert_int_equal(b->net.request_count, 1);
    }
}

static void page_that_fails_ends_the_request(void **state)
{
    static const struct {
        const char *body, *want;
        bool fails;
    } rows[] = {
        { "{'value':['a'],'id':'p'}", "0=a page=p end", false },
        { "{'value':['a'],'id':'p'}", "0=a page=p output: no room", true },
        { "{'value':['a'],'id':p}", "0=a answer: byte 0x70 where JSON cannot have it", false },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct json_get spec = spec_of(b);
        renew(b);
        spec.list = "value";
        if (rows[i].fails) {
            b->fail_at = 9;
        }
        answer_next(b, (struct fake_answer){ .status = 200, .body = rows[i].body });
        get(b, &spec);
        expect_log(rows[i].body, b, rows[i].want);
    }
}

static void refusal_is_explained_by_its_callback(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);

    spec.refused = on_refused;
    answer_next(b, (struct fake_answer){ .status = 400, .body = "{'why':'x'}" });
    get(b, &spec);
    expect_log("with one", b, "400 {\"why\":\"x\"} auth: refused");
    renew(b);
    spec.refused = NULL;
    answer_next(b, (struct fake_answer){ .status = 400, .body = "{'message':'no such thing'}" });
    get(b, &spec);
    assert_non_null(strstr(strbuf_text(&b->log), "no such thing"));
}

/* Starting and waiting. */

static void request_that_cannot_be_queued_is_not_done(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);
    struct error err = ERROR_INIT;

    b->net.stopped = true;
    assert_int_equal(json_get_start(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_BUG);
    assert_string_equal(err.text, "stopped");
    err = (struct error)ERROR_INIT;
    assert_int_equal(json_get_wait(&b->fetcher, &spec, &err), -1);
    assert_string_equal(err.text, "stopped");
    assert_int_equal(b->dones, 0);
}

static int (*run_well)(struct transport *t, struct error *err);

/* As a transport without memory: every request has its end, and run fails. */
static int run_badly(struct transport *t, struct error *err)
{
    assert_int_equal(run_well(t, err), 0);
    return error_memory(err);
}

static void waiting_returns_what_became_of_the_request(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);
    struct error err = ERROR_INIT;

    answer_next(b, (struct fake_answer){ .status = 200, .body = "[{'id':'a'}]" });
    assert_int_equal(json_get_wait(&b->fetcher, &spec, &err), 0);
    assert_int_equal(err.code, ERR_NONE);
    assert_int_equal(b->totals.elements, 1);

    answer_next(b, (struct fake_answer){ .status = 200, .body = "[{'id':'b'}," });
    assert_int_equal(json_get_wait(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_int_equal(b->totals.elements, 1);

    b->fail_at = 1; /* by the caller's callback, whose code may be any */
    err = (struct error)ERROR_INIT;
    answer_next(b, (struct fake_answer){ .status = 200, .body = "['c','d']" });
    assert_int_equal(json_get_wait(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
    assert_string_equal(err.text, "no room");

    expect_log("no done", b, "0=a 0=b 0=c ");
    assert_int_equal(b->dones, 0);
}

static void transport_that_fails_is_an_error(void **state)
{
    struct bench *b = *state;
    struct json_get spec = spec_of(b);
    struct error err = ERROR_INIT;

    run_well = b->net.base.run;
    b->net.base.run = run_badly;
    answer_next(b, (struct fake_answer){ .status = 200, .body = "[{'id':'a'}]" });
    assert_int_equal(json_get_wait(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(elements_are_the_same_however_the_answer_is_cut, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(members_that_are_not_read_are_left_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_callback_only_the_form_is_checked, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(object_where_an_array_must_be_is_an_error, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(secret_in_the_data_is_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(secret_that_is_needed_is_not_hidden, set_up, tear_down),
        cmocka_unit_test_setup_teardown(memory_of_a_secret_answer_is_wiped, set_up, tear_down),
        cmocka_unit_test_setup_teardown(answer_that_breaks_off_leaves_no_trace, set_up, tear_down),
        cmocka_unit_test_setup_teardown(request_without_a_callback_for_it_is_made_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_taken_back_is_not_asked_for_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(callback_that_fails_ends_the_request, set_up, tear_down),
        cmocka_unit_test_setup_teardown(page_that_fails_ends_the_request, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refusal_is_explained_by_its_callback, set_up, tear_down),
        cmocka_unit_test_setup_teardown(request_that_cannot_be_queued_is_not_done, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(waiting_returns_what_became_of_the_request, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(transport_that_fails_is_an_error, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
