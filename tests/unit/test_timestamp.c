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
        const char *wanted, *age;
    } rows[] = {
        { 0, "just now", "now" },
        { 5 * minute, "5 minutes ago", "5m" },
        { minute, "1 minute ago", "1m" },
        { hour, "1 hour ago", "1h" },
        { 3 * day, "3 days ago", "3d" },
        { -2 * hour, "in 2 hours", "+2h" },
        { -1 * hour, "in 1 hour", "+1h" },
        { 70 * day, "2 months ago", "2mo" },
        { 4 * 366 * day, "4 years ago", "4y" },
        { 10 * second, "just now", "now" },
        { -10 * second, "just now", "now" },
    };
    char out[TIMESTAMP_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        timestamp_relative(INT64_C(1700000000000) - rows[i].ago, INT64_C(1700000000000), out);
        assert_string_equal(out, rows[i].wanted);
        timestamp_age(INT64_C(1700000000000) - rows[i].ago, INT64_C(1700000000000), out);
        assert_string_equal(out, rows[i].age);
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

static void offsets_move_the_day(void **state)
{
    static const char *const rows[][2] = {
        { "2024-03-01T00:30:00+01:00", "2024-02-29T23:30:00Z" },
        { "2023-12-31T23:30:00.1234567-00:45", "2024-01-01T00:15:00.1234567Z" },
        { "2024-01-01t00:00:00z", "2024-01-01T00:00:00Z" },
        { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" }, /* a leap second */
        { "2000-02-29", "2000-02-29T00:00:00Z" },
        { "2400-02-29T00:00:00-14:00", "2400-02-29T14:00:00Z" },
    };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(timestamp_read(rows[i][0], &ms, out), TIMESTAMP_OK);
        assert_string_equal(out, rows[i][1]);
    }
    assert_int_equal(timestamp_read("1900-02-29T00:00:00Z", &ms, out), TIMESTAMP_BAD);
}

/* RFC 3339 knows years of four digits only. */
static void an_offset_never_leads_out_of_the_calendar(void **state)
{
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    assert_int_equal(timestamp_read("9999-12-31T23:59:59.9999999Z", &ms, out), TIMESTAMP_OK);
    assert_string_equal(out, "9999-12-31T23:59:59.9999999Z");
    assert_int_equal(timestamp_read("9999-12-31T23:59:59-00:01", &ms, out), TIMESTAMP_BAD);
    assert_int_equal(timestamp_read("0000-01-01T00:00:00+00:01", &ms, out), TIMESTAMP_BAD);
}

static void any_number_of_fraction_digits_is_survived(void **state)
{
    char text[300] = "2022-06-02T12:25:56.";
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t len = strlen(text); len + 1 < sizeof(text); len++) {
        text[len] = '7';
        text[len + 1] = '\0';
        assert_int_equal(timestamp_read(text, &ms, out), TIMESTAMP_OK);
        assert_true(strlen(out) < TIMESTAMP_MAX);
        assert_int_equal(out[strlen(out) - 1], 'Z');
        assert_int_equal(ms / 1000, INT64_C(1654172756));
    }
}

static void fractions_before_1970_count_forward(void **state)
{
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    assert_int_equal(timestamp_read("1969-12-31T23:59:59.25Z", &ms, out), TIMESTAMP_OK);
    assert_int_equal(ms, -750);
    timestamp_format(ms, out);
    assert_string_equal(out, "1969-12-31T23:59:59Z");
}

static void times_have_an_order_whatever_their_digits(void **state)
{
    static const char *const rows[] = {
        "1999-12-31T23:59:59.9Z",   "2000-01-01T00:00:00Z",     "2000-01-01T00:00:00.000001Z",
        "2000-01-01T00:00:00.65Z",  "2000-01-01T00:00:00.651Z", "2000-01-01T00:00:00.6512345Z",
        "2000-01-01T00:00:00.652Z", "2000-01-01T00:00:01Z",     "2000-01-01T00:00:10Z",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t j = 0; j < sizeof(rows) / sizeof(rows[0]); j++) {
            int order = timestamp_compare(rows[i], rows[j]);
            if ((order > 0) - (order < 0) != (i > j) - (i < j)) {
                fail_msg("%s against %s: %d", rows[i], rows[j], order);
            }
        }
    }
}

static void a_malformed_part_makes_all_bad(void **state)
{
    static const char *const texts[] = {
        "2022-",
        "2022-1-01T00:00:00",
        "2022-01",
        "2022-01-",
        "2022-01-1T00:00:00",
        "2022-01-01X00:00:00",
        "2022-01-01T",
        "2022-01-01T0",
        "2022-01-01T00",
        "2022-01-01T00:0",
        "2022-01-01T00-00-00",
        "2022-01-01T00:00-00",
        "2022-01-01T00:00:0",
        "2022-01-01T00:00:00,5",
        "2022-01-01T00:00:00.5.5",
        "2022-01-01T00:00:00.x",
        "2022-01-01T00:00:00+",
        "2022-01-01T00:00:00+0",
        "2022-01-01T00:00:00+01:",
        "2022-01-01T00:00:00+01:60",
        "2022-01-01T00:00:00Z ",
        " 2022-01-01T00:00:00Z",
        "2022-01-32T00:00:00",
        "2022-04-31T00:00:00",
        "-022-01-01T00:00:00",
        "2022-03-01-preview2T13:32:43",
    };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (timestamp_read(texts[i], &ms, out) != TIMESTAMP_BAD) {
            fail_msg("\"%s\" is taken for a time", texts[i]);
        }
    }
}

static void only_the_years_1_and_1601_mean_never(void **state)
{
    static const struct {
        const char *text;
        enum timestamp_kind kind;
    } rows[] = {
        { "0001-01-01", TIMESTAMP_NEVER },
        { "0001-01-01T00:00:00.0000000", TIMESTAMP_NEVER },
        { "1601-01-01T00:00:00.0000000Z", TIMESTAMP_NEVER },
        { "0001-01-01T00:00:00x", TIMESTAMP_BAD },
        { "0001-13-01T00:00:00", TIMESTAMP_BAD },
        { "1600-12-31T00:00:00Z", TIMESTAMP_OK },
        { "1602-01-01T00:00:00Z", TIMESTAMP_OK },
    };
    char out[TIMESTAMP_MAX];
    int64_t ms;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(timestamp_read(rows[i].text, &ms, out), rows[i].kind);
    }
}

static void a_unit_is_named_once_it_is_full(void **state)
{
    static const int64_t minute = INT64_C(60) * 1000, hour = INT64_C(3600) * 1000,
                         day = INT64_C(86400) * 1000;
    const struct {
        int64_t ago;
        const char *wanted;
    } rows[] = {
        { minute - 1, "just now" },
        { 1 - minute, "just now" },
        { 2 * minute - 1, "1 minute ago" },
        { hour - 1, "59 minutes ago" },
        { -minute, "in 1 minute" },
        { day - 1, "23 hours ago" },
        { day, "1 day ago" },
        { -3 * day, "in 3 days" },
        { -hour, "in 1 hour" },
    };
    char out[TIMESTAMP_MAX];

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        timestamp_relative(INT64_C(1700000000000) - rows[i].ago, INT64_C(1700000000000), out);
        assert_string_equal(out, rows[i].wanted);
    }
}

static void http_dates_know_every_month(void **state)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        { "Sat, 01 Jan 2022 00:00:00 GMT", INT64_C(1640995200000) },
        { "Tue, 01 Feb 2022 00:00:00 GMT", INT64_C(1643673600000) },
        { "Tue, 01 Mar 2022 00:00:00 GMT", INT64_C(1646092800000) },
        { "Fri, 01 Apr 2022 00:00:00 GMT", INT64_C(1648771200000) },
        { "Sun, 01 May 2022 00:00:00 GMT", INT64_C(1651363200000) },
        { "Wed, 01 Jun 2022 00:00:00 GMT", INT64_C(1654041600000) },
        { "Fri, 01 Jul 2022 00:00:00 GMT", INT64_C(1656633600000) },
        { "Mon, 01 Aug 2022 00:00:00 GMT", INT64_C(1659312000000) },
        { "Thu, 01 Sep 2022 00:00:00 GMT", INT64_C(1661990400000) },
        { "Sat, 01 Oct 2022 00:00:00 GMT", INT64_C(1664582400000) },
        { "Tue, 01 Nov 2022 00:00:00 GMT", INT64_C(1667260800000) },
        { "Thu, 01 Dec 2022 00:00:00 GMT", INT64_C(1669852800000) },
    };
    static const char *const bad[] = {
        "Sun,06 Nov 1994 08:49:37 GMT",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994T08:49:37 GMT",
        "Sun, 06 Nov 1994 8:49:37 GMT",
        "Sun, 06 Nov 1994 08.49.37 GMT",
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov 1994 08:49:3 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, ",
    };
    int64_t ms = 0;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(timestamp_read_http(rows[i].text, &ms));
        assert_int_equal(ms, rows[i].ms);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (timestamp_read_http(bad[i], &ms)) {
            fail_msg("\"%s\" is taken for a date", bad[i]);
        }
    }
    assert_false(timestamp_read_http(NULL, &ms));
}

static void durations_end_at_ten_years(void **state)
{
    static const char *const bad[] = { "315360000001ms", "315360001s", "3650d1ms",
                                       "3649d25h",       "87601h",     "5M",
                                       "1h 30m",         "1y",         "ms" };
    int64_t ms = 42;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        if (duration_parse(bad[i], &ms)) {
            fail_msg("\"%s\" is taken for a duration", bad[i]);
        }
    }
    assert_false(duration_parse(NULL, &ms));
    assert_int_equal(ms, 42);
    assert_true(duration_parse("3649d24h", &ms));
    assert_int_equal(ms, INT64_C(315360000000));
    assert_true(duration_parse("315360000000ms", &ms));
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
        cmocka_unit_test(offsets_move_the_day),
        cmocka_unit_test(an_offset_never_leads_out_of_the_calendar),
        cmocka_unit_test(any_number_of_fraction_digits_is_survived),
        cmocka_unit_test(fractions_before_1970_count_forward),
        cmocka_unit_test(times_have_an_order_whatever_their_digits),
        cmocka_unit_test(a_malformed_part_makes_all_bad),
        cmocka_unit_test(only_the_years_1_and_1601_mean_never),
        cmocka_unit_test(a_unit_is_named_once_it_is_full),
        cmocka_unit_test(http_dates_know_every_month),
        cmocka_unit_test(durations_end_at_ten_years),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
