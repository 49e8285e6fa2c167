/* test_cpp_rules.c - the rules of the Cloud Partner Portal, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/cpp_rules.h"

#include <string.h>

#define ASK_SLOT CPP_GET_PRODUCTION

static struct step a_step(enum step_status status)
{
    return (struct step){ .id = "displaycertify", .name = "Certification", .status = status };
}

static struct ruling decide_with(const char *status, struct step step)
{
    const struct cpp_facts f = { .status = status,
                                 .depth = DEPTH_STATE,
                                 .steps_answer = CPP_YES,
                                 .steps = &step,
                                 .step_count = 1 };
    return cpp_decide(&f);
}

static struct ruling decide_done(const char *status, enum cpp_answer production,
                                 enum cpp_answer preview, bool publish, bool golive)
{
    const struct cpp_facts f = { .status = status,
                                 .depth = DEPTH_STATE,
                                 .production = production,
                                 .preview = preview,
                                 .submissions = CPP_YES,
                                 .newest_is_publish = publish,
                                 .golive_completed = golive };
    return cpp_decide(&f);
}

static void check(struct ruling r, const char *rule, enum offer_state state, enum offer_basis basis)
{
    if (rule == NULL) {
        assert_null(r.rule);
    } else {
        assert_non_null(r.rule);
        assert_string_equal(r.rule, rule);
    }
    assert_int_equal(r.state, state);
    assert_int_equal(r.basis, basis);
}

static void waiting_is_sign_off(void **state)
{
    (void)state;
    check(decide_with("waitingForPublisherReview", a_step(STEP_COMPLETE)), "cpp-1",
          STATE_PENDING_SIGNOFF, BASIS_DOCUMENTED);
}

static void running_with_a_waiting_signoff_step_is_sign_off(void **state)
{
    struct step by_id = { .id = "Publisher-Signoff", .status = STEP_WAITING_SIGNOFF };
    struct step by_name = { .name = "Publisher signoff", .status = STEP_WAITING_SIGNOFF };
    struct step idle = { .id = "publisher-signoff", .status = STEP_NOT_STARTED };

    (void)state;
    check(decide_with("running", by_id), "cpp-2", STATE_PENDING_SIGNOFF, BASIS_CLIENT);
    check(decide_with("running", by_name), "cpp-2", STATE_PENDING_SIGNOFF, BASIS_CLIENT);
    check(decide_with("running", idle), "cpp-4", STATE_IN_PROGRESS, BASIS_DOCUMENTED);
}

static void running_with_another_waiting_step_is_sign_off_inferred(void **state)
{
    (void)state;
    check(decide_with("running", a_step(STEP_WAITING_SIGNOFF)), "cpp-3a", STATE_PENDING_SIGNOFF,
          BASIS_INFERRED);
}

static void running_with_a_rejected_step_has_failed(void **state)
{
    (void)state;
    check(decide_with("running", a_step(STEP_REJECTED)), "cpp-3", STATE_FAILED, BASIS_INFERRED);
}

static void sign_off_is_looked_for_before_rejection(void **state)
{
    const struct step steps[] = {
        { .id = "a", .status = STEP_REJECTED },
        { .id = "publisher-signoff", .status = STEP_WAITING_SIGNOFF },
    };
    const struct cpp_facts f = {
        .status = "running", .depth = DEPTH_STATE, .steps = steps, .step_count = 2
    };

    (void)state;
    check(cpp_decide(&f), "cpp-2", STATE_PENDING_SIGNOFF, BASIS_CLIENT);
}

static void running_with_anything_else_is_in_progress(void **state)
{
    static const enum step_status others[] = { STEP_UNKNOWN,          STEP_NOT_STARTED,
                                               STEP_IN_PROGRESS,      STEP_COMPLETE,
                                               STEP_WAITING_APPROVAL, STEP_CANCELED };

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        check(decide_with("running", a_step(others[i])), "cpp-4", STATE_IN_PROGRESS,
              BASIS_DOCUMENTED);
    }
}

static void blocked_is_in_progress_by_inference(void **state)
{
    (void)state;
    check(decide_with("Running", a_step(STEP_BLOCKED)), "cpp-4", STATE_IN_PROGRESS, BASIS_INFERRED);
}

static void failed_is_failed_whatever_steps_say(void **state)
{
    (void)state;
    check(decide_with("failed", a_step(STEP_COMPLETE)), "cpp-5", STATE_FAILED, BASIS_DOCUMENTED);
}

static void canceled_with_a_rejected_step_has_failed(void **state)
{
    (void)state;
    check(decide_with("canceled", a_step(STEP_REJECTED)), "cpp-6", STATE_FAILED, BASIS_INFERRED);
}

static void canceled_is_canceled_with_one_l_or_two(void **state)
{
    static const char *const words[] = { "canceled", "Cancelled", "CANCELED" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        check(decide_with(words[i], a_step(STEP_CANCELED)), "cpp-7", STATE_CANCELED,
              BASIS_DOCUMENTED);
    }
}

static void never_published_is_none_and_not_live(void **state)
{
    static const char *const words[] = { "neverPublished", "NeverPublished", "notStarted",
                                         "Not Started",    "not-started",    "not_started" };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct ruling r = decide_with(words[i], a_step(STEP_NOT_STARTED));
        check(r, "cpp-8", STATE_NONE, BASIS_DOCUMENTED);
        assert_int_equal(r.live, LIVE_NO);
    }
}

static void done_rules_follow_slots_and_submissions(void **state)
{
    static const struct {
        enum cpp_answer production, preview;
        bool publish, golive;
        const char *rule;
        enum offer_state state;
        enum offer_live live;
    } rows[] = {
        { CPP_NO, CPP_YES, true, false, "cpp-9", STATE_PENDING_SIGNOFF, LIVE_PREVIEW },
        { CPP_NO, CPP_YES, true, true, "cpp-9", STATE_PENDING_SIGNOFF, LIVE_PREVIEW },
        { CPP_YES, CPP_UNASKED, false, false, "cpp-10", STATE_NONE, LIVE_YES },
        { CPP_NO, CPP_NO, false, true, "cpp-11", STATE_DELISTED, LIVE_NO },
        { CPP_NO, CPP_NO, true, true, "cpp-11", STATE_DELISTED, LIVE_NO },
        /* never derive Delisted from live=no alone */
        { CPP_NO, CPP_NO, true, false, NULL, STATE_UNKNOWN, LIVE_NO },
        { CPP_NO, CPP_YES, false, true, NULL, STATE_UNKNOWN, LIVE_PREVIEW },
    };
    static const char *const words[] = { "succeeded", "Published", "completed" };

    (void)state;
    for (size_t w = 0; w < 3; w++) {
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            struct ruling r = decide_done(words[w], rows[i].production, rows[i].preview,
                                          rows[i].publish, rows[i].golive);
            check(r, rows[i].rule, rows[i].state,
                  rows[i].rule == NULL ? BASIS_NONE : BASIS_INFERRED);
            assert_int_equal(r.live, rows[i].live);
        }
    }
}

static void success_is_never_read_from_steps(void **state)
{
    struct step step = a_step(STEP_NOT_STARTED);
    const struct cpp_facts f = { .status = "succeeded",
                                 .depth = DEPTH_STEPS,
                                 .production = CPP_YES,
                                 .steps = &step,
                                 .step_count = 1 };

    (void)state;
    check(cpp_decide(&f), "cpp-10", STATE_NONE, BASIS_INFERRED);
}

static void words_of_removal_are_delisted(void **state)
{
    static const char *const words[] = { "delisted",   "Stop Sell",  "stopSold",
                                         "deprecated", "terminated", "removed" };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct ruling r = decide_with(words[i], a_step(STEP_COMPLETE));
        check(r, "cpp-13", STATE_DELISTED, BASIS_INFERRED);
        assert_int_equal(r.live, LIVE_NO);
        assert_false(r.word_is_known);
    }
}

static void other_words_are_unknown(void **state)
{
    static const char *const words[] = { "hibernating", "", "runningg", "fail", NULL };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        struct ruling r = decide_with(words[i], a_step(STEP_COMPLETE));
        check(r, NULL, STATE_UNKNOWN, BASIS_NONE);
        assert_false(r.word_is_known);
    }
}

static void the_list_alone_is_provisional_where_more_could_change_it(void **state)
{
    static const struct {
        const char *status, *rule;
        enum offer_state state;
        enum offer_basis basis;
        enum offer_live live;
    } rows[] = {
        { "neverPublished", "cpp-8", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO },
        { "waitingForPublisherReview", "cpp-1", STATE_PENDING_SIGNOFF, BASIS_DOCUMENTED,
          LIVE_UNKNOWN },
        { "failed", "cpp-5", STATE_FAILED, BASIS_DOCUMENTED, LIVE_UNKNOWN },
        { "running", "cpp-4", STATE_IN_PROGRESS, BASIS_PROVISIONAL, LIVE_UNKNOWN },
        { "canceled", "cpp-7", STATE_CANCELED, BASIS_PROVISIONAL, LIVE_UNKNOWN },
        { "succeeded", "cpp-12", STATE_NONE, BASIS_PROVISIONAL, LIVE_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_facts f = { .status = rows[i].status, .depth = DEPTH_LIST };
        struct ruling r = cpp_decide(&f);
        check(r, rows[i].rule, rows[i].state, rows[i].basis);
        assert_int_equal(r.live, rows[i].live);
        assert_int_equal(cpp_needs(&f), 0);
    }
}

/* What steps, slots and submissions tell may have changed since; only the words that decide alone
 * hold. */
static void no_rule_that_looks_further_is_more_than_provisional_in_a_list(void **state)
{
    static const struct step signoff = { .id = "publisher-signoff",
                                         .status = STEP_WAITING_SIGNOFF },
                             other = { .id = "certify", .status = STEP_WAITING_SIGNOFF },
                             rejected = { .id = "certify", .status = STEP_REJECTED };
    static const struct {
        const char *rule;
        enum offer_state state;
        struct cpp_facts facts;
    } rows[] = {
        { "cpp-2",
          STATE_PENDING_SIGNOFF,
          { .status = "running", .steps = &signoff, .step_count = 1 } },
        { "cpp-3", STATE_FAILED, { .status = "running", .steps = &rejected, .step_count = 1 } },
        { "cpp-3a",
          STATE_PENDING_SIGNOFF,
          { .status = "running", .steps = &other, .step_count = 1 } },
        { "cpp-6", STATE_FAILED, { .status = "canceled", .steps = &rejected, .step_count = 1 } },
        { "cpp-9",
          STATE_PENDING_SIGNOFF,
          { .status = "succeeded",
            .production = CPP_NO,
            .preview = CPP_YES,
            .newest_is_publish = true } },
        { "cpp-10", STATE_NONE, { .status = "succeeded", .production = CPP_YES } },
        { "cpp-11",
          STATE_DELISTED,
          { .status = "succeeded",
            .production = CPP_NO,
            .preview = CPP_NO,
            .golive_completed = true } },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cpp_facts f = rows[i].facts;
        f.depth = DEPTH_LIST;
        check(cpp_decide(&f), rows[i].rule, rows[i].state, BASIS_PROVISIONAL);
    }
}

static void live_needs_both_slots_for_no_and_preview(void **state)
{
    static const struct {
        enum cpp_answer production, preview;
        enum offer_live live;
    } rows[] = {
        { CPP_YES, CPP_UNASKED, LIVE_YES },    { CPP_NO, CPP_YES, LIVE_PREVIEW },
        { CPP_NO, CPP_NO, LIVE_NO },           { CPP_NO, CPP_FAILED, LIVE_UNKNOWN },
        { CPP_FAILED, CPP_NO, LIVE_UNKNOWN },  { CPP_NO, CPP_UNASKED, LIVE_UNKNOWN },
        { CPP_FAILED, CPP_YES, LIVE_UNKNOWN }, { CPP_UNASKED, CPP_UNASKED, LIVE_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_facts f = { .status = "failed",
                                     .depth = DEPTH_STATE,
                                     .production = rows[i].production,
                                     .preview = rows[i].preview };
        assert_int_equal(cpp_decide(&f).live, rows[i].live);
    }
}

/* The table of requests: what is asked first, and what follows a 404 of production. */
static void requests_follow_the_status(void **state)
{
    static const struct {
        const char *status;
        unsigned first, after_404;
    } rows[] = {
        { "neverPublished", 0, 0 },
        { "notStarted", 0, 0 },
        { "waitingForPublisherReview", ASK_SLOT, CPP_GET_PREVIEW },
        { "failed", ASK_SLOT | CPP_GET_STATUS, CPP_GET_PREVIEW },
        { "running", ASK_SLOT | CPP_GET_STATUS, CPP_GET_PREVIEW },
        { "canceled", ASK_SLOT | CPP_GET_STATUS, CPP_GET_PREVIEW },
        { "succeeded", ASK_SLOT, CPP_GET_PREVIEW | CPP_GET_SUBMISSIONS },
        { "published", ASK_SLOT, CPP_GET_PREVIEW | CPP_GET_SUBMISSIONS },
        { "completed", ASK_SLOT, CPP_GET_PREVIEW | CPP_GET_SUBMISSIONS },
        { "hibernating", 0, 0 },
        { NULL, CPP_GET_STATUS, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cpp_facts f = { .status = rows[i].status, .depth = DEPTH_STATE };
        assert_int_equal(cpp_needs(&f), rows[i].first);
        f.depth = DEPTH_STEPS;
        assert_int_equal(cpp_needs(&f), rows[i].first | CPP_GET_STATUS);
        f.steps_answer = CPP_YES;
        f.production = rows[i].first & ASK_SLOT ? CPP_ASKED : CPP_UNASKED;
        assert_int_equal(cpp_needs(&f), 0);
        f.production = rows[i].first & ASK_SLOT ? CPP_NO : CPP_UNASKED;
        assert_int_equal(cpp_needs(&f), rows[i].after_404);
        f.preview = CPP_NO;
        f.submissions = CPP_YES;
        assert_int_equal(cpp_needs(&f), 0);
    }
}

static void nothing_more_is_asked_once_production_is_there(void **state)
{
    static const char *const words[] = { "failed", "succeeded", "running" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        const struct cpp_facts f = {
            .status = words[i], .depth = DEPTH_STATE, .steps_answer = CPP_YES, .production = CPP_YES
        };
        assert_int_equal(cpp_needs(&f), 0);
    }
}

static void a_failed_request_leaves_open_what_rests_on_it(void **state)
{
    static const struct {
        struct cpp_facts facts;
        bool undecidable;
    } rows[] = {
        { { .status = "running", .steps_answer = CPP_FAILED }, true },
        { { .status = "running", .steps_answer = CPP_YES, .production = CPP_FAILED }, false },
        { { .status = "canceled", .steps_answer = CPP_FAILED }, true },
        { { .status = "failed", .steps_answer = CPP_FAILED, .production = CPP_FAILED }, false },
        { { .status = "neverPublished", .steps_answer = CPP_FAILED }, false },
        { { .status = "waitingForPublisherReview", .production = CPP_FAILED }, false },
        { { .status = "succeeded", .production = CPP_FAILED }, true },
        { { .status = "succeeded", .production = CPP_NO, .preview = CPP_FAILED }, true },
        { { .status = "succeeded", .production = CPP_NO, .submissions = CPP_FAILED }, true },
        { { .status = "succeeded", .production = CPP_YES, .steps_answer = CPP_FAILED }, false },
        { { .status = NULL, .steps_answer = CPP_FAILED }, true },
        { { .status = "hibernating", .steps_answer = CPP_FAILED }, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(cpp_undecidable(&rows[i].facts), rows[i].undecidable);
    }
}

static void step_words_of_both_vocabularies_are_known(void **state)
{
    static const struct {
        const char *word;
        enum step_status status;
    } rows[] = {
        { "NotStarted", STEP_NOT_STARTED },
        { "notStarted", STEP_NOT_STARTED },
        { "not started", STEP_NOT_STARTED },
        { "InProgress", STEP_IN_PROGRESS },
        { "running", STEP_IN_PROGRESS },
        { "waitingForPublisherReview", STEP_WAITING_SIGNOFF },
        { "WaitingForApproval", STEP_WAITING_APPROVAL },
        { "blocked", STEP_BLOCKED },
        { "rejected", STEP_REJECTED },
        { "failed", STEP_REJECTED },
        { "complete", STEP_COMPLETE },
        { "completed", STEP_COMPLETE },
        { "canceled", STEP_CANCELED },
        { "cancelled", STEP_CANCELED },
        { "dreaming", STEP_UNKNOWN },
        { "", STEP_UNKNOWN },
        { NULL, STEP_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(cpp_step_status(rows[i].word), rows[i].status);
    }
}

static void the_newest_submission_has_the_highest_number(void **state)
{
    static const struct {
        struct cpp_submission newer, older;
    } rows[] = {
        { { .id = "10" }, { .id = "9" } },
        { { .id = "010" }, { .id = "9" } },
        { { .id = "9007199254740993" }, { .id = "9007199254740992" } }, /* beyond 2^53 */
        { { .id = "123456789012345678901" }, { .id = "99999999999999999999" } },
        { { .id = "b-guid", .version = "636576975611768314" },
          { .id = "a-guid", .version = "636576975611768313" } },
        { { .id = "1", .version = "2" }, { .id = "1", .version = "1" } },
        { { .id = "x", .changed_at = "2026-01-02T00:00:00Z" },
          { .id = "y", .changed_at = "2026-01-01T00:00:00Z" } },
        /* the id wins over the version, which wins over the time */
        { { .id = "2", .version = "1" }, { .id = "1", .version = "2" } },
        { { .id = "a", .version = "2", .changed_at = "2020-01-01T00:00:00Z" },
          { .id = "b", .version = "1", .changed_at = "2026-01-01T00:00:00Z" } },
        { { .id = "2", .changed_at = "2020-01-01T00:00:00Z" },
          { .id = "1", .changed_at = "2026-01-01T00:00:00Z" } },
    };
    static const struct cpp_submission bare = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_true(cpp_submission_compare(&rows[i].newer, &rows[i].older) > 0);
        assert_true(cpp_submission_compare(&rows[i].older, &rows[i].newer) < 0);
    }
    assert_int_equal(cpp_submission_compare(&bare, &bare), 0);
}

static void submissions_publish_or_go_live(void **state)
{
    static const struct cpp_submission golive = { .type = "GoLive", .state = "Succeeded" };
    static const struct cpp_submission publish = { .type = "publish", .state = "running" };

    (void)state;
    assert_true(cpp_submission_is_golive(&golive));
    assert_true(cpp_is_done(golive.state));
    assert_false(cpp_submission_is_golive(&publish));
    assert_false(cpp_is_done(publish.state));
}

/* Steps that would each decide otherwise, taken away one by one: what is left decides. */
static void the_first_rule_of_a_running_offer_wins(void **state)
{
    static const struct step steps[] = {
        { .id = "publisher-signoff", .status = STEP_WAITING_SIGNOFF },
        { .id = "validate", .status = STEP_REJECTED },
        { .id = "certify", .status = STEP_WAITING_SIGNOFF },
        { .id = "provision", .status = STEP_BLOCKED },
        { .id = "live", .status = STEP_NOT_STARTED },
    };
    static const struct {
        const char *rule;
        enum offer_state state;
        enum offer_basis basis;
    } rows[] = {
        { "cpp-2", STATE_PENDING_SIGNOFF, BASIS_CLIENT },
        { "cpp-3", STATE_FAILED, BASIS_INFERRED },
        { "cpp-3a", STATE_PENDING_SIGNOFF, BASIS_INFERRED },
        { "cpp-4", STATE_IN_PROGRESS, BASIS_INFERRED },
        { "cpp-4", STATE_IN_PROGRESS, BASIS_DOCUMENTED },
        { "cpp-4", STATE_IN_PROGRESS, BASIS_DOCUMENTED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_facts f = { .status = "running",
                                     .depth = DEPTH_STATE,
                                     .steps_answer = CPP_YES,
                                     .steps = steps + i,
                                     .step_count = 5 - i };
        check(cpp_decide(&f), rows[i].rule, rows[i].state, rows[i].basis);
    }
}

/* Steps and slots that tell other stories do not turn a word that decides alone. */
static void words_that_decide_alone_look_at_nothing_else(void **state)
{
    static const struct step steps[] = {
        { .id = "publisher-signoff", .status = STEP_WAITING_SIGNOFF },
        { .id = "certify", .status = STEP_REJECTED },
    };
    static const struct {
        const char *status, *rule;
        enum offer_state state;
        enum offer_live live;
    } rows[] = {
        { "waitingForPublisherReview", "cpp-1", STATE_PENDING_SIGNOFF, LIVE_PREVIEW },
        { "failed", "cpp-5", STATE_FAILED, LIVE_PREVIEW },
        { "neverPublished", "cpp-8", STATE_NONE, LIVE_NO },
        { "notStarted", "cpp-8", STATE_NONE, LIVE_NO },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_facts f = { .status = rows[i].status,
                                     .depth = DEPTH_STEPS,
                                     .steps_answer = CPP_YES,
                                     .production = CPP_NO,
                                     .preview = CPP_YES,
                                     .submissions = CPP_YES,
                                     .steps = steps,
                                     .step_count = 2,
                                     .newest_is_publish = true,
                                     .golive_completed = true };
        check(cpp_decide(&f), rows[i].rule, rows[i].state, BASIS_DOCUMENTED);
        assert_int_equal(cpp_decide(&f).live, rows[i].live);
    }
}

static void canceled_waits_for_nobody(void **state)
{
    (void)state;
    check(decide_with("canceled", a_step(STEP_WAITING_SIGNOFF)), "cpp-7", STATE_CANCELED,
          BASIS_DOCUMENTED);
    check(decide_with("canceled", a_step(STEP_BLOCKED)), "cpp-7", STATE_CANCELED, BASIS_DOCUMENTED);
}

static void a_canceled_update_leaves_the_listing_up(void **state)
{
    const struct cpp_facts f = {
        .status = "canceled", .depth = DEPTH_STATE, .steps_answer = CPP_YES, .production = CPP_YES
    };
    struct ruling r = cpp_decide(&f);

    (void)state;
    check(r, "cpp-7", STATE_CANCELED, BASIS_DOCUMENTED);
    assert_int_equal(r.live, LIVE_YES);
}

static void live_never_decides_the_state(void **state)
{
    static const struct {
        enum cpp_answer production, preview;
        enum offer_live live;
    } rows[] = {
        { CPP_YES, CPP_UNASKED, LIVE_YES },
        { CPP_NO, CPP_YES, LIVE_PREVIEW },
        { CPP_NO, CPP_NO, LIVE_NO },
        { CPP_FAILED, CPP_UNASKED, LIVE_UNKNOWN },
        { CPP_ASKED, CPP_UNASKED, LIVE_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_facts f = { .status = "running",
                                     .depth = DEPTH_STATE,
                                     .steps_answer = CPP_YES,
                                     .production = rows[i].production,
                                     .preview = rows[i].preview };
        struct ruling r = cpp_decide(&f);
        check(r, "cpp-4", STATE_IN_PROGRESS, BASIS_DOCUMENTED);
        assert_int_equal(r.live, rows[i].live);
    }
}

static void every_known_status_is_known_in_every_spelling(void **state)
{
    static const char *const words[] = {
        "neverPublished",
        "never-published",
        "notStarted",
        "Not Started",
        "running",
        "RUNNING",
        "succeeded",
        "Succeeded",
        "published",
        "completed",
        "canceled",
        "Cancelled",
        "failed",
        "Failed",
        "waitingForPublisherReview",
        "Waiting for publisher review",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (!decide_with(words[i], a_step(STEP_COMPLETE)).word_is_known) {
            fail_msg("%s", words[i]);
        }
    }
}

static void removal_shows_in_any_part_of_the_word(void **state)
{
    static const char *const words[] = { "beingDelisted", "pendingStopSell", "was_stop_sold",
                                         "deprecating",   "termination",     "REMOVED",
                                         "de-listing" };

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        const struct cpp_facts f = { .status = words[i],
                                     .depth = DEPTH_LIST,
                                     .production = CPP_YES };
        check(cpp_decide(&f), "cpp-13", STATE_DELISTED, BASIS_INFERRED);
        assert_int_equal(cpp_decide(&f).live, LIVE_NO); /* delisted implies it */
    }
}

static void every_word_of_success_is_provisional_from_the_list(void **state)
{
    static const char *const words[] = { "succeeded", "published", "completed" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        struct cpp_facts f = { .status = words[i], .depth = DEPTH_LIST };
        check(cpp_decide(&f), "cpp-12", STATE_NONE, BASIS_PROVISIONAL);
        f.depth = DEPTH_STATE; /* asked for, not yet answered */
        check(cpp_decide(&f), NULL, STATE_UNKNOWN, BASIS_NONE);
    }
}

static void the_list_alone_asks_for_nothing(void **state)
{
    static const char *const words[] = { "notStarted", "published", "hibernating", NULL };

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        const struct cpp_facts f = { .status = words[i], .depth = DEPTH_LIST };
        assert_int_equal(cpp_needs(&f), 0);
    }
}

static void an_answer_that_failed_is_not_asked_for_again(void **state)
{
    static const char *const words[] = { "failed", "running", "canceled", "succeeded", NULL };

    (void)state;
    for (size_t i = 0; i < 5; i++) {
        struct cpp_facts f = { .status = words[i],
                               .depth = DEPTH_STEPS,
                               .steps_answer = CPP_FAILED,
                               .production = CPP_FAILED };
        assert_int_equal(cpp_needs(&f), 0);
        f.production = CPP_NO;
        f.preview = CPP_FAILED;
        f.submissions = CPP_FAILED;
        assert_int_equal(cpp_needs(&f), 0);
    }
}

static void a_status_read_late_is_followed(void **state)
{
    struct cpp_facts f = { .depth = DEPTH_STATE };

    (void)state;
    assert_int_equal(cpp_needs(&f), CPP_GET_STATUS);
    f.steps_answer = CPP_ASKED;
    assert_int_equal(cpp_needs(&f), 0);
    f.steps_answer = CPP_YES;
    f.status = "running";
    assert_int_equal(cpp_needs(&f), CPP_GET_PRODUCTION);
    f.status = "succeeded";
    f.production = CPP_NO;
    assert_int_equal(cpp_needs(&f), CPP_GET_PREVIEW | CPP_GET_SUBMISSIONS);
    f.preview = CPP_ASKED;
    assert_int_equal(cpp_needs(&f), CPP_GET_SUBMISSIONS);
    f.submissions = CPP_ASKED;
    assert_int_equal(cpp_needs(&f), 0);
}

static void ties_of_submissions_are_broken_by_time(void **state)
{
    static const struct {
        struct cpp_submission newer, older;
    } rows[] = {
        { { .id = "7", .changed_at = "2026-01-01T00:00:00.65Z" },
          { .id = "007", .changed_at = "2026-01-01T00:00:00Z" } },
        { { .id = "7", .changed_at = "2026-01-01T00:00:00.651234Z" },
          { .id = "7", .changed_at = "2026-01-01T00:00:00.651Z" } },
        { { .id = "1.5", .version = "3" }, { .id = "2", .version = "2" } }, /* no number */
        { { .id = "", .version = "3" }, { .id = "2", .version = "2" } },
        { { .version = "10" }, { .version = "9", .changed_at = "2026-01-01T00:00:00Z" } },
        { { .id = "18446744073709551616" }, { .id = "18446744073709551615" } }, /* 2^64 */
    };
    static const struct cpp_submission timeless = { .id = "1" },
                                       timed = { .id = "1", .changed_at = "2026-01-01T00:00:00Z" };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (cpp_submission_compare(&rows[i].newer, &rows[i].older) <= 0 ||
            cpp_submission_compare(&rows[i].older, &rows[i].newer) >= 0) {
            fail_msg("row %zu", i);
        }
    }
    assert_int_equal(cpp_submission_compare(&timeless, &timed), 0);
}

static void a_golive_is_done_in_every_word_of_success(void **state)
{
    static const struct {
        const char *type, *state;
        bool golive, done;
    } rows[] = {
        { "goLive", "succeeded", true, true },     { "Go Live", "completed", true, true },
        { "go-live", "published", true, true },    { "goLive", "failed", true, false },
        { "goLive", "canceled", true, false },     { "publish", "succeeded", false, true },
        { "Publish", "notStarted", false, false }, { NULL, NULL, false, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct cpp_submission s = { .type = rows[i].type, .state = rows[i].state };
        assert_int_equal(cpp_submission_is_golive(&s), rows[i].golive);
        assert_int_equal(cpp_is_done(s.state), rows[i].done);
    }
}

/* Rules 9 and 11 look at the newest submission; what nothing orders is told, not guessed. */
static void submissions_without_an_order_are_weighed_together(void **state)
{
    static const char a_1_again[] = "a-1"; /* the same text elsewhere */
    static const struct {
        const char *name;
        size_t count;
        struct cpp_submission all[3];
        enum cpp_answer preview;
        const char *rule;
        enum offer_state state;
        bool newest_unknown;
    } rows[] = {
        { "a publish, then a go-live: ordered",
          2,
          { { .version = "1", .type = "publish", .state = "succeeded" },
            { .version = "2", .type = "golive", .state = "succeeded" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          false },
        { "a go-live, then a publish: ordered",
          2,
          { { .version = "2", .type = "publish", .state = "succeeded" },
            { .version = "1", .type = "golive", .state = "succeeded" } },
          CPP_YES,
          "cpp-9",
          STATE_PENDING_SIGNOFF,
          false },
        { "GUIDs alone, one went live",
          2,
          { { .id = "a-1", .type = "publish", .state = "succeeded" },
            { .id = "b-2", .type = "golive", .state = "succeeded" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          true },
        { "GUIDs alone, one has failed",
          2,
          { { .id = "a-1", .type = "publish", .state = "succeeded" },
            { .id = "b-2", .type = "publish", .state = "failed" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          true },
        { "GUIDs alone, one has failed, nothing is there",
          2,
          { { .id = "a-1", .type = "golive", .state = "succeeded" },
            { .id = "b-2", .type = "golive", .state = "failed" } },
          CPP_NO,
          NULL,
          STATE_UNKNOWN,
          true },
        { "the failed one is older than another: over",
          3,
          { { .version = "1", .type = "publish", .state = "failed" },
            { .version = "2", .type = "publish", .state = "succeeded" },
            { .id = "c-3", .type = "publish", .state = "succeeded" } },
          CPP_YES,
          "cpp-9",
          STATE_PENDING_SIGNOFF,
          false },
        { "all that may be the newest publish",
          2,
          { { .id = "1e20", .type = "publish", .state = "succeeded" },
            { .id = "-5", .type = "publish", .state = "succeeded" } },
          CPP_YES,
          "cpp-9",
          STATE_PENDING_SIGNOFF,
          false },
        { "one, listed twice",
          2,
          { { .id = "a-1", .type = "publish", .state = "running" },
            { .id = a_1_again, .type = "publish", .state = "running" } },
          CPP_YES,
          "cpp-9",
          STATE_PENDING_SIGNOFF,
          false },
        { "one that has failed, listed twice",
          2,
          { { .id = "a-1", .type = "publish", .state = "failed" },
            { .id = a_1_again, .type = "publish", .state = "failed" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          false },
        { "a go-live that has not ended",
          1,
          { { .version = "1", .type = "golive", .state = "running" } },
          CPP_NO,
          NULL,
          STATE_UNKNOWN,
          false },
        { "a publish without a go-live",
          1,
          { { .version = "1", .type = "publish", .state = "succeeded" } },
          CPP_NO,
          NULL,
          STATE_UNKNOWN,
          false },
        { "the newest has failed, whatever the offer's word",
          2,
          { { .version = "2", .type = "publish", .state = "failed" },
            { .version = "1", .type = "publish", .state = "succeeded" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          false },
        { "the newest go-live has failed, nothing is there",
          2,
          { { .version = "2", .type = "golive", .state = "failed" },
            { .version = "1", .type = "golive", .state = "succeeded" } },
          CPP_NO,
          NULL,
          STATE_UNKNOWN,
          false },
        { "one, listed twice, that has failed in between",
          2,
          { { .id = "a-1", .type = "publish", .state = "failed" },
            { .id = "a-1", .type = "publish", .state = "succeeded" } },
          CPP_YES,
          NULL,
          STATE_UNKNOWN,
          true },
        { "a go-live was completed, whichever is the newest",
          2,
          { { .type = "golive", .state = "succeeded" }, { .type = "publish", .state = "running" } },
          CPP_NO,
          "cpp-11",
          STATE_DELISTED,
          false },
        { "none", 0, { { .id = NULL } }, CPP_YES, NULL, STATE_UNKNOWN, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct cpp_facts f = { .status = "succeeded",
                               .depth = DEPTH_STATE,
                               .production = CPP_NO,
                               .preview = rows[i].preview,
                               .submissions = CPP_YES };
        struct ruling r;
        cpp_weigh_submissions(&f, rows[i].all, rows[i].count);
        r = cpp_decide(&f);
        if (r.state != rows[i].state || r.newest_unknown != rows[i].newest_unknown ||
            (r.rule == NULL) != (rows[i].rule == NULL) ||
            (r.rule != NULL && strcmp(r.rule, rows[i].rule) != 0)) {
            fail_msg("%s: %s by %s", rows[i].name, state_token(r.state),
                     r.rule != NULL ? r.rule : "no rule");
        }
    }
}

static void a_failed_offer_needs_no_status_to_be_failed(void **state)
{
    (void)state;
    assert_true(cpp_decides_without_status("failed"));
    assert_false(cpp_decides_without_status("running"));
    assert_false(cpp_decides_without_status("succeeded"));
    assert_false(cpp_decides_without_status(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(submissions_without_an_order_are_weighed_together),
        cmocka_unit_test(a_failed_offer_needs_no_status_to_be_failed),
        cmocka_unit_test(waiting_is_sign_off),
        cmocka_unit_test(running_with_a_waiting_signoff_step_is_sign_off),
        cmocka_unit_test(running_with_another_waiting_step_is_sign_off_inferred),
        cmocka_unit_test(running_with_a_rejected_step_has_failed),
        cmocka_unit_test(sign_off_is_looked_for_before_rejection),
        cmocka_unit_test(running_with_anything_else_is_in_progress),
        cmocka_unit_test(blocked_is_in_progress_by_inference),
        cmocka_unit_test(failed_is_failed_whatever_steps_say),
        cmocka_unit_test(canceled_with_a_rejected_step_has_failed),
        cmocka_unit_test(canceled_is_canceled_with_one_l_or_two),
        cmocka_unit_test(never_published_is_none_and_not_live),
        cmocka_unit_test(done_rules_follow_slots_and_submissions),
        cmocka_unit_test(success_is_never_read_from_steps),
        cmocka_unit_test(words_of_removal_are_delisted),
        cmocka_unit_test(other_words_are_unknown),
        cmocka_unit_test(the_list_alone_is_provisional_where_more_could_change_it),
        cmocka_unit_test(no_rule_that_looks_further_is_more_than_provisional_in_a_list),
        cmocka_unit_test(live_needs_both_slots_for_no_and_preview),
        cmocka_unit_test(requests_follow_the_status),
        cmocka_unit_test(nothing_more_is_asked_once_production_is_there),
        cmocka_unit_test(a_failed_request_leaves_open_what_rests_on_it),
        cmocka_unit_test(step_words_of_both_vocabularies_are_known),
        cmocka_unit_test(the_newest_submission_has_the_highest_number),
        cmocka_unit_test(submissions_publish_or_go_live),
        cmocka_unit_test(the_first_rule_of_a_running_offer_wins),
        cmocka_unit_test(words_that_decide_alone_look_at_nothing_else),
        cmocka_unit_test(canceled_waits_for_nobody),
        cmocka_unit_test(a_canceled_update_leaves_the_listing_up),
        cmocka_unit_test(live_never_decides_the_state),
        cmocka_unit_test(every_known_status_is_known_in_every_spelling),
        cmocka_unit_test(removal_shows_in_any_part_of_the_word),
        cmocka_unit_test(every_word_of_success_is_provisional_from_the_list),
        cmocka_unit_test(the_list_alone_asks_for_nothing),
        cmocka_unit_test(an_answer_that_failed_is_not_asked_for_again),
        cmocka_unit_test(a_status_read_late_is_followed),
        cmocka_unit_test(ties_of_submissions_are_broken_by_time),
        cmocka_unit_test(a_golive_is_done_in_every_word_of_success),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
