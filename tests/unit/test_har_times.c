/* test_har_times.c - the times of an entry, as HAR 1.2 wants them. */
#include "har/har_times.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void check_start(int64_t began_ms, const struct transport_times *t, const char *wanted)
{
    struct strbuf out = STRBUF_INIT((size_t)1024);

    har_times_put_start(&out, began_ms, t);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void check_times(const struct transport_times *t, const char *wanted)
{
    struct strbuf out = STRBUF_INIT((size_t)1024);

    har_times_put(&out, t);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

/* "ssl" is a part of "connect", and is not counted twice. */
static void the_time_is_the_sum_of_its_parts(void **state)
{
    static const struct transport_times fresh = { .blocked_us = -1,
                                                  .dns_us = 1000,
                                                  .connect_us = 2000,
                                                  .tls_us = 30000,
                                                  .send_us = 4,
                                                  .wait_us = 500000,
                                                  .receive_us = 6000 };

    (void)state;
    check_start(1000000000042, &fresh,
                "{\"startedDateTime\": \"2001-09-09T01:46:40.042Z\", \"time\": 539.004,\n  ");
    check_times(&fresh,
                "\"cache\": {}, \"timings\": {\"blocked\": -1, \"dns\": 1.000, \"connect\": "
                "32.000, \"ssl\": 30.000, \"send\": 0.004, \"wait\": 500.000, "
                "\"receive\": 6.000}");
}

static void what_did_not_take_place_is_told_where_it_may_be(void **state)
{
    static const struct transport_times none = { .blocked_us = -1,
                                                 .dns_us = -1,
                                                 .connect_us = -1,
                                                 .tls_us = -1,
                                                 .send_us = -1,
                                                 .wait_us = -1,
                                                 .receive_us = -1 };
    static const struct transport_times reused = {
        .blocked_us = 50, .dns_us = -1, .connect_us = -1, .tls_us = -1, .wait_us = 1500
    };

    (void)state;
    check_start(0, &none,
                "{\"startedDateTime\": \"1970-01-01T00:00:00.000Z\", \"time\": 0.000,\n  ");
    check_times(&none,
                "\"cache\": {}, \"timings\": {\"blocked\": -1, \"dns\": -1, \"connect\": -1, "
                "\"ssl\": -1, \"send\": 0.000, \"wait\": 0.000, \"receive\": 0.000}");
    check_start(999, &reused,
                "{\"startedDateTime\": \"1970-01-01T00:00:00.999Z\", \"time\": 1.550,\n  ");
    check_times(&reused,
                "\"cache\": {}, \"timings\": {\"blocked\": 0.050, \"dns\": -1, \"connect\": "
                "-1, \"ssl\": -1, \"send\": 0.000, \"wait\": 1.500, \"receive\": 0.000}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_is_the_sum_of_its_parts),
        cmocka_unit_test(what_did_not_take_place_is_told_where_it_may_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
