/* test_waiting.c - the lines of a wait, and its screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/outcome.h"
#include "offerstat/wait_view.h"
#include "offerstat/waiting.h"

#include <string.h>

#define HOUR_MS (INT64_C(3600) * 1000)
#define GUID "11111111-2222-3333-4444-555555555555"
#define PAGE                                                                                       \
    "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/" GUID "/overview"

static const struct message item[] = { { .level = LEVEL_ERROR, .text = "See item 42." } };
static const struct step running_steps[] = {
    { .id = "a", .name = "Validation", .status = STEP_COMPLETE },
    { .id = "b", .name = "Certification", .status = STEP_IN_PROGRESS, .estimated = "2-3 days" },
    { .id = "c", .name = "Go live", .status = STEP_NOT_STARTED },
};
static const struct step failed_steps[] = {
    { .id = "a", .name = "Validation", .status = STEP_COMPLETE },
    { .id = "b",
      .name = "Certification",
      .status = STEP_REJECTED,
      .messages = item,
      .message_count = 1 },
};
static const struct offer running = { .id = "vm",
                                      .publisher = "contoso",
                                      .state = STATE_IN_PROGRESS,
                                      .steps = running_steps,
                                      .step_count = 3 };
static const struct offer failed = { .id = "vm",
                                     .publisher = "contoso",
                                     .state = STATE_FAILED,
                                     .product_id = GUID,
                                     .steps = failed_steps,
                                     .step_count = 2 };
static const struct offer signoff = {
    .id = "vm", .publisher = "contoso", .state = STATE_PENDING_SIGNOFF, .product_id = GUID
};

static void lines_of_events(void **state)
{
    static const struct offer live = { .id = "vm", .state = STATE_NONE, .live = LIVE_YES };
    static const struct offer first = { .id = "vm", .state = STATE_IN_PROGRESS, .submission = "7" };
    static const struct offer second = { .id = "vm",
                                         .state = STATE_IN_PROGRESS,
                                         .submission = "8" };
    static const struct offer draft = { .id = "vm", .state = STATE_NONE, .live = LIVE_NO };
    static const struct problem gateway = { .code = ERR_SERVICE, .text = "HTTP 502" };
    static const struct {
        struct wait_event event;
        bool with_publisher;
        const char *want;
    } rows[] = {
        { { .kind = WAIT_START, .now = &running },
          false,
          "vm: Publish in progress, step 2/3 Certification" },
        { { .kind = WAIT_START, .now = &running },
          true,
          "contoso/vm: Publish in progress, step 2/3 Certification" },
        { { .kind = WAIT_START, .now = &first }, false, "vm: Publish in progress (submission 7)" },
        { { .kind = WAIT_CHANGE, .before = &running, .now = &failed },
          false,
          "vm: Publish in progress -> Publish failed, step 2/2 Certification: See item 42." },
        { { .kind = WAIT_CHANGE, .before = &first, .now = &second },
          false,
          "vm: submission 7 is superseded by 8, which is followed from now on: Publish in "
          "progress" },
        { { .kind = WAIT_CHANGE, .before = &second, .now = &first },
          false,
          "vm: submission 8 is gone, the one before it was 7: Publish in progress" },
        { { .kind = WAIT_CHANGE, .before = &first, .now = &draft },
          false,
          "vm: submission 7 is gone: Publish in progress -> not live, with nothing under way" },
        { { .kind = WAIT_CHANGE, .before = &first, .now = &live },
          false,
          "vm: Publish in progress -> live, with nothing under way" },
        { { .kind = WAIT_CHANGE, .before = &live, .now = &live, .gone = true },
          false,
          "vm: no longer listed" },
        { { .kind = WAIT_ERROR, .problem = &gateway, .next_ms = 45000 },
          false,
          "HTTP 502; the next read is in 45s" },
        { { .kind = WAIT_ERROR, .problem = &gateway, .next_ms = -1 }, false, "HTTP 502" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf line = STRBUF_INIT(4096);
        waiting_put_event(&line, &rows[i].event, rows[i].with_publisher);
        assert_string_equal(strbuf_text(&line), rows[i].want);
        strbuf_clear(&line);
    }
}

static void a_long_message_of_lines_is_one_short_line(void **state)
{
    char text[600];
    const struct message messages[] = { { .level = LEVEL_ERROR, .text = text } };
    const struct offer o = { .id = "x", .messages = messages, .message_count = 1 };
    struct strbuf line = STRBUF_INIT(4096);

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    text[3] = '\n';
    memcpy(text + 239, "\xED\x95\x9C", 3); /* a letter that the cut falls into */
    assert_true(waiting_put_message(&line, &o));
    assert_int_equal(line.len, 239 + 3);
    assert_memory_equal(strbuf_text(&line), "xxx xxx", 7);
    assert_string_equal(strbuf_text(&line) + 239, "...");
    strbuf_clear(&line);
}

static void an_offer_without_a_message_has_none(void **state)
{
    struct strbuf line = STRBUF_INIT(4096);

    (void)state;
    assert_false(waiting_put_message(&line, &running));
    assert_int_equal(line.len, 0);
    strbuf_clear(&line);
}

static void a_heartbeat_names_the_first_five(void **state)
{
    struct wait_late late[7];
    struct strbuf line = STRBUF_INIT(4096);

    (void)state;
    for (size_t i = 0; i < 7; i++) {
        late[i] = (struct wait_late){ .offer = &running, .standing_ms = 3 * HOUR_MS };
    }
    waiting_put_heartbeat(&line, late, 1, false);
    assert_string_equal(
        strbuf_text(&line),
        "still waiting for vm (Publish in progress, step 2/3 Certification for 3h)");
    strbuf_reset(&line);
    waiting_put_heartbeat(&line, late, 7, false);
    assert_memory_equal(strbuf_text(&line), "still waiting for 7 offers: vm (", 32);
    assert_non_null(strstr(strbuf_text(&line), "), and 2 more"));
    strbuf_clear(&line);
}

static void last_lines(void **state)
{
    static const struct error gateway = { .code = ERR_SERVICE, .text = "HTTP 502" };
    static const struct wait_late late[] = { { .offer = &running, .standing_ms = 3 * HOUR_MS } };
    static const struct wait_late for_long[] = {
        { .offer = &running, .standing_ms = 3 * HOUR_MS, .at_least = true }
    };
    static const char *const arguments[] = { "contoso-*", "it's" };
    static const struct offer rests = { .id = "vm", .state = STATE_NONE, .live = LIVE_YES };
    static const struct {
        struct wait_ending ending;
        const char *want;
    } rows[] = {
        { { .code = EXIT_OK, .offer = &signoff, .total = 1, .reached = 1, .took_ms = 2 * HOUR_MS },
          "reached (exit 0): vm is Pending publisher sign-off, after 2h. Next: sign off: " PAGE },
        { { .code = EXIT_OK, .offer = &signoff, .total = 2, .reached = 2, .took_ms = 2 * HOUR_MS },
          "reached (exit 0): the last one, vm, is Pending publisher sign-off, after 2h; 2 of 2 "
          "offers are there. Next: sign off: " PAGE },
        { { .code = EXIT_OK, .offer = &signoff, .total = 2, .reached = 1, .any = true },
          "reached (exit 0): vm is Pending publisher sign-off, after 0s; 1 of 2 offers are there. "
          "Next: sign off: " PAGE },
        { { .code = EXIT_FAILED, .offer = &failed, .total = 1, .excepted = 1, .took_ms = 5000 },
          "failed (exit 1): vm is Publish failed, step 2/2 Certification: See item 42, after 5s; "
          "1 excepted. Next: `offerstat show vm` has every message; fix what they say and publish "
          "again: " PAGE },
        { { .code = EXIT_DEADLINE, .late = late, .late_count = 1, .total = 1, .took_ms = HOUR_MS },
          "deadline (exit 124): after 1h; not there: vm (Publish in progress, step 2/3 "
          "Certification for 3h). Next: `offerstat wait vm` goes on waiting" },
        { { .code = EXIT_DEADLINE, .arguments = arguments, .argument_count = 2 },
          "deadline (exit 124): nothing could be read, after 0s. Next: `offerstat wait "
          "'contoso-*' 'it'\\''s'` goes on waiting" },
        { { .code = EXIT_DEADLINE,
            .late = for_long,
            .late_count = 1,
            .total = 1,
            .options = " --for live",
            .selection = " --type vm" },
          "deadline (exit 124): after 0s; not there: vm (Publish in progress, step 2/3 "
          "Certification for at least 3h). Next: `offerstat wait vm --for live` goes on waiting" },
        { { .code = EXIT_SERVICE, .problem = &gateway, .took_ms = HOUR_MS / 2 },
          "service lost (exit 5): HTTP 502, after 30m. Next: `offerstat wait` again once the "
          "service answers" },
        { { .code = EXIT_OK, .offer = &rests, .total = 1, .withdrawn = 1 },
          "reached (exit 0): vm is live, with nothing under way, after 0s; its submission is gone, "
          "and nothing was published in its place. Next: `offerstat show vm`" },
        { { .code = EXIT_DEADLINE,
            .late = late,
            .late_count = 1,
            .total = 2,
            .reached = 1,
            .withdrawn = 1 },
          "deadline (exit 124): after 0s; not there: vm (Publish in progress, step 2/3 "
          "Certification for 3h); submissions that are gone, with nothing published in their "
          "place: 1; 1 of 2 offers are there. Next: `offerstat wait vm` goes on waiting" },
        { { .code = EXIT_OK },
          "reached (exit 0): there are no offers, after 0s. Next: `offerstat "
          "list`" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf line = STRBUF_INIT(65536);
        waiting_put_ending(&line, &rows[i].ending);
        assert_string_equal(strbuf_text(&line), rows[i].want);
        strbuf_clear(&line);
    }
}

/* Offers that are too many to be named are those that this wait was for. */
static void the_next_wait_is_for_the_same(void **state)
{
    static const char *const arguments[] = { "contoso-*" };
    struct wait_late late[LATE_NAMED + 1];
    struct wait_ending e = { .code = EXIT_INTERRUPTED,
                             .late = late,
                             .late_count = LATE_NAMED + 1,
                             .arguments = arguments,
                             .argument_count = 1,
                             .options = " --for live",
                             .selection = " --type vm" };
    struct strbuf line = STRBUF_INIT(4096);

    (void)state;
    for (size_t i = 0; i <= LATE_NAMED; i++) {
        late[i] = (struct wait_late){ .offer = &running };
    }
    waiting_put_next(&line, &e, true);
    assert_string_equal(strbuf_text(&line), "`offerstat wait 'contoso-*' --type vm --for live` "
                                            "goes on waiting");
    strbuf_reset(&line);
    e.late_count = 2;
    waiting_put_next(&line, &e, true);
    assert_string_equal(strbuf_text(&line), "`offerstat wait vm vm --for live` goes on waiting");
    strbuf_reset(&line);
    e.some_unseen = true;
    waiting_put_next(&line, &e, true);
    assert_string_equal(strbuf_text(&line), "`offerstat wait 'contoso-*' --type vm --for live` "
                                            "goes on waiting");
    strbuf_clear(&line);
}

/* The lines of a screen as it would be drawn. */
static void assert_screen(const struct wait_view *v, const char *want)
{
    struct strbuf text = STRBUF_INIT(65536);

    wait_view_put(&text, v);
    assert_false(text.failed);
    assert_string_equal(strbuf_text(&text), want);
    strbuf_clear(&text);
}

static void a_screen_with_room(void **state)
{
    static const struct wait_view_row rows[] = {
        { .offer = &running, .standing_ms = 3 * HOUR_MS },
        { .offer = &signoff, .settled = true },
    };
    static const struct wait_view v = { .rows = rows,
                                        .count = 2,
                                        .reached = 1,
                                        .took_ms = HOUR_MS / 2,
                                        .timeout_ms = HOUR_MS,
                                        .next_ms = 12000,
                                        .said = "warning: odd\n",
                                        .width = 80,
                                        .height = 24,
                                        .ascii = true };

    (void)state;
    assert_screen(&v, "Waiting: 1 of 2 offers are there   30m of 1h   next read in 12s\n"
                      "\n"
                      "vm  Publish in progress  [#--] 2/3  Certification  3h  (2-3 days)\n"
                      "    + Validation\n"
                      "    > Certification  2-3 days\n"
                      "    . Go live\n"
                      "vm  Pending publisher sign-off\n"
                      "\n"
                      "warning: odd\n");
}

/* In a narrow window words go before the time, which shows that something is going on. */
static void the_head_of_a_narrow_screen(void **state)
{
    struct wait_view v = { .count = 0,
                           .took_ms = 12000,
                           .timeout_ms = HOUR_MS / 6,
                           .next_ms = 3000,
                           .said = "",
                           .width = 40,
                           .height = 24,
                           .ascii = true };

    (void)state;
    assert_screen(&v, "Waiting: 0 of 0   12s of 10m\n\n");
    v.width = 45;
    assert_screen(&v, "Waiting: 0 of 0 offers are there   12s of 10m\n\n");
    v.width = 64;
    assert_screen(&v, "Waiting: 0 of 0 offers are there   12s of 10m   next read in 3s\n\n");
}

/* Neither an id nor a state is cut: they stand on two lines where one has no room for both. */
static void a_long_id_on_a_narrow_screen(void **state)
{
    static const struct offer o = { .id = "an-id-of-thirty-six-letters-as-some-a",
                                    .state = STATE_IN_PROGRESS,
                                    .steps = running_steps,
                                    .step_count = 3 };
    static const struct wait_view_row rows[] = { { .offer = &o, .standing_ms = 3 * HOUR_MS } };
    struct wait_view v = { .rows = rows,
                           .count = 1,
                           .timeout_ms = -1,
                           .next_ms = -1,
                           .said = "",
                           .width = 40,
                           .height = 7,
                           .ascii = true };

    (void)state;
    assert_screen(&v, "Waiting: 0 of 1 offers are there   0s\n"
                      "\n"
                      "an-id-of-thirty-six-letters-as-some-a\n"
                      "  Publish in progress  2/3  3h\n"
                      "    + Validation\n"
                      "    > Certification  2-3 days\n"
                      "    . Go live\n");
    v.height = 6; /* no room for the steps */
    assert_screen(&v, "Waiting: 0 of 1 offers are there   0s\n"
                      "\n"
                      "an-id-of-thirty-six-letters-as-some-a\n"
                      "  Publish in progress  2/3  3h\n");
    v.width = 67;
    v.height = 5;
    assert_screen(&v, "Waiting: 0 of 1 offers are there   0s   reading\n"
                      "\n"
                      "an-id-of-thirty-six-letters-as-some-a  Publish in progress  2/3  3h\n");
}

/* Steps go first, then offers that are there, then all that is too much. */
static void a_screen_without_room(void **state)
{
    static const struct wait_view_row rows[] = {
        { .offer = &signoff, .settled = true },
        { .offer = &running },
        { .offer = &running },
        { .offer = &running },
        { .offer = &running },
    };
    struct wait_view v = { .rows = rows,
                           .count = 5,
                           .timeout_ms = -1,
                           .next_ms = -1,
                           .said = "",
                           .width = 32,
                           .height = 5,
                           .ascii = true };

    (void)state;
    assert_screen(&v, "Waiting: 0 of 5   0s   reading\n"
                      "\n"
                      "vm  Publish in progress  2/3  0s\n"
                      "vm  Publish in progress  2/3  0s\n"
                      "and 3 more\n");
    v.width = 31;
    v.height = 7;
    assert_screen(&v, "Waiting: 0 of 5   0s   reading\n"
                      "\n"
                      "vm\n"
                      "  Publish in progress  2/3  0s\n"
                      "vm\n"
                      "  Publish in progress  2/3  0s\n"
                      "and 3 more\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_events),
        cmocka_unit_test(a_long_message_of_lines_is_one_short_line),
        cmocka_unit_test(an_offer_without_a_message_has_none),
        cmocka_unit_test(a_heartbeat_names_the_first_five),
        cmocka_unit_test(last_lines),
        cmocka_unit_test(the_next_wait_is_for_the_same),
        cmocka_unit_test(a_screen_with_room),
        cmocka_unit_test(the_head_of_a_narrow_screen),
        cmocka_unit_test(a_long_id_on_a_narrow_screen),
        cmocka_unit_test(a_screen_without_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
