/* test_outlook_text.c - how a publish that is under way gets on, in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json_value.h"
#include "outlook_text.h"

#define HOUR INT64_C(3600000)
#define NOW INT64_C(1767225600000) /* 2026-01-01T00:00:00Z */

static const struct render_options utc = { .time = RENDER_TIME_UTC, .now_ms = NOW };
static const struct render_options relative = { .time = RENDER_TIME_RELATIVE, .now_ms = NOW };

static void check_age(struct outlook outlook, const struct render_options *options,
                      const char *wanted)
{
    const struct offer o = { .state = STATE_IN_PROGRESS, .outlook = outlook };
    struct strbuf out = STRBUF_INIT(4096);

    outlook_put_age(&out, &o, options);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void an_age_says_how_it_is_known(void **state)
{
    struct outlook outlook = { .since_ms = NOW - 2 * HOUR, .age_ms = 2 * HOUR };

    (void)state;
    check_age(outlook, &relative, "for 2h");
    check_age(outlook, &utc, "since 2025-12-31T22:00:00Z");
    outlook.is_recorded = true;
    check_age(outlook, &relative, "for about 2h");
    check_age(outlook, &utc, "since about 2025-12-31T22:00:00Z");
    outlook.is_at_least = true;
    check_age(outlook, &relative, "for at least 2h");
    check_age(outlook, &utc, "since 2025-12-31T22:00:00Z or before");
    check_age((struct outlook){ .since_ms = 0 }, &relative, "");
}

static void check_estimate(struct estimate e, const struct render_options *options,
                           const char *wanted)
{
    struct strbuf out = STRBUF_INIT(4096);

    outlook_put_estimate(&out, &e, options);
    assert_string_equal(strbuf_text(&out), wanted);
    strbuf_clear(&out);
}

static void an_estimate_always_has_its_spread(void **state)
{
    struct estimate e = { .count = 4,
                          .median_ms = 5 * HOUR,
                          .low_ms = 3 * HOUR,
                          .high_ms = 9 * HOUR,
                          .ends_ms = NOW + 2 * HOUR };

    (void)state;
    check_estimate(e, &relative, "likely to end in 2 hours (takes 3h to 9h, 4 of yours)");
    check_estimate(e, &utc, "likely to end at 2026-01-01T02:00:00Z (takes 3h to 9h, 4 of yours)");
    e.ends_ms = NOW - HOUR; /* half of them had ended by now: no time is named */
    check_estimate(e, &relative, "usually takes 5h (3h to 9h, 4 of yours)");
    e.ends_ms = 0;
    check_estimate(e, &utc, "usually takes 5h (3h to 9h, 4 of yours)");
    check_estimate((struct estimate){ .count = 0 }, &utc, "");
}

static void what_takes_longer_is_said(void **state)
{
    struct estimate e = { .count = 9, .high_ms = 9 * HOUR, .ends_ms = NOW - HOUR, .late = true };

    (void)state;
    check_estimate(e, &utc, "longer than all 9 of yours (9h)");
    e.count = 10;
    check_estimate(e, &relative, "longer than 9 of 10 of yours (9h)");
}

static void check_short(const struct offer *o, const char *text, const char *json)
{
    struct strbuf out = STRBUF_INIT(4096);

    outlook_put_short(&out, o);
    assert_string_equal(strbuf_text(&out), text);
    strbuf_reset(&out);
    json_put_estimate(&out, o);
    assert_string_equal(strbuf_text(&out), json);
    strbuf_clear(&out);
}

static void the_portals_own_words_come_first(void **state)
{
    struct step step = { .id = "certify", .status = STEP_IN_PROGRESS, .estimated = "~2 days" };
    struct offer o = { .state = STATE_IN_PROGRESS, .steps = &step, .step_count = 1 };

    (void)state;
    check_short(&o, "~2 days",
                "{\"basis\":\"portal\",\"text\":\"~2 days\",\"step\":null,\"publish\":null}");
    o.outlook.step = (struct estimate){
        .count = 3, .median_ms = 5 * HOUR, .low_ms = 3 * HOUR, .high_ms = 9 * HOUR, .ends_ms = NOW
    };
    check_short(&o, "~2 days",
                "{\"basis\":\"record\",\"text\":\"~2 days\",\"step\":{\"count\":3,"
                "\"medianSeconds\":18000,\"lowSeconds\":10800,\"highSeconds\":32400,"
                "\"endsAt\":\"2026-01-01T00:00:00Z\",\"late\":false},\"publish\":null}");
    step.estimated = NULL;
    o.outlook.step.late = true;
    o.outlook.step.ends_ms = 0;
    check_short(&o, "> 9h",
                "{\"basis\":\"record\",\"text\":null,\"step\":{\"count\":3,"
                "\"medianSeconds\":18000,\"lowSeconds\":10800,\"highSeconds\":32400,"
                "\"endsAt\":null,\"late\":true},\"publish\":null}");
}

static void what_blocks_has_none(void **state)
{
    const struct step step = { .id = "certify", .status = STEP_REJECTED, .estimated = "~2 days" };
    const struct offer o = { .state = STATE_FAILED, .steps = &step, .step_count = 1 };

    (void)state;
    check_short(&o, "", "null");
}

static void since_has_its_basis(void **state)
{
    struct offer o = { .state = STATE_IN_PROGRESS };
    struct strbuf out = STRBUF_INIT(4096);

    (void)state;
    json_put_since(&out, &o);
    assert_string_equal(strbuf_text(&out), "null");
    strbuf_reset(&out);
    o.outlook = (struct outlook){ .since_ms = NOW, .age_ms = HOUR, .is_recorded = true };
    json_put_since(&out, &o);
    assert_string_equal(strbuf_text(&out), "{\"at\":\"2026-01-01T00:00:00Z\",\"ageSeconds\":3600,"
                                           "\"basis\":\"record\",\"atLeast\":false}");
    strbuf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_age_says_how_it_is_known),
        cmocka_unit_test(an_estimate_always_has_its_spread),
        cmocka_unit_test(what_takes_longer_is_said),
        cmocka_unit_test(the_portals_own_words_come_first),
        cmocka_unit_test(what_blocks_has_none),
        cmocka_unit_test(since_has_its_basis),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
