/* test_offer.c - what one record says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"
#include "sample.h"

static void the_step_that_hinders_most_is_the_current_one(void **state)
{
    static const enum step_status order[] = { STEP_REJECTED,        STEP_BLOCKED,
                                              STEP_WAITING_SIGNOFF, STEP_WAITING_APPROVAL,
                                              STEP_IN_PROGRESS,     STEP_CANCELED };

    (void)state;
    for (size_t i = 0; i < 6; i++) {
        for (size_t j = 0; j < 6; j++) {
            const struct step steps[] = { { .status = STEP_COMPLETE },
                                          { .status = order[i] },
                                          { .status = order[j] },
                                          { .status = STEP_NOT_STARTED } };
            const struct offer o = { .steps = steps, .step_count = 4 };
            assert_ptr_equal(offer_current_step(&o), &steps[i <= j ? 1 : 2]);
        }
    }
}

static void finished_and_untouched_steps_are_not_current(void **state)
{
    static const struct step steps[] = { { .status = STEP_COMPLETE },
                                         { .status = STEP_NOT_STARTED },
                                         { .status = STEP_UNKNOWN } };
    static const struct offer o = { .steps = steps, .step_count = 3 }, none = { 0 };

    (void)state;
    assert_null(offer_current_step(&o));
    assert_null(offer_current_step(&none));
}

static void blocked_and_rejected_steps_block(void **state)
{
    (void)state;
    for (int i = 0; i < STEP_STATUS_COUNT; i++) {
        const struct step s = { .status = (enum step_status)i };
        const struct offer o = { .steps = &s, .step_count = 1 };
        assert_int_equal(step_blocks(&s), i == STEP_BLOCKED || i == STEP_REJECTED);
        assert_int_equal(offer_is_blocked(&o), i == STEP_BLOCKED);
    }
}

static void the_page_needs_a_guid(void **state)
{
    static const char *const bad[] = { "1a2b3c4d-0000-4000-8000-00000000abc",
                                       "1a2b3c4d-0000-4000-8000-00000000abcg",
                                       "1a2b3c4d00000-4000-8000-00000000abcd", "", NULL };
    struct offer o = { .product_id = "1A2b3c4d-0000-4000-8000-00000000abcd" };
    char url[OFFER_URL_MAX];

    (void)state;
    assert_string_equal(offer_url(&o, url),
                        "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/"
                        "1A2b3c4d-0000-4000-8000-00000000abcd/overview");
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        o.product_id = bad[i];
        assert_null(offer_url(&o, url));
    }
}

static void approvals_are_published_or_being_published(void **state)
{
    static const struct {
        enum offer_state state;
        enum offer_live live;
        bool shown;
    } rows[] = {
        { STATE_NONE, LIVE_YES, true },           { STATE_NONE, LIVE_PREVIEW, true },
        { STATE_NONE, LIVE_NO, false },           { STATE_NONE, LIVE_UNKNOWN, true },
        { STATE_IN_PROGRESS, LIVE_NO, true },     { STATE_FAILED, LIVE_NO, true },
        { STATE_PENDING_SIGNOFF, LIVE_NO, true }, { STATE_UNKNOWN, LIVE_NO, true },
        { STATE_CANCELED, LIVE_NO, false },       { STATE_CANCELED, LIVE_YES, true },
        { STATE_DELISTED, LIVE_NO, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct offer o = { .state = rows[i].state, .live = rows[i].live };
        assert_int_equal(offer_needs_approval_view(&o), rows[i].shown);
    }
}

static void a_copy_shares_nothing(void **state)
{
    const struct offer *from = sample_offer();
    struct arena a = ARENA_INIT;
    struct offer to;

    (void)state;
    assert_int_equal(offer_copy(&a, from, &to), 0);
    assert_string_equal(to.id, from->id);
    assert_ptr_not_equal(to.id, from->id);
    assert_int_equal(to.step_count, 3);
    assert_ptr_not_equal(to.steps, from->steps);
    assert_string_equal(to.steps[1].messages[0].links[0].href, "https://example.com/42");
    assert_ptr_not_equal(to.steps[1].messages[0].links, from->steps[1].messages[0].links);
    assert_ptr_not_equal(to.steps[1].messages[0].links[0].href,
                         from->steps[1].messages[0].links[0].href);
    assert_null(to.steps[2].name);
    assert_ptr_not_equal(to.notes, from->notes);
    assert_string_equal(to.notes[0].text, "a note");
    arena_clear(&a);
}

static void assert_same_text(const char *copy, const char *original)
{
    if (original == NULL) {
        assert_null(copy);
    } else {
        assert_string_equal(copy, original);
        assert_ptr_not_equal(copy, original);
    }
}

static void assert_same_messages(const struct message *copy, const struct message *original,
                                 size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(copy[i].level, original[i].level);
        assert_same_text(copy[i].text, original[i].text);
        assert_same_text(copy[i].at, original[i].at);
        assert_int_equal(copy[i].link_count, original[i].link_count);
        for (size_t j = 0; j < original[i].link_count; j++) {
            assert_same_text(copy[i].links[j].text, original[i].links[j].text);
            assert_same_text(copy[i].links[j].href, original[i].links[j].href);
        }
    }
}

static void a_copy_has_everything(void **state)
{
    struct offer from = *sample_offer();
    struct offer to = { 0 };
    struct arena a = ARENA_INIT;

    (void)state;
    from.messages = from.steps[1].messages;
    from.message_count = from.steps[1].message_count;
    assert_int_equal(offer_copy(&a, &from, &to), 0);
    assert_same_text(to.id, from.id);
    assert_same_text(to.name, from.name);
    assert_same_text(to.type, from.type);
    assert_same_text(to.publisher, from.publisher);
    assert_same_text(to.raw_status, from.raw_status);
    assert_same_text(to.version, from.version);
    assert_same_text(to.changed_at, from.changed_at);
    assert_same_text(to.product_id, from.product_id);
    assert_same_text(to.rule, from.rule);
    assert_int_equal(to.state, from.state);
    assert_int_equal(to.live, from.live);
    assert_int_equal(to.action, from.action);
    assert_int_equal(to.basis, from.basis);
    assert_int_equal(to.steps_known, from.steps_known);
    assert_int_equal(to.step_count, from.step_count);
    for (size_t i = 0; i < from.step_count; i++) {
        const struct step *copy = &to.steps[i], *original = &from.steps[i];
        assert_same_text(copy->id, original->id);
        assert_same_text(copy->name, original->name);
        assert_same_text(copy->description, original->description);
        assert_same_text(copy->raw_status, original->raw_status);
        assert_same_text(copy->estimated, original->estimated);
        assert_same_text(copy->started_at, original->started_at);
        assert_same_text(copy->completed_at, original->completed_at);
        assert_int_equal(copy->status, original->status);
        assert_int_equal(copy->progress, original->progress);
        assert_int_equal(copy->message_count, original->message_count);
        assert_same_messages(copy->messages, original->messages, original->message_count);
    }
    assert_int_equal(to.message_count, from.message_count);
    assert_same_messages(to.messages, from.messages, from.message_count);
    assert_int_equal(to.note_count, from.note_count);
    assert_int_equal(to.notes[0].warning, from.notes[0].warning);
    assert_same_text(to.notes[0].text, from.notes[0].text);
    arena_clear(&a);
}

/* A count that no memory can hold stands for memory that has run out. */
static void without_memory_the_target_stays_as_it_was(void **state)
{
    static const struct note note = { .text = "x" };
    const struct offer huge = { .id = "huge",
                                .notes = &note,
                                .note_count = SIZE_MAX / sizeof(note) };
    struct arena a = ARENA_INIT;
    struct offer to = { .id = "kept" };

    (void)state;
    assert_int_equal(offer_copy(&a, &huge, &to), -1);
    assert_string_equal(to.id, "kept");
    assert_int_equal(to.note_count, 0);
    arena_clear(&a);
}

static void an_offer_without_steps_is_not_blocked(void **state)
{
    static const struct step steps[] = { { .status = STEP_COMPLETE }, { .status = STEP_BLOCKED } };
    static const struct offer none = { 0 }, one = { .steps = steps, .step_count = 1 },
                              both = { .steps = steps, .step_count = 2 };

    (void)state;
    assert_false(offer_is_blocked(&none));
    assert_false(offer_is_blocked(&one));
    assert_true(offer_is_blocked(&both));
}

static void every_state_and_presence_is_shown_or_not(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        for (int j = 0; j < LIVE_COUNT; j++) {
            const struct offer o = { .state = (enum offer_state)i, .live = (enum offer_live)j };
            bool rests = i == STATE_NONE || i == STATE_CANCELED;
            bool want = rests ? j != LIVE_NO : i != STATE_DELISTED;
            if (offer_needs_approval_view(&o) != want) {
                fail_msg("%s, live %s", state_token(o.state), live_token(o.live));
            }
        }
    }
}

static const struct link event_links[] = { { .text = "finding", .href = "https://example.com/1" } };
static const struct message event_messages[] = {
    { .level = LEVEL_ERROR,
      .text = "not so",
      .at = "2026-01-02T00:00:00Z",
      .links = event_links,
      .link_count = 1 },
    { .level = LEVEL_WARNING, .text = NULL },
};
static const struct event two_events[] = {
    { .api = "ingestion",
      .kind = "submission",
      .id = "1152921505697719189",
      .type = "Create",
      .state = "InProgress/Failed",
      .target = "Preview",
      .started_at = "2026-01-02T00:00:00Z",
      .changed_at = "2026-01-03T00:00:00Z",
      .messages = event_messages,
      .message_count = 2 },
    { .api = "graph", .kind = "job" },
};

static void assert_same_event(const struct event *copy, const struct event *original)
{
    assert_ptr_equal(copy->api, original->api); /* static */
    assert_ptr_equal(copy->kind, original->kind);
    assert_same_text(copy->id, original->id);
    assert_same_text(copy->type, original->type);
    assert_same_text(copy->state, original->state);
    assert_same_text(copy->target, original->target);
    assert_same_text(copy->started_at, original->started_at);
    assert_same_text(copy->changed_at, original->changed_at);
    assert_int_equal(copy->message_count, original->message_count);
    if (original->message_count > 0) {
        assert_ptr_not_equal(copy->messages, original->messages);
    }
    assert_same_messages(copy->messages, original->messages, original->message_count);
}

static void a_copy_of_an_event_has_everything(void **state)
{
    struct arena a = ARENA_INIT;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct event to = { 0 };
        assert_int_equal(event_copy(&a, &two_events[i], &to), 0);
        assert_same_event(&to, &two_events[i]);
    }
    arena_clear(&a);
}

static void a_copy_has_its_sources_and_events(void **state)
{
    static const struct source sources[] = {
        { .api = "graph",
          .state = STATE_DELISTED,
          .live = LIVE_NO,
          .basis = BASIS_DOCUMENTED,
          .rule = "graph-G6",
          .raw_status = "completed/succeeded" },
        { .api = "cpp", .state = STATE_UNKNOWN, .live = LIVE_PREVIEW },
    };
    const struct offer from = {
        .id = "o", .sources = sources, .source_count = 2, .events = two_events, .event_count = 2
    };
    struct offer to = { 0 };
    struct arena a = ARENA_INIT;

    (void)state;
    assert_int_equal(offer_copy(&a, &from, &to), 0);
    assert_int_equal(to.source_count, 2);
    assert_ptr_not_equal(to.sources, from.sources);
    for (size_t i = 0; i < 2; i++) {
        assert_ptr_equal(to.sources[i].api, sources[i].api); /* static */
        assert_int_equal(to.sources[i].state, sources[i].state);
        assert_int_equal(to.sources[i].live, sources[i].live);
        assert_int_equal(to.sources[i].basis, sources[i].basis);
        assert_same_text(to.sources[i].rule, sources[i].rule);
        assert_same_text(to.sources[i].raw_status, sources[i].raw_status);
    }
    assert_int_equal(to.event_count, 2);
    assert_ptr_not_equal(to.events, from.events);
    for (size_t i = 0; i < 2; i++) {
        assert_same_event(&to.events[i], &two_events[i]);
    }
    arena_clear(&a);
}

static void sources_and_events_too_large_leave_the_target_as_it_was(void **state)
{
    static const struct source source = { .api = "cpp" };
    static const struct event event = { .id = "x" };
    static const struct message message = { .text = "x" };
    static const struct event wordy = { .messages = &message,
                                        .message_count = SIZE_MAX / sizeof(message) };
    static const struct offer huge[] = {
        { .sources = &source, .source_count = SIZE_MAX / sizeof(source) },
        { .events = &event, .event_count = SIZE_MAX / sizeof(event) },
        { .events = &wordy, .event_count = 1 },
    };
    struct arena a = ARENA_INIT;
    struct event copy;

    (void)state;
    for (size_t i = 0; i < sizeof(huge) / sizeof(huge[0]); i++) {
        struct offer to = { .id = "kept" };
        assert_int_equal(offer_copy(&a, &huge[i], &to), -1);
        assert_string_equal(to.id, "kept");
        assert_int_equal(to.source_count + to.event_count, 0);
    }
    assert_int_equal(event_copy(&a, &wordy, &copy), -1);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_step_that_hinders_most_is_the_current_one),
        cmocka_unit_test(finished_and_untouched_steps_are_not_current),
        cmocka_unit_test(blocked_and_rejected_steps_block),
        cmocka_unit_test(the_page_needs_a_guid),
        cmocka_unit_test(approvals_are_published_or_being_published),
        cmocka_unit_test(a_copy_shares_nothing),
        cmocka_unit_test(a_copy_has_everything),
        cmocka_unit_test(without_memory_the_target_stays_as_it_was),
        cmocka_unit_test(an_offer_without_steps_is_not_blocked),
        cmocka_unit_test(every_state_and_presence_is_shown_or_not),
        cmocka_unit_test(a_copy_of_an_event_has_everything),
        cmocka_unit_test(a_copy_has_its_sources_and_events),
        cmocka_unit_test(sources_and_events_too_large_leave_the_target_as_it_was),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
