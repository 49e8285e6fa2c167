/* test_people.c - which form each view takes for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL ? 0 : -1;
}

static void check(struct render_options options, const struct report *r, const char *wanted)
{
    struct error err = ERROR_INIT;
    char *text = render_to_text("table", &options, r, &err);

    assert_string_equal(err.text, "");
    assert_string_equal(text != NULL ? text : "(nothing)", wanted);
    free(text);
}

/* Fields that were chosen ask for a table, whatever the view. */
static void chosen_fields_make_a_table_of_every_view(void **state)
{
    static const enum render_view views[] = { VIEW_LIST, VIEW_SHOW, VIEW_APPROVALS, VIEW_CHECK };
    static const char *const fields[] = { "id", "live" };
    struct report r;

    (void)state;
    sample_report(&r);
    for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
        const struct render_options options = {
            .view = views[i], .header = true, .fields = fields, .field_count = 2
        };
        check(options, &r, "OFFER       LIVE\ncontoso-vm  yes\n\n1 offer: 1 Publish failed\n");
    }
    report_clear(&r);
}

static void publishers_have_no_tally(void **state)
{
    const struct render_options options = { .view = VIEW_PUBLISHERS, .header = true };
    const struct publisher publisher = { .id = "contoso", .name = "Contoso Ltd." };
    struct report r = REPORT_INIT;

    (void)state;
    check(options, &r, "");
    assert_int_equal(report_publisher(&r, &publisher), 0);
    check(options, &r, "PUBLISHER  NAME          SELLER\ncontoso    Contoso Ltd.  -\n");
    report_clear(&r);
}

static void messages_of_events_stand_below_their_table(void **state)
{
    static const char *const fields[] = { "event", "id" };
    static const struct message message = { .level = LEVEL_ERROR, .text = "bad" };
    static const struct event events[] = {
        { .kind = "submission", .id = "7" },
        { .kind = "operation", .messages = &message, .message_count = 1 },
    };
    const struct render_options options = {
        .view = VIEW_HISTORY, .ascii = true, .fields = fields, .field_count = 2
    };
    struct report r = REPORT_INIT;

    (void)state;
    assert_int_equal(report_event(&r, NULL, &events[0]), 0);
    assert_int_equal(report_event(&r, NULL, &events[1]), 0);
    check(options, &r, "submission  7\noperation   -\n\noperation \n  x bad\n");
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chosen_fields_make_a_table_of_every_view),
        cmocka_unit_test(publishers_have_no_tally),
        cmocka_unit_test(messages_of_events_stand_below_their_table),
    };

    return cmocka_run_group_tests(tests, use_utf8, NULL);
}
