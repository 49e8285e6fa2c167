/* test_offer_list.c - keeping and ordering offers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"

#include <string.h>

static const struct offer offers[] = {
    { .id = "b",
      .name = "Zeta",
      .version = "9",
      .state = STATE_FAILED,
      .changed_at = "2026-01-02T00:00:00Z" },
    { .id = "A",
      .name = NULL,
      .version = "10",
      .state = STATE_NONE,
      .changed_at = "2026-01-03T00:00:00Z" },
    { .id = "c", .name = "alpha", .version = NULL, .state = STATE_FAILED, .changed_at = NULL },
};

/* The last few that were asked for stay valid. */
static const struct offer *nth(const struct offer_list *list, size_t i)
{
    static struct offer scratch[4];

    return offer_list_at(list, i, &scratch[i % 4]);
}

static void check_order(const char *field, bool descending, const char *wanted)
{
    struct offer_list list = OFFER_LIST_INIT;
    char found[4] = "";

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(offer_list_add(&list, &offers[i]), 0);
    }
    assert_non_null(offer_compare_by(field));
    assert_int_equal(offer_list_sort(&list, offer_compare_by(field), descending), 0);
    for (size_t i = 0; i < 3; i++) {
        found[i] = nth(&list, i)->id[0];
    }
    assert_string_equal(found, wanted);
    offer_list_clear(&list);
}

static void orders_are_by_field_and_stable(void **state)
{
    (void)state;
    check_order("id", false, "Abc");
    check_order("id", true, "cbA");
    check_order("name", false, "cbA");    /* no name comes last */
    check_order("version", false, "bAc"); /* 9 before 10 */
    check_order("changedAt", false, "bAc");
    check_order("changed_at", false, "bAc");
    check_order("state", false, "Abc"); /* equals keep their order */
    check_order("state", true, "bcA");
}

static void every_plain_field_has_an_order(void **state)
{
    static const char *const fields[] = { "id",        "name",    "type",      "publisher", "state",
                                          "label",     "live",    "action",    "rule",      "basis",
                                          "rawStatus", "version", "changedAt", "productId" };

    (void)state;
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        offer_compare by = offer_compare_by(fields[i]);
        assert_non_null(by);
        assert_int_equal(by(&offers[0], &offers[0]), 0);
    }
    assert_null(offer_compare_by("steps"));
    assert_null(offer_compare_by("nothing"));
}

static void many_offers_are_kept(void **state)
{
    struct offer_list list = OFFER_LIST_INIT;

    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(offer_list_add(&list, &offers[i % 3]), 0);
    }
    assert_int_equal(list.count, 1000);
    assert_string_equal(nth(&list, 999)->id, "b");
    assert_int_equal(offer_list_sort(&list, offer_compare_by("id"), false), 0);
    assert_string_equal(nth(&list, 0)->id, "A");
    assert_string_equal(nth(&list, 999)->id, "c");
    offer_list_clear(&list);
    assert_int_equal(list.count, 0);
    assert_int_equal(offer_list_sort(&list, offer_compare_by("id"), false), 0);
}

static void every_order_looks_at_its_own_field(void **state)
{
    static const struct offer less = { .id = "1" };
    static const struct {
        const char *field;
        struct offer smaller, greater;
    } rows[] = {
        { "id", { .id = "a" }, { .id = "B" } },
        { "name", { .name = "a" }, { .name = "ab" } },
        { "type", { .type = "microsoft-azure-applications" }, { .type = "Bare" } },
        { "publisher", { .publisher = "contoso" }, { .publisher = "Fabrikam" } },
        { "state", { .state = STATE_NONE }, { .state = STATE_FAILED } },
        { "label", { .state = STATE_NONE }, { .state = STATE_FAILED } },
        { "live", { .live = LIVE_UNKNOWN }, { .live = LIVE_NO } },
        { "action", { .action = ACTION_NONE }, { .action = ACTION_LOOK } },
        { "rule", { .rule = "cpp-1" }, { .rule = "cpp-5" } },
        { "basis", { .basis = BASIS_NONE }, { .basis = BASIS_CLIENT } },
        { "rawStatus", { .raw_status = "failed" }, { .raw_status = "Running" } },
        { "version", { .version = "9007199254740992" }, { .version = "9007199254740993" } },
        { "changedAt",
          { .changed_at = "2022-06-02T12:25:56Z" },
          { .changed_at = "2022-06-02T12:25:57Z" } },
        { "productId", { .product_id = "0a" }, { .product_id = "0b" } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        offer_compare by = offer_compare_by(rows[i].field);
        if (by(&rows[i].smaller, &rows[i].greater) >= 0 ||
            by(&rows[i].greater, &rows[i].smaller) <= 0 || by(&less, &less) != 0) {
            fail_msg("%s", rows[i].field);
        }
    }
}

static void fractions_of_a_second_have_their_place(void **state)
{
    static const char *const times[] = { "2022-06-02T12:25:56Z", "2022-06-02T12:25:56.65Z",
                                         "2022-06-02T12:25:56.651Z", "2022-06-02T12:25:56.6512345Z",
                                         "2022-06-02T12:25:57Z" };
    offer_compare by = offer_compare_by("changedAt");

    (void)state;
    for (size_t i = 1; i < sizeof(times) / sizeof(times[0]); i++) {
        const struct offer earlier = { .changed_at = times[i - 1] },
                           later = { .changed_at = times[i] };
        const struct offer never = { 0 };
        assert_true(by(&earlier, &later) < 0);
        assert_true(by(&later, &earlier) > 0);
        assert_true(by(&later, &never) < 0); /* no time comes last */
    }
}

static void a_list_of_any_length_is_sorted_and_stable(void **state)
{
    (void)state;
    for (size_t count = 0; count <= 40; count++) {
        struct offer_list list = OFFER_LIST_INIT;
        for (size_t i = 0; i < count; i++) {
            const char id[] = { (char)('A' + i), '\0' };
            const struct offer o = { .id = id, .state = (enum offer_state)(i * 5 % STATE_COUNT) };
            assert_int_equal(offer_list_add(&list, &o), 0);
        }
        assert_int_equal(offer_list_sort(&list, offer_compare_by("state"), count % 2 == 1), 0);
        assert_int_equal(list.count, count);
        for (size_t i = 1; i < count; i++) {
            const struct offer *a = nth(&list, i - 1), *b = nth(&list, i);
            bool right = count % 2 == 1 ? a->state > b->state : a->state < b->state;
            assert_true(right || (a->state == b->state && a->id[0] < b->id[0]));
        }
        offer_list_clear(&list);
    }
}

static void an_offer_too_large_leaves_the_list_as_it_was(void **state)
{
    static const struct note note = { .text = "x" };
    const struct offer huge = { .id = "huge",
                                .notes = &note,
                                .note_count = SIZE_MAX / sizeof(note) };
    struct offer_list list = OFFER_LIST_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&list, &offers[0]), 0);
    assert_int_equal(offer_list_add(&list, &huge), -1);
    assert_int_equal(list.count, 1);
    assert_string_equal(nth(&list, 0)->id, "b");
    offer_list_clear(&list);
}

/* What few offers have is kept beside offers that have none of it, whatever they are sorted by. */
static void sources_and_events_are_kept(void **state)
{
    static const struct source source = { .api = "graph",
                                          .state = STATE_DELISTED,
                                          .live = LIVE_NO,
                                          .basis = BASIS_DOCUMENTED,
                                          .rule = "graph-G6",
                                          .raw_status = "completed/succeeded" };
    static const struct event event = { .api = "cpp",
                                        .kind = "operation",
                                        .id = "7",
                                        .type = "publish",
                                        .state = "running",
                                        .target = "preview",
                                        .started_at = "2026-01-01T00:00:00Z" };
    static const struct offer rich[] = {
        { .id = "y", .api = "graph", .sources = &source, .source_count = 1 },
        { .id = "x", .api = "cpp", .version = "3", .events = &event, .event_count = 1 },
        { .id = "z", .sources = &source, .source_count = 1, .events = &event, .event_count = 1 },
    };
    struct offer_list list = OFFER_LIST_INIT;
    const struct offer *got;

    (void)state;
    assert_int_equal(offer_list_add(&list, &rich[0]), 0);
    assert_int_equal(offer_list_add(&list, &offers[0]), 0);
    assert_int_equal(offer_list_add(&list, &rich[1]), 0);
    assert_int_equal(offer_list_add(&list, &rich[2]), 0);
    assert_int_equal(offer_list_sort(&list, offer_compare_by("id"), false), 0);

    got = nth(&list, 0);
    assert_string_equal(got->id, "b");
    assert_int_equal(got->source_count + got->event_count, 0);
    assert_null(got->sources);
    assert_null(got->events);

    got = nth(&list, 1);
    assert_string_equal(got->id, "x");
    assert_string_equal(got->api, "cpp");
    assert_string_equal(got->version, "3");
    assert_int_equal(got->source_count, 0);
    assert_int_equal(got->event_count, 1);
    assert_ptr_not_equal(got->events, &event);
    assert_string_equal(got->events[0].id, "7");
    assert_ptr_not_equal(got->events[0].id, event.id);
    assert_string_equal(got->events[0].api, "cpp");
    assert_string_equal(got->events[0].kind, "operation");
    assert_string_equal(got->events[0].started_at, "2026-01-01T00:00:00Z");
    assert_null(got->events[0].changed_at);

    got = nth(&list, 2);
    assert_string_equal(got->id, "y");
    assert_int_equal(got->event_count, 0);
    assert_int_equal(got->source_count, 1);
    assert_ptr_not_equal(got->sources, &source);
    assert_string_equal(got->sources[0].api, "graph");
    assert_int_equal(got->sources[0].state, STATE_DELISTED);
    assert_int_equal(got->sources[0].live, LIVE_NO);
    assert_int_equal(got->sources[0].basis, BASIS_DOCUMENTED);
    assert_string_equal(got->sources[0].rule, "graph-G6");
    assert_ptr_not_equal(got->sources[0].rule, source.rule);
    assert_string_equal(got->sources[0].raw_status, "completed/succeeded");

    got = nth(&list, 3);
    assert_string_equal(got->id, "z");
    assert_int_equal(got->source_count, 1);
    assert_int_equal(got->event_count, 1);
    assert_string_equal(got->sources[0].api, "graph");
    assert_string_equal(got->events[0].id, "7");
    offer_list_clear(&list);
}

static void sources_and_events_too_large_leave_the_list_as_it_was(void **state)
{
    static const struct source source = { .api = "cpp" };
    static const struct event event = { .id = "x" };
    static const struct offer huge[] = {
        { .id = "huge", .sources = &source, .source_count = SIZE_MAX / sizeof(source) },
        { .id = "huge", .events = &event, .event_count = SIZE_MAX / sizeof(event) },
    };
    struct offer_list list = OFFER_LIST_INIT;

    (void)state;
    assert_int_equal(offer_list_add(&list, &offers[0]), 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(offer_list_add(&list, &huge[i]), -1);
        assert_int_equal(list.count, 1);
        assert_string_equal(nth(&list, 0)->id, "b");
    }
    offer_list_clear(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(orders_are_by_field_and_stable),
        cmocka_unit_test(every_plain_field_has_an_order),
        cmocka_unit_test(many_offers_are_kept),
        cmocka_unit_test(every_order_looks_at_its_own_field),
        cmocka_unit_test(fractions_of_a_second_have_their_place),
        cmocka_unit_test(a_list_of_any_length_is_sorted_and_stable),
        cmocka_unit_test(an_offer_too_large_leaves_the_list_as_it_was),
        cmocka_unit_test(sources_and_events_are_kept),
        cmocka_unit_test(sources_and_events_too_large_leave_the_list_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
