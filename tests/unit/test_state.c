/* test_state.c - tokens, labels, actions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/state.h"

static void every_state_has_token_and_label(void **state)
{
    static const struct {
        enum offer_state state;
        const char *token, *label;
    } rows[] = {
        { STATE_NONE, "none", "-" },
        { STATE_IN_PROGRESS, "in_progress", "Publish in progress" },
        { STATE_FAILED, "failed", "Publish failed" },
        { STATE_CANCELED, "canceled", "Publish canceled" },
        { STATE_PENDING_SIGNOFF, "pending_signoff", "Pending publisher sign-off" },
        { STATE_DELISTED, "delisted", "Delisted" },
        { STATE_UNKNOWN, "unknown", "Unknown" },
    };
    enum offer_state found;

    (void)state;
    assert_int_equal(sizeof(rows) / sizeof(rows[0]), STATE_COUNT);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        assert_string_equal(state_token(rows[i].state), rows[i].token);
        assert_string_equal(state_label(rows[i].state), rows[i].label);
        assert_true(state_parse(rows[i].token, &found));
        assert_int_equal(found, rows[i].state);
        assert_true(state_parse(rows[i].label, &found));
        assert_int_equal(found, rows[i].state);
    }
}

static void other_spellings_are_read(void **state)
{
    static const struct {
        const char *text;
        enum offer_state state;
    } rows[] = {
        { "IN-PROGRESS", STATE_IN_PROGRESS },
        { "in progress", STATE_IN_PROGRESS },
        { "cancelled", STATE_CANCELED },
        { "publish cancelled", STATE_CANCELED },
        { "pending publisher signoff", STATE_PENDING_SIGNOFF },
        { "Awaiting publisher sign out", STATE_PENDING_SIGNOFF },
    };
    enum offer_state found = STATE_UNKNOWN;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(state_parse(rows[i].text, &found));
        assert_int_equal(found, rows[i].state);
    }
    found = STATE_FAILED;
    assert_false(state_parse("broken", &found));
    assert_false(state_parse("", &found));
    assert_false(state_parse("--", &found));
    assert_int_equal(found, STATE_FAILED);
}

static void live_values_are_read(void **state)
{
    enum offer_live found = LIVE_UNKNOWN;

    (void)state;
    for (int i = 0; i < LIVE_COUNT; i++) {
        assert_true(live_parse(live_token((enum offer_live)i), &found));
        assert_int_equal(found, i);
    }
    assert_true(live_parse("YES", &found));
    assert_int_equal(found, LIVE_YES);
    assert_false(live_parse("maybe", &found));
    assert_string_equal(live_token(LIVE_PREVIEW), "preview");
}

static void every_state_asks_for_its_action(void **state)
{
    static const struct {
        enum offer_state state;
        bool blocked;
        enum offer_action action;
        const char *token;
    } rows[] = {
        { STATE_NONE, false, ACTION_NONE, "none" },
        { STATE_NONE, true, ACTION_NONE, "none" },
        { STATE_DELISTED, false, ACTION_NONE, "none" },
        { STATE_IN_PROGRESS, false, ACTION_WAIT, "wait" },
        { STATE_IN_PROGRESS, true, ACTION_FIX, "fix" },
        { STATE_FAILED, false, ACTION_FIX, "fix" },
        { STATE_CANCELED, false, ACTION_REPUBLISH, "republish" },
        { STATE_PENDING_SIGNOFF, true, ACTION_SIGN_OFF, "sign_off" },
        { STATE_UNKNOWN, false, ACTION_LOOK, "look" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(state_action(rows[i].state, rows[i].blocked), rows[i].action);
        assert_string_equal(action_token(rows[i].action), rows[i].token);
    }
}

static void other_vocabularies_have_tokens(void **state)
{
    static const char *const steps[STEP_STATUS_COUNT] = {
        [STEP_UNKNOWN] = "unknown",
        [STEP_NOT_STARTED] = "not_started",
        [STEP_IN_PROGRESS] = "in_progress",
        [STEP_WAITING_SIGNOFF] = "waiting_signoff",
        [STEP_WAITING_APPROVAL] = "waiting_approval",
        [STEP_BLOCKED] = "blocked",
        [STEP_REJECTED] = "rejected",
        [STEP_COMPLETE] = "complete",
        [STEP_CANCELED] = "canceled",
    };

    (void)state;
    for (int i = 0; i < STEP_STATUS_COUNT; i++) {
        assert_string_equal(step_status_token((enum step_status)i), steps[i]);
        assert_true(step_status_label((enum step_status)i)[0] != '\0');
    }
    assert_null(basis_token(BASIS_NONE));
    assert_string_equal(basis_token(BASIS_DOCUMENTED), "documented");
    assert_string_equal(basis_token(BASIS_CLIENT), "client");
    assert_string_equal(basis_token(BASIS_INFERRED), "inferred");
    assert_string_equal(basis_token(BASIS_PROVISIONAL), "provisional");
    assert_string_equal(level_token(LEVEL_INFORMATION), "information");
    assert_string_equal(level_token(LEVEL_WARNING), "warning");
    assert_string_equal(level_token(LEVEL_ERROR), "error");
}

static void every_token_stands_for_its_value(void **state)
{
    (void)state;
    assert_string_equal(live_token(LIVE_UNKNOWN), "unknown");
    assert_string_equal(live_token(LIVE_YES), "yes");
    assert_string_equal(live_token(LIVE_NO), "no");
    assert_string_equal(live_token(LIVE_PREVIEW), "preview");
    assert_string_equal(action_token(ACTION_NONE), "none");
    assert_string_equal(action_token(ACTION_WAIT), "wait");
    assert_string_equal(action_token(ACTION_FIX), "fix");
    assert_string_equal(action_token(ACTION_REPUBLISH), "republish");
    assert_string_equal(action_token(ACTION_SIGN_OFF), "sign_off");
    assert_string_equal(action_token(ACTION_LOOK), "look");
}

static void only_a_process_under_way_minds_a_blocked_step(void **state)
{
    (void)state;
    for (int i = 0; i < STATE_COUNT; i++) {
        enum offer_state s = (enum offer_state)i;
        assert_int_equal(state_action(s, true) == state_action(s, false), s != STATE_IN_PROGRESS);
    }
}

static void no_word_is_no_state(void **state)
{
    enum offer_state found = STATE_FAILED;
    enum offer_live live = LIVE_PREVIEW;

    (void)state;
    assert_false(state_parse(NULL, &found));
    assert_false(state_parse("fail", &found));
    assert_false(state_parse("publish", &found));
    assert_int_equal(found, STATE_FAILED);
    assert_false(live_parse(NULL, &live));
    assert_false(live_parse("", &live));
    assert_false(live_parse("live", &live));
    assert_int_equal(live, LIVE_PREVIEW);
}

/* The words of the three APIs: level, severity. */
static void level_is_that_of_the_word(void **state)
{
    static const struct {
        const char *word;
        enum message_level want;
    } rows[] = {
        { "error", LEVEL_ERROR },
        { "Error", LEVEL_ERROR },
        { "ERROR", LEVEL_ERROR },
        { "critical", LEVEL_ERROR },
        { "warning", LEVEL_WARNING },
        { "Warning", LEVEL_WARNING },
        { "information", LEVEL_INFORMATION },
        { "Informational", LEVEL_INFORMATION },
        { "info", LEVEL_INFORMATION },
        { "something new", LEVEL_INFORMATION },
        { "no error", LEVEL_INFORMATION },
        { "errors", LEVEL_INFORMATION },
        { "", LEVEL_INFORMATION },
        { NULL, LEVEL_INFORMATION },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (level_of_word(rows[i].word) != rows[i].want) {
            fail_msg("\"%s\"", rows[i].word != NULL ? rows[i].word : "NULL");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_state_has_token_and_label),
        cmocka_unit_test(other_spellings_are_read),
        cmocka_unit_test(live_values_are_read),
        cmocka_unit_test(every_state_asks_for_its_action),
        cmocka_unit_test(other_vocabularies_have_tokens),
        cmocka_unit_test(every_token_stands_for_its_value),
        cmocka_unit_test(only_a_process_under_way_minds_a_blocked_step),
        cmocka_unit_test(no_word_is_no_state),
        cmocka_unit_test(level_is_that_of_the_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
