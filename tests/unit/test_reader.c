/* test_reader.c - what ends a read, and what its sink hears of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_transport.h"
#include "read/reader.h"

#include <string.h>

/* A reader of one portal, or of two, whose sink counts what it is told. */
struct bench {
    struct fake_transport net;
    struct portal portal;
    struct portal *portals[2];
    struct portal_sink sink;
    struct reader reader;
    size_t problems, refusals;
    char text[160];
    bool sink_fails;
};

static int on_problem(void *user, const struct error *problem, const char *publisher,
                      const char *offer, struct error *err)
{
    struct bench *b = user;

    assert_string_equal(publisher, "contoso");
    assert_string_equal(offer, "vm");
    b->problems++;
    strcpy(b->text, problem->text);
    return b->sink_fails ? error_set(err, ERR_OUTPUT, "stdout is full") : 0;
}

static void on_not_there(void *user, const char *api, const struct error *why)
{
    struct bench *b = user;

    assert_string_equal(api, "graph");
    assert_null(why);
    b->refusals++;
}

static void begin(struct bench *b)
{
    *b = (struct bench){ .sink = { .user = b, .problem = on_problem } };
    fake_init(&b->net);
    b->portal.fetcher.transport = &b->net.base;
    b->portals[0] = &b->portal;
    b->portals[1] = &b->portal;
    b->reader = (struct reader){ .portals = b->portals, .portal_count = 1, .sink = &b->sink };
}

static void first_failure_is_the_one_that_is_told(void **state)
{
    struct bench b;
    struct error first = ERROR_INIT, second = ERROR_INIT;

    (void)state;
    begin(&b);
    error_set(&first, ERR_OUTPUT, "stdout is full");
    error_set(&second, ERR_BUG, "and then all went wrong");
    read_abort(&b.reader, &first);
    read_abort(&b.reader, &second);
    read_no_memory(&b.reader);
    assert_true(b.reader.failed);
    assert_true(b.net.stopped);
    assert_int_equal(b.reader.failure.code, ERR_OUTPUT);
    assert_string_equal(b.reader.failure.text, "stdout is full");
    fake_clear(&b.net);
}

/* What says that the program cannot go on is no problem of one offer. */
static void problem_goes_to_the_sink_or_ends_the_read(void **state)
{
    static const struct {
        enum error_code code;
        bool ends;
    } rows[] = {
        { ERR_NOT_FOUND, false }, { ERR_AUTH, false },  { ERR_SERVICE, false },
        { ERR_ANSWER, false },    { ERR_MEMORY, true }, { ERR_OUTPUT, true },
        { ERR_BUG, true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t portals = 1; portals <= 2; portals++) {
            struct bench b;
            struct error problem = ERROR_INIT;
            begin(&b);
            b.reader.portal_count = portals;
            error_set(&problem, rows[i].code, "told");
            read_problem(&b.reader, &api_graph, &problem, "contoso", "vm");
            assert_int_equal(b.reader.failed, rows[i].ends);
            assert_int_equal(b.problems, rows[i].ends ? 0 : 1);
            if (rows[i].ends) {
                assert_int_equal(b.reader.failure.code, rows[i].code);
            } else {
                assert_string_equal(b.text, portals == 1 ? "told" : "graph: told");
            }
            fake_clear(&b.net);
        }
    }
}

static void sink_that_takes_no_problem_ends_the_read(void **state)
{
    struct bench b;
    struct error problem = ERROR_INIT;

    (void)state;
    begin(&b);
    b.sink_fails = true;
    error_set(&problem, ERR_ANSWER, "told");
    read_problem(&b.reader, &api_graph, &problem, "contoso", "vm");
    assert_true(b.reader.failed);
    assert_string_equal(b.reader.failure.text, "stdout is full");
    fake_clear(&b.net);
}

static void refusal_of_the_account_is_told_to_who_asks(void **state)
{
    struct bench b;

    (void)state;
    begin(&b);
    assert_false(read_not_there(&b.reader, &api_graph, NULL));
    b.sink.not_there = on_not_there;
    assert_true(read_not_there(&b.reader, &api_graph, NULL));
    assert_int_equal(b.refusals, 1);
    fake_clear(&b.net);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_failure_is_the_one_that_is_told),
        cmocka_unit_test(problem_goes_to_the_sink_or_ends_the_read),
        cmocka_unit_test(sink_that_takes_no_problem_ends_the_read),
        cmocka_unit_test(refusal_of_the_account_is_told_to_who_asks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
