/* test_timestamp.c - times as three APIs write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/timestamp.h"

#include <string.h>

static void fraction_digits_stay_as_they_came(void **state)
{
    static const struct {
        const char *text, *wanted;
        int64_t ms;
    } rows[] = {
        { "2022-06-02T12:25:56", "2022-06-02T12:25:56Z", INT64_C(1654172756000) },
        { "2022-06-02T12:25:56Z", "2022-06-02T12:25:56Z", INT64_C(1654172756000) },
        { "2022-06-02T12:25:56.6", "2022-06-02T12:25:56.6Z", INT64_C(1654172756600) },
        { "2022-06-02T12:25:56.65", "2022-06-02T12:25:56.65Z", INT64_C(1654172756650) },
        { "2022-06-02T12:25:56.651", "2022-06-02T12:25:56.651Z", INT64_C(1654172756651) },
        { "2022-06-02T12:25:56.6519", "2022-06-02T12:25:56.6519Z", INT64_C(1654172756651) },
        { "2022-06-02T12:25:56.65199", "2022-06-02T12:25:56.65199Z", INT64_C(1654172756651) },
        { "2022-06-02T12:25:56.651999Z", "2022-06-02T12:25:56.651999Z", INT64_C(1654172756651) },
        { "2017-05-23T23:33:47.8802283Z", "2017-05-23T23:33:47.8802283Z", INT64_C(1495582427880) },
        { "2022-06-02T12:25:56.", "2022-06-02T12:25:56Z", INT64_C(1654172756000) },
        { "2022-06-02 12:25:56", "2022-06-02T12:25:56Z", INT64_C(1654172756000) },
        { "2022-06-02T14:25:56+02:00", "2022-06-02T12:25:56Z", INT64_C(1654172756000) },
        { "2022-06-02T07:25:56.5-0500", "2022-06-02T12:25:56.5Z", INT64_C(1654172756500) },
        { "2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z", INT64_C(1709164800000) },
        { "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", 0 },
        { "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", -1000 },
    };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(timestamp_read(rows[i].text, &ms, out), TIMESTAMP_OK);
        assert_string_equal(out, rows[i].wanted);
        assert_int_equal(ms, rows[i].ms);
    }
}

static void sentinels_mean_never(void **state)
{
    static const char *const texts[] = { "0001-01-01T00:00:00", "0001-01-01T00:00:00Z",
                                         "1601-01-01T00:00:00Z" };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(timestamp_read(texts[i], &ms, out), TIMESTAMP_NEVER);
    }
}

static void what_is_no_time_is_bad(void **state)
{
    static const char *const texts[] = {
        "",
        "yesterday",
        "2022",
        "2022-13-01T00:00:00",
        "2022-02-29T00:00:00",
        "2022-00-10T00:00:00",
        "2022-01-00T00:00:00",
        "2022-01-01T24:00:00",
        "2022-01-01T00:60:00",
        "2022-01-01T00:00:61",
        "2022-01-01T00:00",
        "2022-01-01T00:00:00+15:00",
        "2022-01-01T00:00:00+2",
        "2022-01-01T00:00:00Zx",
        "2022-01-01T00:00:00 GMT",
        "22-01-01T00:00:00",
        "2022/01/01T00:00:00",
    };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_int_equal(timestamp_read(texts[i], &ms, out), TIMESTAMP_BAD);
    }
    assert_int_equal(timestamp_read(NULL, &ms, out), TIMESTAMP_BAD);
}

static void formatting_is_rfc_3339(void **state)
{
    char out[TIMESTAMP_MAX];

    (void)state;
    timestamp_format(INT64_C(1654172756651), out);
    assert_string_equal(out, "2022-06-02T12:25:56Z");
    timestamp_format(-1, out);
    assert_string_equal(out, "1969-12-31T23:59:59Z");
}

static void distances_are_told_as_people_do(void **state)
{
    static const int64_t second = 1000, minute = INT64_C(60) * 1000, hour = INT64_C(3600) * 1000,
                         day = INT64_C(86400) * 1000;
    const struct {
        int64_t ago;
        const char *wanted;
    } rows[] = {
        { 0, "just now" },
        { 5 * minute, "5 minutes ago" },
        { minute, "1 minute ago" },
        { hour, "1 hour ago" },
        { 3 * day, "3 days ago" },
        { -2 * hour, "in 2 hours" },
        { 70 * day, "2 months ago" },
        { 4 * 366 * day, "4 years ago" },
        { 10 * second, "just now" },
    };
    char out[TIMESTAMP_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        timestamp_relative(INT64_C(1700000000000) - rows[i].ago, INT64_C(1700000000000), out);
        assert_string_equal(out, rows[i].wanted);
    }
}

static void http_dates_are_imf_fixdate(void **state)
{
    static const char *const bad[] = { "",
                                       "120",
                                       "Sun, 06 Nov 1994 08:49:37",
                                       "Sun, 06 Nov 1994 08:49:37 CET",
                                       "Sunday, 06-Nov-94 08:49:37 GMT",
                                       "Sun, 32 Nov 1994 08:49:37 GMT",
                                       "Sun, 06 Foo 1994 08:49:37 GMT" };
    int64_t ms = 0;

    (void)state;
    assert_true(timestamp_read_http("Sun, 06 Nov 1994 08:49:37 GMT", &ms));
    assert_int_equal(ms, INT64_C(784111777000));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(timestamp_read_http(bad[i], &ms));
    }
}

static void durations_need_a_unit(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        { "250ms", 250 },    { "10s", 10000 },
        { "5m", 300000 },    { "2h", 7200000 },
        { "7d", 604800000 }, { "1h30m", 5400000 },
        { "0s", 0 },         { "3650d", INT64_C(315360000000) },
    };
    static const char *const bad[] = {
        "", "5", "s", "5x", "-5s", "5 s", "1.5h", "5sm", "99999999999999999999s", "4000d", "5m3"
    };
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(duration_parse(rows[i].text, &ms));
        assert_int_equal(ms, rows[i].ms);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(duration_parse(bad[i], &ms));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fraction_digits_stay_as_they_came),
        cmocka_unit_test(sentinels_mean_never),
        cmocka_unit_test(what_is_no_time_is_bad),
        cmocka_unit_test(formatting_is_rfc_3339),
        cmocka_unit_test(distances_are_told_as_people_do),
        cmocka_unit_test(http_dates_are_imf_fixdate),
        cmocka_unit_test(durations_need_a_unit),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
