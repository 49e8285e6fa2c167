/* test_offers_judge.c - a read in which an offer gets lost is a bug, and who is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offers/offers_judge.h"

static void a_sum_that_does_not_come_out_is_a_bug(void **state)
{
    static const struct {
        size_t read, shown, filtered_out, left_out;
        int rc;
    } rows[] = {
        { 0, 0, 0, 0, 0 },  { 6, 6, 0, 0, 0 },  { 6, 3, 2, 1, 0 },  { 6, 5, 0, 0, -1 },
        { 6, 0, 5, 0, -1 }, { 6, 0, 0, 5, -1 }, { 6, 3, 2, 2, -1 }, { 0, 1, 0, 0, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offers_result result = {
            .report = { .read = rows[i].read, .total = rows[i].shown },
            .filtered_out = rows[i].filtered_out,
            .left_out = rows[i].left_out,
        };
        struct error err = ERROR_INIT;
        assert_int_equal(offers_check_sum(&result, &err), rows[i].rc);
        assert_int_equal(err.code, rows[i].rc == 0 ? ERR_NONE : ERR_BUG);
    }
}

/* Two APIs list the same offer; a name that two offers have excepts neither. */
static void an_offer_is_excepted_once(void **state)
{
    static struct excepted met[] = {
        { "contoso", "old", "Old" },      { NULL, "OLD", NULL },
        { "fabrikam", "old", NULL },      { "contoso", "one", "The twin" },
        { "contoso", "two", "The twin" }, { "contoso", "x", "Solo" },
    };
    static const char *const arguments[] = { "old", "the twin", "solo" };
    struct offers_result result = { .excepted = met, .excepted_count = 6 };

    (void)state;
    assert_int_equal(selection_init(&result.except, SELECT_EXACT, arguments, 3), 0);
    for (size_t i = 0; i < 6; i++) {
        selection_see(&result.except, met[i].publisher, met[i].id, met[i].name);
    }
    offers_count_excepted(&result);
    assert_int_equal(result.report.excepted, 3);
    selection_clear(&result.except);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sum_that_does_not_come_out_is_a_bug),
        cmocka_unit_test(an_offer_is_excepted_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
