/* test_people.c - which form each view takes for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <stdlib.h>
#include <string.h>

static void check(struct render_options options, const struct report *r, const char *wanted)
{
    char *text = must_render("table", options, r);

    assert_string_equal(text, wanted);
    free(text);
}

/* Fields that were chosen ask for a table, whatever the view. */
static void chosen_fields_make_a_table_of_every_view(void **state)
{
    static const struct {
        enum render_view view;
        const char *end;
    } rows[] = { { VIEW_LIST, "1 offer: 1 Publish failed\n" },
                 { VIEW_SHOW, "1 offer: 1 Publish failed\n" },
                 { VIEW_APPROVALS, "1 offer: 1 Publish failed\n" },
                 { VIEW_CHECK, "1 offer checked: 1 offends, 0 pass\n  1 Publish failed\n" } };
    static const char *const fields[] = { "id", "live" };
    struct report r;

    (void)state;
    sample_report(&r);
    r.offending = 1;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct render_options options = {
            .view = rows[i].view, .header = true, .fields = fields, .field_count = 2
        };
        char wanted[128];
        snprintf(wanted, sizeof(wanted), "OFFER       LIVE\ncontoso-vm  yes\n\n%s", rows[i].end);
        check(options, &r, wanted);
    }
    report_clear(&r);
}

/* What could not be read stands in the tally, also where nothing could. */
static void the_tally_says_what_could_not_be_read(void **state)
{
    static const struct {
        size_t shown, read, unread, broken_lists;
        const char *wanted;
    } rows[] = {
        { 1, 6, 6, 0, "6 of 12 offers read, 6 could not be read: 1 Publish failed\n" },
        { 1, 1, 0, 1, "1 offer, 1 list could not be read whole: 1 Publish failed\n" },
        { 1, 3, 2, 2,
          "3 of 5 offers read, 2 could not be read, 2 lists could not be read whole: "
          "1 Publish failed\n" },
        { 0, 0, 6, 0, "0 of 6 offers read, 6 could not be read\n" },
        { 0, 0, 0, 1, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct render_options options = { .view = VIEW_LIST, .header = true };
        struct error err = ERROR_INIT;
        struct report r;
        const char *tally;
        char *text;
        sample_report(&r);
        if (rows[i].shown == 0) {
            offer_list_clear(&r.offers);
            r.counts[STATE_FAILED] = 0;
            r.total = 0;
        }
        r.read = rows[i].read;
        r.unread = rows[i].unread;
        r.broken_lists = rows[i].broken_lists;
        text = render_to_text("table", &options, &r, &err);
        assert_non_null(text);
        tally = strstr(text, "\n\n");
        assert_string_equal(tally != NULL ? tally + 2 : text, rows[i].wanted);
        free(text);
        report_clear(&r);
    }
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
        cmocka_unit_test(the_tally_says_what_could_not_be_read),
        cmocka_unit_test(publishers_have_no_tally),
        cmocka_unit_test(messages_of_events_stand_below_their_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
