/* test_possible_states.c - which states an offer of the list can turn out to have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/portal.h"

#include "offerstat/cpp_rules.h"

#define BIT(state) (1u << STATE_##state)

static const struct {
    const char *word;
    unsigned states;
} words[] = {
    { "neverPublished", BIT(NONE) },
    { "notStarted", BIT(NONE) },
    { "waitingForPublisherReview", BIT(PENDING_SIGNOFF) },
    { "running", BIT(IN_PROGRESS) | BIT(PENDING_SIGNOFF) | BIT(FAILED) },
    { "failed", BIT(FAILED) },
    { "canceled", BIT(CANCELED) | BIT(FAILED) },
    { "succeeded", BIT(NONE) | BIT(PENDING_SIGNOFF) | BIT(DELISTED) | BIT(UNKNOWN) },
    { "published", BIT(NONE) | BIT(PENDING_SIGNOFF) | BIT(DELISTED) | BIT(UNKNOWN) },
    { "stopSold", BIT(DELISTED) },
    { "brandNew", BIT(UNKNOWN) },
    { NULL, ALL_STATES },
};

static void a_word_of_the_old_portal_can_become_what_its_rules_say(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (cpp_possible_states(words[i].word) != words[i].states) {
            fail_msg("%s: found %x", words[i].word, cpp_possible_states(words[i].word));
        }
    }
}

/* Whatever the other requests say, the state is one of those. */
static void no_facts_lead_elsewhere(void **state)
{
    static const enum step_status statuses[] = { STEP_UNKNOWN,         STEP_IN_PROGRESS,
                                                 STEP_BLOCKED,         STEP_REJECTED,
                                                 STEP_CANCELED,        STEP_WAITING_SIGNOFF,
                                                 STEP_WAITING_APPROVAL };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        for (unsigned mask = 0; mask < 16 * 7; mask++) {
            const struct step step = { .id = (mask & 1) != 0 ? "publisher-signoff" : "x",
                                       .status = statuses[mask / 16] };
            const struct cpp_facts facts = {
                .status = words[i].word,
                .depth = DEPTH_STATE,
                .steps_answer = CPP_YES,
                .steps = &step,
                .step_count = 1,
                .production = (mask & 2) != 0 ? CPP_YES : CPP_NO,
                .preview = (mask & 4) != 0 ? CPP_YES : CPP_NO,
                .submissions = CPP_YES,
                .newest_is_publish = (mask & 8) != 0,
                .golive_completed = (mask & 8) == 0,
            };
            assert_true((words[i].states & 1u << cpp_decide(&facts).state) != 0);
        }
    }
}

static void other_apis_tell_no_state_in_their_list(void **state)
{
    static const char *const apis[] = { "ingestion", "graph" };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct offer o = { .id = "x", .api = apis[i], .raw_status = "failed" };
        assert_int_equal(portal_possible_states(&o, WITNESS_AUTO), ALL_STATES);
    }
}

static void a_witness_can_turn_what_is_at_rest_into_delisted(void **state)
{
    const struct offer never = { .id = "x", .api = "cpp", .raw_status = "neverPublished" };
    const struct offer failed = { .id = "x", .api = "cpp", .raw_status = "failed" };

    (void)state;
    assert_int_equal(portal_possible_states(&never, WITNESS_AUTO), BIT(NONE));
    assert_int_equal(portal_possible_states(&never, WITNESS_ALWAYS), BIT(NONE) | BIT(DELISTED));
    assert_int_equal(portal_possible_states(&failed, WITNESS_ALWAYS), BIT(FAILED));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_of_the_old_portal_can_become_what_its_rules_say),
        cmocka_unit_test(no_facts_lead_elsewhere),
        cmocka_unit_test(other_apis_tell_no_state_in_their_list),
        cmocka_unit_test(a_witness_can_turn_what_is_at_rest_into_delisted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
