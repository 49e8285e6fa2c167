/* test_ingestion_rules.c - the rules of Partner Center ingestion, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/ingestion_rules.h"
#include "offerstat/word.h"
#include "ruling_check.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define SUBMISSIONS_MAX 5

/* A submission by its three words; what else it says follows. */
#define SUBMISSION(number, main_state, sub_state)                                                  \
    .id = (number), .state = (main_state), .substate = (sub_state)
#define UPDATE(type, status) .has_update = true, .update_type = (type), .update_status = (status)

static const struct ingestion_submission in_store = { SUBMISSION("10", "Published", "InStore"),
                                                      UPDATE("Create", "Completed") };

/* What the tests gather; emptied at the end. */
static struct arena arena = ARENA_INIT;

static int clear_arena(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void add(struct ingestion_facts *f, const struct ingestion_submission *s)
{
    assert_int_equal(ingestion_add(&arena, f, s), 0);
}

static struct ruling decide(const struct ingestion_submission *list, size_t count)
{
    struct ingestion_facts f = { .depth = DEPTH_STATE };

    for (size_t i = 0; i < count; i++) {
        add(&f, &list[i]);
    }
    return ingestion_decide(&f);
}

static struct ruling decide_one(struct ingestion_submission s)
{
    return decide(&s, 1);
}

/* The next order of so many things, in the order of a dictionary; false after the last. */
static bool next_order(size_t *order, size_t count)
{
    size_t i = count, j = count, swap;

    do {
        if (i < 2) {
            return false;
        }
        i--;
    } while (order[i - 1] > order[i]);
    do {
        j--;
    } while (order[j] < order[i - 1]);
    swap = order[i - 1];
    order[i - 1] = order[j];
    order[j] = swap;
    for (j = count - 1; i < j; i++, j--) {
        swap = order[i];
        order[i] = order[j];
        order[j] = swap;
    }
    return true;
}

static void check_in_every_order(const char *name, const struct ingestion_submission *list,
                                 size_t count, struct wanted_ruling want)
{
    size_t order[SUBMISSIONS_MAX] = { 0, 1, 2, 3, 4 };

    do {
        struct ingestion_submission turned[SUBMISSIONS_MAX];
        for (size_t i = 0; i < count; i++) {
            turned[i] = list[order[i]];
        }
        check_ruling(name, decide(turned, count), want);
    } while (next_order(order, count));
}

/* One submission for every rule that looks at one, each by itself. */
static const struct {
    const char *name;
    struct ingestion_submission s;
    struct wanted_ruling want;
} positives[] = {
    { "state Cancelled",
      { SUBMISSION("20", "Cancelled", NULL) },
      { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
    { "substate Cancelled",
      { SUBMISSION("20", "InProgress", "Cancelled") },
      { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
    { "published, substate Cancelled",
      { SUBMISSION("20", "Published", "Cancelled") },
      { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
    { "Create has failed",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Create", "Failed") },
      { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "Submit has failed",
      { SUBMISSION("20", "InProgress", "Submitted"), UPDATE("Submit", "Failed") },
      { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "Validate has failed",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Validate", "Failed") },
      { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "an update of no type has failed",
      { SUBMISSION("20", "InProgress", "Submitted"), UPDATE(NULL, "Failed") },
      { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "substate Failed",
      { SUBMISSION("20", "InProgress", "Failed") },
      { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "substate Failed though Create is completed",
      { SUBMISSION("20", "InProgress", "Failed"), UPDATE("Create", "Completed") },
      { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "substate FailedInCertification",
      { SUBMISSION("20", "InProgress", "FailedInCertification") },
      { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "published, substate FailedInCertification",
      { SUBMISSION("20", "Published", "FailedInCertification") },
      { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
    { "the update is canceled",
      { SUBMISSION("20", "InProgress", "Submitted"), UPDATE("Submit", "Cancelled") },
      { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
    { "go-live is pressed",
      { SUBMISSION("20", "Published", "ReadyToPublish"), UPDATE("Promote", "Running") },
      { "ingestion-5", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_PREVIEW } },
    { "ready to publish",
      { SUBMISSION("20", "Published", "ReadyToPublish") },
      { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
    { "ready to publish, Create is completed",
      { SUBMISSION("20", "Published", "ReadyToPublish"), UPDATE("Create", "Completed") },
      { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
    { "ready to publish, Promote is completed",
      { SUBMISSION("20", "Published", "ReadyToPublish"), UPDATE("Promote", "Completed") },
      { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
    { "Create is running",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Create", "Running") },
      { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "an update without a type is running",
      { SUBMISSION("20", NULL, NULL), UPDATE(NULL, "Running") },
      { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "the update waits for a confirmation",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Submit", "PendingConfirmation") },
      { "ingestion-7", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_NO } },
    { "publishing",
      { SUBMISSION("20", "Published", "Publishing") },
      { "ingestion-8", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_NO } },
    { "published but not in store",
      { SUBMISSION("20", "Published", "Published") },
      { "ingestion-9", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "submitted",
      { SUBMISSION("20", "InProgress", "Submitted") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "submitted, Create is completed",
      { SUBMISSION("20", "InProgress", "Submitted"), UPDATE("Create", "Completed") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "a draft of which an update tells",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Create", "Completed") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "a draft with an update that says nothing",
      { SUBMISSION("20", "InProgress", "InDraft"), UPDATE(NULL, NULL) },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "in progress, substate ReadyToPublish",
      { SUBMISSION("20", "InProgress", "ReadyToPublish") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "in progress, substate Publishing",
      { SUBMISSION("20", "InProgress", "Publishing") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "in progress, substate Published",
      { SUBMISSION("20", "InProgress", "Published") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "in progress, substate InStore",
      { SUBMISSION("20", "InProgress", "InStore") },
      { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
    { "a bare draft",
      { SUBMISSION("20", "InProgress", "InDraft") },
      { "ingestion-11", STATE_NONE, BASIS_INFERRED, LIVE_NO } },
};

static void every_rule_has_its_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        check_ruling(positives[i].name, decide_one(positives[i].s), positives[i].want);
    }
}

/* What is live has a column of its own. */
static void a_listing_below_leaves_the_state_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        const struct ingestion_submission list[] = { positives[i].s, in_store };
        struct wanted_ruling want = positives[i].want;
        if (strcmp(want.rule, "ingestion-11") == 0) { /* a draft is no activity */
            want = (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES };
        }
        want.live = LIVE_YES;
        check_in_every_order(positives[i].name, list, 2, want);
    }
}

static void a_submission_below_the_listing_is_over(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        struct ingestion_submission list[] = { positives[i].s, in_store };
        list[0].id = "9";
        check_in_every_order(
            positives[i].name, list, 2,
            (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    }
}

enum spelling { SMALL, CAPITAL, WITH_BLANKS, WITH_HYPHENS, WITH_UNDERSCORES, ONE_L };
#define SPELLINGS 6

static const char *respell(const char *word, enum spelling how, char out[64])
{
    static const char fillers[SPELLINGS] = {
        [WITH_BLANKS] = ' ', [WITH_HYPHENS] = '-', [WITH_UNDERSCORES] = '_'
    };
    size_t len = 0;

    if (word == NULL) {
        return NULL;
    }
    for (size_t i = 0; word[i] != '\0'; i++) {
        bool capital = word[i] >= 'A' && word[i] <= 'Z';
        bool small = word[i] >= 'a' && word[i] <= 'z';
        if (i > 0 && capital && fillers[how] != '\0') {
            out[len++] = fillers[how];
        }
        if (how == ONE_L && word[i] == 'l' && word[i + 1] == 'l') {
            continue;
        }
        out[len++] = (char)(how == SMALL && capital   ? word[i] - 'A' + 'a'
                            : how == CAPITAL && small ? word[i] - 'a' + 'A'
                                                      : word[i]);
    }
    out[len] = '\0';
    return out;
}

static void spelling_does_not_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        for (int how = 0; how < SPELLINGS; how++) {
            struct ingestion_submission s = positives[i].s;
            char words[4][64];
            s.state = respell(s.state, (enum spelling)how, words[0]);
            s.substate = respell(s.substate, (enum spelling)how, words[1]);
            s.update_type = respell(s.update_type, (enum spelling)how, words[2]);
            s.update_status = respell(s.update_status, (enum spelling)how, words[3]);
            check_ruling(positives[i].name, decide_one(s), positives[i].want);
            assert_true(decide_one(s).word_is_known);
        }
    }
}

static void spelling_does_not_count_of_what_is_live_or_skipped(void **state)
{
    static const struct ingestion_submission live[] = {
        { SUBMISSION("1", "published", "instore") },
        { SUBMISSION("1", "PUBLISHED", "IN STORE") },
        { SUBMISSION("1", "Published", "in-store") },
        { SUBMISSION("1", "Published", "In_Store") },
    };
    static const struct ingestion_submission skipped[] = {
        { SUBMISSION("1", "deleted", NULL) },      { SUBMISSION("1", "ARCHIVED", NULL) },
        { SUBMISSION("1", "Rolled Back", NULL) },  { SUBMISSION("1", "rolled-back", NULL) },
        { SUBMISSION("1", "shadow", NULL) },       { SUBMISSION("1", "Modular Cert", NULL) },
        { SUBMISSION("1", "modular_cert", NULL) },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(live); i++) {
        check_ruling(
            live[i].substate, decide_one(live[i]),
            (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    }
    for (size_t i = 0; i < COUNT_OF(skipped); i++) {
        check_ruling(
            skipped[i].state, decide_one(skipped[i]),
            (struct wanted_ruling){ "ingestion-13", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO });
    }
}

static void the_first_rule_that_matches_wins(void **state)
{
    static const struct {
        const char *name;
        struct ingestion_submission s;
        struct wanted_ruling want;
    } rows[] = {
        { "1 before 2",
          { SUBMISSION("1", "Cancelled", "Submitted"), UPDATE("Submit", "Failed") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 2, by substate",
          { SUBMISSION("1", "InProgress", "Cancelled"), UPDATE("Create", "Failed") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 3",
          { SUBMISSION("1", "Cancelled", "FailedInCertification") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 4",
          { SUBMISSION("1", "Cancelled", NULL), UPDATE("Submit", "Cancelled") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 7",
          { SUBMISSION("1", "InProgress", "Cancelled"), UPDATE("Create", "Running") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 7, confirmation",
          { SUBMISSION("1", "Cancelled", "InDraft"), UPDATE("Create", "PendingConfirmation") },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "1 before 11",
          { SUBMISSION("0", "Cancelled", NULL) },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_NO } },
        { "2 before 3",
          { SUBMISSION("1", "InProgress", "Failed"), UPDATE("Create", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "2 before 6",
          { SUBMISSION("1", "Published", "ReadyToPublish"), UPDATE("Promote", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_PREVIEW } },
        { "2 before 8",
          { SUBMISSION("1", "Published", "Publishing"), UPDATE("Promote", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "2 before 9",
          { SUBMISSION("1", "Published", "Published"), UPDATE("Promote", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "2 before 10",
          { SUBMISSION("1", "InProgress", "Publishing"), UPDATE("Promote", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "2 before 11",
          { SUBMISSION("0", "InProgress", "InDraft"), UPDATE("Validate", "Failed") },
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "3 before 4",
          { SUBMISSION("1", "InProgress", "Failed"), UPDATE("Submit", "Cancelled") },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "3 before 7",
          { SUBMISSION("1", "InProgress", "Failed"), UPDATE("Submit", "Running") },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "3 before 7, in certification",
          { SUBMISSION("1", "InProgress", "FailedInCertification"),
            UPDATE("Submit", "PendingConfirmation") },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "3 before 11",
          { SUBMISSION("0", "InProgress", "Failed") },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "4 before 6",
          { SUBMISSION("1", "Published", "ReadyToPublish"), UPDATE("Promote", "Cancelled") },
          { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_PREVIEW } },
        { "4 before 8",
          { SUBMISSION("1", "Published", "Publishing"), UPDATE("Promote", "Cancelled") },
          { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "4 before 9",
          { SUBMISSION("1", "Published", "Published"), UPDATE("Promote", "Cancelled") },
          { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "4 before 10",
          { SUBMISSION("1", "InProgress", "InDraft"), UPDATE("Create", "Cancelled") },
          { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "4 before 11",
          { SUBMISSION("0", NULL, NULL), UPDATE("Create", "Cancelled") },
          { "ingestion-4", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "6, for another update than Promote is running",
          { SUBMISSION("1", "Published", "ReadyToPublish"), UPDATE("Validate", "Running") },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
        { "6, for an update of no type is running",
          { SUBMISSION("1", "Published", "ReadyToPublish"), UPDATE(NULL, "Running") },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
        { "6 before 7, confirmation",
          { SUBMISSION("1", "Published", "ReadyToPublish"),
            UPDATE("Promote", "PendingConfirmation") },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
        { "6 before 11",
          { SUBMISSION("0", "Published", "ReadyToPublish") },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
        { "7, for go-live is of what is ready in Published alone",
          { SUBMISSION("1", "InProgress", "ReadyToPublish"), UPDATE("Promote", "Running") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "7 before 8",
          { SUBMISSION("1", "Published", "Publishing"), UPDATE("Promote", "Running") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "7 before 8, confirmation",
          { SUBMISSION("1", "Published", "Publishing"), UPDATE("Promote", "PendingConfirmation") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_NO } },
        { "7 before 9",
          { SUBMISSION("1", "Published", "Published"), UPDATE("Promote", "Running") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "7 before 10",
          { SUBMISSION("1", "InProgress", "Submitted"), UPDATE("Submit", "Running") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "7 before 11",
          { SUBMISSION("0", "InProgress", "InDraft"), UPDATE("Create", "Running") },
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "8 before 11",
          { SUBMISSION("0", "Published", "Publishing") },
          { "ingestion-8", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_NO } },
        { "9 before 11",
          { SUBMISSION("0", "Published", "Published") },
          { "ingestion-9", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "10 before 11",
          { SUBMISSION("0", "InProgress", "Submitted") },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "11, by the id of a draft",
          { SUBMISSION("0", NULL, NULL) },
          { "ingestion-11", STATE_NONE, BASIS_INFERRED, LIVE_NO } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check_ruling(rows[i].name, decide_one(rows[i].s), rows[i].want);
    }
}

static void nothing_submitted_is_none_and_not_live(void **state)
{
    const struct ingestion_facts f = { .depth = DEPTH_STATE };

    (void)state;
    check_ruling("nothing", ingestion_decide(&f),
                 (struct wanted_ruling){ "ingestion-13", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO });
    assert_null(ingestion_activity(&f));
    assert_null(ingestion_odd_word(&f));
    assert_true(ingestion_decide(&f).word_is_known);
}

/* It is the listing, and no submission above it; only a failure may not pass for rest. */
static void update_of_what_is_in_store_is_looked_at_where_it_failed(void **state)
{
    static const char *const statuses[] = { "Completed", "Cancelled", "Running",
                                            "PendingConfirmation" };
    static const struct ingestion_submission failed = { SUBMISSION("2", "Published", "InStore"),
                                                        UPDATE("Promote", "Failed") };
    const struct ingestion_submission below[] = { { SUBMISSION("1", "Published", "InStore") },
                                                  failed };
    const struct ingestion_submission above[] = { failed,
                                                  { SUBMISSION("3", "Published", "InStore") } };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        check_ruling(
            statuses[i],
            decide_one((struct ingestion_submission){ SUBMISSION("1", "Published", "InStore"),
                                                      UPDATE("Promote", statuses[i]) }),
            (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    }
    check_in_every_order(
        "the newest", below, 2,
        (struct wanted_ruling){ "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_YES });
    check_in_every_order(
        "over", above, 2,
        (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
}

/* 0 is no number: it stands below nothing. */
static void a_failure_with_the_id_0_is_not_older(void **state)
{
    static const struct ingestion_submission told[] = {
        { SUBMISSION("1", "Published", "InStore") },
        { SUBMISSION("0", "InProgress", "Failed") },
    };

    (void)state;
    check_in_every_order(
        "id 0", told, 2,
        (struct wanted_ruling){ "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES });
}

static void the_newest_counts_in_whatever_order_they_come(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct ingestion_submission list[SUBMISSIONS_MAX];
        struct wanted_ruling want;
    } rows[] = {
        { "the listing alone",
          1,
          { { SUBMISSION("1152921505697719189", "Published", "InStore") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "the newest of several listings is the listing",
          3,
          { { SUBMISSION("3", "Published", "InStore") },
            { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "Failed") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "an update above two listings",
          3,
          { { SUBMISSION("3", "InProgress", "Failed") },
            { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "Published", "InStore") } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "the newest of several above the listing",
          5,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "Failed") },
            { SUBMISSION("3", "InProgress", "Cancelled") },
            { SUBMISSION("4", "Published", "ReadyToPublish") },
            { SUBMISSION("5", "InProgress", "Submitted") } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "ids beyond 2^53 differ in their last digit",
          3,
          { { SUBMISSION("9007199254740992", "Published", "InStore") },
            { SUBMISSION("9007199254740993", "InProgress", "Failed") },
            { SUBMISSION("9007199254740994", "Published", "ReadyToPublish") } },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_YES } },
        { "the listing is newer by the last digit",
          2,
          { { SUBMISSION("9007199254740993", "Published", "InStore") },
            { SUBMISSION("9007199254740992", "InProgress", "Failed") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "ids near the end of 64 bits",
          2,
          { { SUBMISSION("18446744073709551614", "Published", "InStore") },
            { SUBMISSION("18446744073709551615", "InProgress", "Failed") } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "the longer id is the newer",
          3,
          { { SUBMISSION("999", "Published", "InStore") },
            { SUBMISSION("1000", "InProgress", "Submitted") },
            { SUBMISSION("99", "InProgress", "Failed") } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "the longer id is the listing",
          2,
          { { SUBMISSION("1152921505697719189", "Published", "InStore") },
            { SUBMISSION("999999999999999999", "InProgress", "Submitted") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "the id wins over the time",
          2,
          { { SUBMISSION("2", "InProgress", "Failed"), .published_at = "2020-01-01T00:00:00Z" },
            { SUBMISSION("1", "Published", "InStore"), .published_at = "2026-01-01T00:00:00Z" } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "of the same id the later",
          2,
          { { SUBMISSION("7", "InProgress", "Submitted"), .published_at = "2026-01-01T00:00:00Z" },
            { SUBMISSION("7", "InProgress", "Failed"),
              .published_at = "2026-01-01T00:00:00.0000001Z" } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "of the same id the later, which is the listing",
          2,
          { { SUBMISSION("7", "Published", "InStore"), .published_at = "2026-01-02T00:00:00Z" },
            { SUBMISSION("7", "InProgress", "Failed"), .published_at = "2026-01-01T00:00:00Z" } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "without ids the latest",
          3,
          { { SUBMISSION(NULL, "Published", "InStore"), .published_at = "2026-01-01T00:00:00Z" },
            { SUBMISSION(NULL, "InProgress", "Failed"), .published_at = "2026-01-02T00:00:00Z" },
            { SUBMISSION(NULL, "InProgress", "Submitted"),
              .published_at = "2026-01-03T00:00:00Z" } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "one without an id by its time",
          2,
          { { SUBMISSION("9", "Published", "InStore"), .published_at = "2026-01-01T00:00:00Z" },
            { SUBMISSION(NULL, "InProgress", "Failed"), .published_at = "2026-01-02T00:00:00Z" } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "ids that are no numbers tell nothing of age",
          2,
          { { SUBMISSION("zz", "Published", "InStore"), .published_at = "2026-01-01T00:00:00Z" },
            { SUBMISSION("aa", "InProgress", "Failed"), .published_at = "2026-01-02T00:00:00Z" } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "a draft is below every submission",
          3,
          { { SUBMISSION("0", "InProgress", "InDraft") },
            { SUBMISSION("5", "InProgress", "Failed") },
            { SUBMISSION("4", "InProgress", "Submitted") } },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "a draft beside the listing",
          2,
          { { SUBMISSION("0", "InProgress", "InDraft") },
            { SUBMISSION("10", "Published", "InStore") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "a bare draft above the listing",
          2,
          { { SUBMISSION("11", "InProgress", "InDraft") },
            { SUBMISSION("10", "Published", "InStore") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check_in_every_order(rows[i].name, rows[i].list, rows[i].count, rows[i].want);
    }
}

static const char *const skipped[] = { "Deleted", "Archived", "RolledBack", "Shadow",
                                       "ModularCert" };

static void skipped_states_do_not_count(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(skipped); i++) {
        const struct ingestion_submission gone[] = {
            { SUBMISSION("99", skipped[i], "InStore") },
            { SUBMISSION("98", skipped[i], "Cancelled") },
            { SUBMISSION("97", skipped[i], "InDraft"), UPDATE("Create", "Failed") },
        };
        const struct ingestion_submission list[] = { gone[0], gone[1], gone[2], in_store };
        check_in_every_order(
            skipped[i], gone, 3,
            (struct wanted_ruling){ "ingestion-13", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO });
        check_in_every_order(
            skipped[i], list, 4,
            (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    }
}

static void a_skipped_submission_does_not_hide_the_one_below(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(skipped); i++) {
        const struct ingestion_submission list[] = {
            in_store,
            { SUBMISSION("11", "InProgress", "Failed") },
            { SUBMISSION("12", skipped[i], "Submitted") },
        };
        check_in_every_order(
            skipped[i], list, 3,
            (struct wanted_ruling){ "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES });
    }
}

static void only_published_in_store_is_live(void **state)
{
    static const struct {
        const char *state, *substate;
        enum offer_live live;
    } rows[] = {
        { "Published", "InStore", LIVE_YES },   { "Published", "ReadyToPublish", LIVE_PREVIEW },
        { "Published", "Published", LIVE_NO },  { "Published", "Publishing", LIVE_NO },
        { "Published", "Failed", LIVE_NO },     { "Published", NULL, LIVE_NO },
        { "InProgress", "InStore", LIVE_NO },   { "InProgress", "ReadyToPublish", LIVE_NO },
        { "InProgress", "Submitted", LIVE_NO }, { "InProgress", "InDraft", LIVE_NO },
        { NULL, "InStore", LIVE_NO },           { "Cancelled", "InStore", LIVE_NO },
        { "Hibernating", "InStore", LIVE_NO },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ruling r = decide_one(
            (struct ingestion_submission){ SUBMISSION("1", rows[i].state, rows[i].substate) });
        if (r.live != rows[i].live) {
            fail_msg("%s/%s: %s", rows[i].state != NULL ? rows[i].state : "-",
                     rows[i].substate != NULL ? rows[i].substate : "-", live_token(r.live));
        }
    }
}

/* What is going on is the newest above the listing, and nothing where the listing is the newest. */
static void the_activity_is_above_the_listing(void **state)
{
    static const struct ingestion_submission older = { SUBMISSION("9", "InProgress", "Failed") };
    static const struct ingestion_submission newer = { SUBMISSION("11", "InProgress", "Failed") };
    struct ingestion_facts f = { .depth = DEPTH_STATE };

    (void)state;
    assert_null(ingestion_activity(&f));
    add(&f, &older);
    assert_non_null(ingestion_activity(&f));
    assert_string_equal(ingestion_activity(&f)->id, "9");
    add(&f, &in_store);
    assert_null(ingestion_activity(&f));
    add(&f, &newer);
    assert_non_null(ingestion_activity(&f));
    assert_string_equal(ingestion_activity(&f)->id, "11");
}

static void unknown_words_are_never_mapped_in_silence(void **state)
{
    static const struct {
        const char *name;
        struct ingestion_submission s;
        const char *word;
        struct wanted_ruling want; /* with a listing below */
    } rows[] = {
        { "an unknown state",
          { SUBMISSION("20", "Hibernating", "Submitted") },
          "Hibernating",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown state of a draft",
          { SUBMISSION("20", "Hibernating", "InDraft") },
          "Hibernating",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown state of what is in store",
          { SUBMISSION("20", "Hibernating", "InStore") },
          "Hibernating",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown substate",
          { SUBMISSION("20", "InProgress", "Dreaming") },
          "Dreaming",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown substate of what is published",
          { SUBMISSION("20", "Published", "Dreaming"), UPDATE("Create", "Completed") },
          "Dreaming",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "nearly a known substate",
          { SUBMISSION("20", "InProgress", "Submittedd") },
          "Submittedd",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an empty substate",
          { SUBMISSION("20", "InProgress", "") },
          "",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown status of the update, where nothing else decides",
          { SUBMISSION("20", "Published", NULL), UPDATE("Create", "Snoring") },
          "Snoring",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "the first of several unknown words",
          { SUBMISSION("20", "Hibernating", "Dreaming"), UPDATE("Turning", "Snoring") },
          "Hibernating",
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "an unknown state, but the update is running",
          { SUBMISSION("20", "Hibernating", "Submitted"), UPDATE("Create", "Running") },
          "Hibernating",
          { "ingestion-7", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "an unknown state, but the substate has failed",
          { SUBMISSION("20", "Hibernating", "Failed") },
          "Hibernating",
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "an unknown substate, but the state is canceled",
          { SUBMISSION("20", "Cancelled", "Dreaming") },
          "Dreaming",
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_YES } },
        { "an unknown status of the update, but it is submitted",
          { SUBMISSION("20", "InProgress", "Submitted"), UPDATE("Create", "Snoring") },
          "Snoring",
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "an unknown type of update, but it has failed",
          { SUBMISSION("20", "InProgress", "InDraft"), UPDATE("Turning", "Failed") },
          "Turning",
          { "ingestion-2", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "an unknown type of update is no go-live",
          { SUBMISSION("20", "Published", "ReadyToPublish"), UPDATE("Turning", "Running") },
          "Turning",
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_YES } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ingestion_facts f = { .depth = DEPTH_STATE };
        const char *word;
        add(&f, &in_store);
        add(&f, &rows[i].s);
        check_ruling(rows[i].name, ingestion_decide(&f), rows[i].want);
        word = ingestion_odd_word(&f);
        if (word == NULL || strcmp(word, rows[i].word) != 0) {
            fail_msg("%s: %s", rows[i].name, word != NULL ? word : "no word");
        }
        if (ingestion_decide(&f).word_is_known) {
            fail_msg("%s: known", rows[i].name);
        }
    }
}

static void words_of_what_is_over_are_not_looked_at(void **state)
{
    static const struct ingestion_submission below = { SUBMISSION("9", "Hibernating", "Dreaming") };
    struct ingestion_facts f = { .depth = DEPTH_STATE };

    (void)state;
    add(&f, &below);
    add(&f, &in_store);
    assert_null(ingestion_odd_word(&f));
    assert_true(ingestion_decide(&f).word_is_known);
}

static void known_words_that_no_rule_covers_are_unknown(void **state)
{
    static const struct ingestion_submission rows[] = {
        { SUBMISSION("20", "Published", "InDraft") },
        { SUBMISSION("20", "Published", "Submitted") },
        { SUBMISSION("20", "Published", NULL) },
        { SUBMISSION("20", "InProgress", NULL) },
        { SUBMISSION("20", "InProgress", NULL), UPDATE("Create", "Completed") },
        { SUBMISSION("20", NULL, "Submitted") },
        { SUBMISSION("20", NULL, "InDraft") },
        { SUBMISSION("20", NULL, "ReadyToPublish") },
        { SUBMISSION("20", NULL, "InStore") },
        { SUBMISSION("20", NULL, NULL) },
        { SUBMISSION(NULL, NULL, NULL) },
        { SUBMISSION(NULL, NULL, NULL), UPDATE(NULL, NULL) },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const char *name = rows[i].substate != NULL ? rows[i].substate : "no substate";
        check_ruling(name, decide_one(rows[i]),
                     (struct wanted_ruling){ NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO });
        assert_true(decide_one(rows[i]).word_is_known);
    }
}

static void the_list_alone_says_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        struct ingestion_facts f = { .depth = DEPTH_LIST };
        check_ruling(
            "nothing", ingestion_decide(&f),
            (struct wanted_ruling){ NULL, STATE_UNKNOWN, BASIS_PROVISIONAL, LIVE_UNKNOWN });
        assert_true(ingestion_decide(&f).word_is_known);
        add(&f, &positives[i].s);
        check_ruling(
            positives[i].name, ingestion_decide(&f),
            (struct wanted_ruling){ NULL, STATE_UNKNOWN, BASIS_PROVISIONAL, LIVE_UNKNOWN });
    }
}

static void more_depth_changes_no_rule(void **state)
{
    static const enum read_depth depths[] = { DEPTH_STATE, DEPTH_STEPS, DEPTH_HISTORY };

    (void)state;
    for (size_t d = 0; d < COUNT_OF(depths); d++) {
        for (size_t i = 0; i < COUNT_OF(positives); i++) {
            struct ingestion_facts f = { .depth = depths[d] };
            add(&f, &positives[i].s);
            check_ruling(positives[i].name, ingestion_decide(&f), positives[i].want);
        }
    }
}

/* Steps as workflowdetails tells them. */

struct told_step {
    const char *name, *word;
};

static size_t read_steps(const struct told_step *told, struct step *steps)
{
    size_t count = 0;

    for (; told[count].name != NULL; count++) {
        steps[count] = (struct step){
            .name = told[count].name,
            .status = ingestion_step_status(told[count].name, told[count].word),
            .raw_status = told[count].word,
        };
    }
    return count;
}

static struct ruling decide_with_steps(struct ingestion_submission s, const struct step *steps,
                                       size_t count)
{
    struct ingestion_facts f = { .depth = DEPTH_STATE, .steps = steps, .step_count = count };

    add(&f, &s);
    return ingestion_decide(&f);
}

/* The steps may all be well, or none may be told. */
static void push_that_failed_as_a_whole_has_failed(void **state)
{
    static const struct {
        const char *substate;
        enum offer_state want;
    } rows[] = { { "Submitted", STATE_FAILED },
                 { "InStore", STATE_FAILED },
                 { "InDraft", STATE_IN_PROGRESS } };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ingestion_submission s = {
            .id = "7", .state = "InProgress", .substate = rows[i].substate, .has_update = true
        };
        struct ingestion_facts f = { .depth = DEPTH_STATE, .push_failed = true };
        add(&f, &s);
        assert_int_equal(ingestion_decide(&f).state, rows[i].want);
    }
}

static void steps_of_what_is_under_way_tell_of_failure_and_sign_off(void **state)
{
    static const struct wanted_ruling goes_on = { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT,
                                                  LIVE_NO };
    static const struct wanted_ruling has_failed = { "ingestion-3a", STATE_FAILED, BASIS_CLIENT,
                                                     LIVE_NO };
    static const struct wanted_ruling waits = { "ingestion-3b", STATE_PENDING_SIGNOFF,
                                                BASIS_INFERRED, LIVE_NO };
    static const struct {
        const char *name;
        struct told_step steps[6];
        const struct wanted_ruling *want;
    } rows[] = {
        { "a step has failed",
          { { "Automated validation", "Success" }, { "Preview Creation", "Failed" } },
          &has_failed },
        { "a failure", { { "Automated validation", "failure" } }, &has_failed },
        { "a step is in error",
          { { "Automated validation", "Error" }, { "Preview Creation", "NotStarted" } },
          &has_failed },
        { "a step is rejected", { { "Certification", "Rejected" } }, &has_failed },
        { "a step ran out of time", { { "Certification", "Timeout" } }, &has_failed },
        { "a later step has failed although sign-off waits",
          { { "Automated validation", "Success" },
            { "Publisher Signoff", "InProgress" },
            { "Certification", "Failed" } },
          &has_failed },
        { "the sign-off has failed",
          { { "Automated validation", "Success" }, { "Publisher Signoff", "Failed" } },
          &has_failed },
        { "a failed step beside one in a word nobody knows",
          { { "Automated validation", "Dreaming" }, { "Certification", "Failed" } },
          &has_failed },
        { "a step is canceled", { { "Automated validation", "Cancelled" } }, &goes_on },
        { "a step is in a word nobody knows",
          { { "Automated validation", "Success" }, { "Preview Creation", "Dreaming" } },
          &goes_on },
        { "nearly a success", { { "Automated validation", "Succeeded" } }, &goes_on },
        { "sign-off waits, but a word nobody knows stands before it",
          { { "Automated validation", "Succeeded" }, { "Publisher Signoff", "InProgress" } },
          &goes_on },
        { "sign-off waits, all before it is done",
          { { "Automated validation", "Success" },
            { "Preview Creation", "Success" },
            { "Publisher Signoff", "InProgress" },
            { "Certification", "NotStarted" },
            { "Publish", "NotStarted" } },
          &waits },
        { "sign-off waits, spelt otherwise",
          { { "automated validation", "SUCCESS" },
            { "publisher-signoff", "in progress" },
            { "Certification", "not_started" } },
          &waits },
        { "sign-off alone", { { "Publisher Signoff", "InProgress" } }, &waits },
        { "sign-off, but something before it is under way",
          { { "Automated validation", "Success" },
            { "Preview Creation", "InProgress" },
            { "Publisher Signoff", "InProgress" } },
          &goes_on },
        { "sign-off, but something before it has not begun",
          { { "Automated validation", "NotStarted" },
            { "Preview Creation", "Success" },
            { "Publisher Signoff", "InProgress" } },
          &goes_on },
        { "sign-off is done",
          { { "Automated validation", "Success" },
            { "Publisher Signoff", "Success" },
            { "Certification", "InProgress" } },
          &goes_on },
        { "sign-off has not begun",
          { { "Automated validation", "Success" }, { "Publisher Signoff", "NotStarted" } },
          &goes_on },
        { "all is done",
          { { "Automated validation", "Success" }, { "Publish", "Success" } },
          &goes_on },
        { "no steps", { { NULL, NULL } }, &goes_on },
    };
    static const struct ingestion_submission submitted = { SUBMISSION("20", "InProgress",
                                                                      "Submitted") };
    static const struct ingestion_submission publishing = { SUBMISSION("20", "Published",
                                                                       "Publishing") };
    static const struct wanted_ruling publishes = { "ingestion-8", STATE_IN_PROGRESS,
                                                    BASIS_INFERRED, LIVE_NO };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct step steps[6];
        size_t count = read_steps(rows[i].steps, steps);
        check_ruling(rows[i].name, decide_with_steps(submitted, steps, count), *rows[i].want);
        check_ruling(rows[i].name, decide_with_steps(publishing, steps, count),
                     rows[i].want == &has_failed ? has_failed : publishes);
    }
}

/* Nor may any other that is under way hide a step that has failed; sign-off is told by its own
 * words. */
static void a_failed_step_is_never_under_way(void **state)
{
    static const struct step failed[] = { { .name = "Publish", .status = STEP_REJECTED } };
    static const struct step waits[] = { { .name = "Publisher Signoff",
                                           .status = STEP_WAITING_SIGNOFF } };
    static const char *const rules[] = { "ingestion-5", "ingestion-9", "ingestion-10" };
    size_t seen = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        const struct ingestion_submission *s = &positives[i].s;
        struct wanted_ruling want = { "ingestion-3a", STATE_FAILED, BASIS_INFERRED,
                                      positives[i].want.live };
        if (!word_is_one_of(positives[i].want.rule, rules, COUNT_OF(rules)) ||
            word_equal(s->substate, "Submitted") || word_equal(s->substate, "InDraft")) {
            continue;
        }
        check_ruling(positives[i].name, decide_with_steps(*s, failed, 1), want);
        check_ruling(positives[i].name, decide_with_steps(*s, waits, 1), positives[i].want);
        seen++;
    }
    assert_int_equal(seen, 6);
}

/* Of all others the submission's own words decide. */
static void steps_are_not_looked_at_elsewhere(void **state)
{
    static const struct step failed[] = { { .name = "Preview Creation", .status = STEP_REJECTED } };
    static const struct step waits[] = { { .name = "Publisher Signoff",
                                           .status = STEP_WAITING_SIGNOFF } };
    static const struct ingestion_submission gone = { SUBMISSION("1", "Deleted", NULL) };
    static const struct ingestion_submission odd = { SUBMISSION("1", "Hibernating", "Dreaming") };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(positives); i++) {
        const struct ingestion_submission *s = &positives[i].s;
        if (word_equal(s->substate, "Submitted") ||
            (positives[i].want.state == STATE_IN_PROGRESS && !word_equal(s->substate, "InDraft"))) {
            continue;
        }
        check_ruling(positives[i].name, decide_with_steps(*s, failed, 1), positives[i].want);
        check_ruling(positives[i].name, decide_with_steps(*s, waits, 1), positives[i].want);
    }
    check_ruling("in store", decide_with_steps(in_store, failed, 1),
                 (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    check_ruling("in store", decide_with_steps(in_store, waits, 1),
                 (struct wanted_ruling){ "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES });
    check_ruling("deleted", decide_with_steps(gone, failed, 1),
                 (struct wanted_ruling){ "ingestion-13", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO });
    check_ruling("odd words", decide_with_steps(odd, failed, 1),
                 (struct wanted_ruling){ NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO });
}

/* A draft that was never submitted is no activity, however new it is. */
static void bare_draft_hides_nothing(void **state)
{
    static const struct ingestion_submission drafts[] = {
        { SUBMISSION("30", "InProgress", "InDraft") },
        { SUBMISSION("0", "InProgress", "InDraft") },
    };
    static const struct {
        const char *name;
        struct ingestion_submission below;
        struct wanted_ruling want;
    } rows[] = {
        { "in review",
          { SUBMISSION("20", "InProgress", "Submitted") },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "waits for go-live",
          { SUBMISSION("20", "Published", "ReadyToPublish") },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_YES } },
        { "has failed",
          { SUBMISSION("20", "InProgress", "Failed") },
          { "ingestion-3", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "was canceled",
          { SUBMISSION("20", "Cancelled", NULL) },
          { "ingestion-1", STATE_CANCELED, BASIS_DOCUMENTED, LIVE_YES } },
        { "is live",
          { SUBMISSION("9", "InProgress", "Failed") },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t d = 0; d < COUNT_OF(drafts); d++) {
            struct ingestion_facts f = { .depth = DEPTH_STATE };
            add(&f, &drafts[d]);
            add(&f, &rows[i].below);
            add(&f, &in_store);
            check_ruling(rows[i].name, ingestion_decide(&f), rows[i].want);
            assert_int_equal(ingestion_has_newer_draft(&f), d == 0);
        }
    }
    check_ruling("nothing but drafts", decide(drafts, 2),
                 (struct wanted_ruling){ "ingestion-11", STATE_NONE, BASIS_INFERRED, LIVE_NO });
}

static void submissions_that_nothing_orders_are_judged_together(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct ingestion_submission list[3];
        struct wanted_ruling want;
        bool newest_unknown;
    } rows[] = {
        { "GUIDs, one has failed",
          2,
          { { SUBMISSION("5a63deb5-925b-4ee0-938b-7c86fbf287c5", "Published", "InStore") },
            { SUBMISSION("0a63deb5-925b-4ee0-938b-7c86fbf287c5", "InProgress", "Failed") } },
          { "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "no ids, one has failed",
          2,
          { { SUBMISSION(NULL, "Published", "InStore") },
            { SUBMISSION(NULL, "InProgress", "Failed") } },
          { "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "the same id, one has failed",
          2,
          { { SUBMISSION("8", "Published", "InStore") },
            { SUBMISSION("8", "InProgress", "Failed") } },
          { "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "a negative one, one of them has failed",
          2,
          { { SUBMISSION("-8", "InProgress", "Failed") },
            { SUBMISSION("7", "Published", "InStore") } },
          { "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "8 beside 9a, 9a went live",
          2,
          { { SUBMISSION("8", "Published", "ReadyToPublish") },
            { SUBMISSION("9a", "Published", "InStore") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES },
          true },
        { "1e20, all three differ, one has failed",
          3,
          { { SUBMISSION("1e20", "InProgress", "Submitted") },
            { SUBMISSION("2", "Published", "InStore") },
            { SUBMISSION("x", "InProgress", "InDraft"), UPDATE("Create", "Failed") } },
          { "ingestion-2", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "times order them",
          2,
          { { SUBMISSION("b", "Published", "InStore"), .published_at = "2026-02-01T00:00:00Z" },
            { SUBMISSION("a", "InProgress", "Failed"), .published_at = "2026-01-01T00:00:00Z" } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES },
          false },
        { "all that may be the newest say the same",
          2,
          { { SUBMISSION("b", "Published", "ReadyToPublish") },
            { SUBMISSION("a", "Published", "ReadyToPublish") } },
          { "ingestion-6", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW },
          false },
        { "both would need their workflow",
          2,
          { { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("a", "InProgress", "Submitted") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO },
          true },
        { "one that is listed twice",
          2,
          { { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("B", "InProgress", "Submitted") } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO },
          false },
        { "one that is listed twice, the second time without its update",
          2,
          { { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("b", "InProgress", "Submitted"), UPDATE("Create", "Completed") } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO },
          false },
        { "one that is listed twice and says two things",
          2,
          { { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("b", "Published", "InStore") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES },
          true },
        { "two without ids would need their workflow",
          2,
          { { SUBMISSION(NULL, "InProgress", "Submitted") },
            { SUBMISSION(NULL, "InProgress", "Submitted") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO },
          true },
        { "one alone without an id",
          1,
          { { SUBMISSION(NULL, "InProgress", "Submitted") } },
          { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO },
          false },
        { "one that failed, in a circle of numbers and times",
          3,
          { { SUBMISSION("5", "InProgress", "Failed"), .published_at = "2026-01-03T00:00:00Z" },
            { SUBMISSION(NULL, "Published", "InStore"), .published_at = "2026-01-04T00:00:00Z" },
            { SUBMISSION("4", "Published", "InStore"), .published_at = "2026-01-05T00:00:00Z" } },
          { "ingestion-3", STATE_FAILED, BASIS_INFERRED, LIVE_YES },
          true },
        { "what is older than another is over",
          3,
          { { SUBMISSION("1", "InProgress", "Failed") },
            { SUBMISSION("2", "Published", "InStore") },
            { SUBMISSION("x", "Published", "InStore") } },
          { "ingestion-12", STATE_NONE, BASIS_INFERRED, LIVE_YES },
          false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t order[3] = { 0, 1, 2 };
        do {
            struct ingestion_submission turned[3];
            struct ruling r;
            for (size_t k = 0; k < rows[i].count; k++) {
                turned[k] = rows[i].list[order[k]];
            }
            r = decide(turned, rows[i].count);
            check_ruling(rows[i].name, r, rows[i].want);
            if (r.newest_unknown != rows[i].newest_unknown) {
                fail_msg("%s: newest %s", rows[i].name, r.newest_unknown ? "unknown" : "known");
            }
        } while (next_order(order, rows[i].count));
    }
}

/* What has failed, then what is not at rest, then the last by id, whatever the order. */
static void which_one_tells_where_the_newest_is_unknown(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct ingestion_submission list[3];
        const char *id;
    } rows[] = {
        { "failed before live",
          2,
          { { SUBMISSION("a", "InProgress", "Failed") },
            { SUBMISSION("b", "Published", "InStore") } },
          "a" },
        { "failed before what goes on",
          3,
          { { SUBMISSION("a", "InProgress", "Failed") },
            { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("c", "Published", "ReadyToPublish") } },
          "a" },
        { "failed without an id",
          2,
          { { SUBMISSION(NULL, "InProgress", "Failed") },
            { SUBMISSION("b", "InProgress", "Submitted") } },
          NULL },
        { "not at rest before live",
          2,
          { { SUBMISSION("a", "InProgress", "Submitted") },
            { SUBMISSION("b", "Published", "InStore") } },
          "a" },
        { "the last of those that go on",
          3,
          { { SUBMISSION("a", "InProgress", "Submitted") },
            { SUBMISSION("b", "InProgress", "Submitted") },
            { SUBMISSION("c", "Published", "ReadyToPublish") } },
          "c" },
        { "the last that failed",
          3,
          { { SUBMISSION("a", "InProgress", "Failed") },
            { SUBMISSION("b", "InProgress", "FailedInCertification") },
            { SUBMISSION("c", "Published", "InStore") } },
          "b" },
        { "one with an id",
          2,
          { { SUBMISSION(NULL, "InProgress", "Submitted") },
            { SUBMISSION("a", "InProgress", "Submitted") } },
          "a" },
        { "the newest alone",
          3,
          { { SUBMISSION("1", "InProgress", "Failed") },
            { SUBMISSION("2", "InProgress", "Submitted") },
            { SUBMISSION("3", "Published", "InStore") } },
          "3" },
    };
    /* The steps are those of one of them: which one tells may not hang on them. */
    static const struct step rejected[] = { { .status = STEP_REJECTED } };
    static const struct ingestion_submission submitted = { SUBMISSION("a", "InProgress",
                                                                      "Submitted") };
    static const struct ingestion_submission ready = { SUBMISSION("b", "Published",
                                                                  "ReadyToPublish") };
    struct ingestion_facts g = { .depth = DEPTH_STATE, .steps = rejected, .step_count = 1 }, h = g;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t order[3] = { 0, 1, 2 };
        do {
            struct ingestion_facts f = { .depth = DEPTH_STATE };
            const char *id;
            for (size_t k = 0; k < rows[i].count; k++) {
                add(&f, &rows[i].list[order[k]]);
            }
            id = ingestion_shown(&f)->id;
            if (id != rows[i].id &&
                (id == NULL || rows[i].id == NULL || strcmp(id, rows[i].id) != 0)) {
                fail_msg("%s: %s", rows[i].name, id != NULL ? id : "none");
            }
        } while (next_order(order, rows[i].count));
    }
    add(&g, &submitted);
    add(&g, &ready);
    assert_string_equal(ingestion_shown(&g)->id, "b");
    add(&h, &ready);
    add(&h, &submitted);
    assert_string_equal(ingestion_shown(&h)->id, "b");
}

static void newest_draft_tells_where_there_is_nothing_else(void **state)
{
    static const struct ingestion_submission drafts[] = {
        { SUBMISSION("30", "InProgress", "InDraft") },
        { SUBMISSION("31", "InProgress", "InDraft") },
    };
    static const struct ingestion_submission submitted = { SUBMISSION("20", "InProgress",
                                                                      "Submitted") };
    struct ingestion_facts f = { .depth = DEPTH_STATE }, g = f;

    (void)state;
    assert_null(ingestion_shown(&f));
    add(&f, &drafts[0]);
    add(&f, &drafts[1]);
    assert_string_equal(ingestion_shown(&f)->id, "31");
    assert_null(ingestion_activity(&f));
    add(&g, &drafts[1]);
    add(&g, &drafts[0]);
    assert_string_equal(ingestion_shown(&g)->id, "31");
    add(&g, &submitted);
    assert_string_equal(ingestion_shown(&g)->id, "20");
}

/* A note tells of it; one that may be older is none. */
static void draft_is_newer_where_something_orders_it(void **state)
{
    static const struct {
        const char *draft, *draft_at, *submission, *submission_at;
        bool newer;
    } rows[] = {
        { "21", NULL, "20", NULL, true },
        { "19", NULL, "20", NULL, false },
        { "20", NULL, "20", NULL, false },
        { "x", NULL, "20", NULL, false },
        { "x", "2026-01-02T00:00:00Z", "20", "2026-01-01T00:00:00Z", true },
        { "x", "2026-01-01T00:00:00Z", "20", "2026-01-02T00:00:00Z", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ingestion_facts f = { .depth = DEPTH_STATE };
        struct ingestion_submission oldest = { SUBMISSION("1", "InProgress", "InDraft") };
        struct ingestion_submission draft = { SUBMISSION(rows[i].draft, "InProgress", "InDraft"),
                                              .published_at = rows[i].draft_at };
        struct ingestion_submission submission = { SUBMISSION(rows[i].submission, "InProgress",
                                                              "Submitted"),
                                                   .published_at = rows[i].submission_at };
        assert_false(ingestion_has_newer_draft(&f));
        add(&f, &oldest);
        add(&f, &draft);
        assert_false(ingestion_has_newer_draft(&f));
        add(&f, &submission);
        if (ingestion_has_newer_draft(&f) != rows[i].newer) {
            fail_msg("draft %s of %s", rows[i].draft, rows[i].draft_at);
        }
    }
}

/* What is under way has its workflow asked for, what failed its validations as well, also in a
 * list; the rest where steps are wanted. */
static void requests_follow_the_state(void **state)
{
    static const struct step failed[] = { { .status = STEP_REJECTED } };
    static const struct {
        struct ingestion_submission s;
        unsigned in_list, in_full, with_a_failed_step;
        bool rests;
    } rows[] = {
        { { SUBMISSION("1", "InProgress", "Submitted") }, 1, 1, 3, true },
        { { SUBMISSION("1", "Published", "Publishing") }, 1, 1, 3, true },
        { { SUBMISSION("1", "InProgress", "InDraft"), UPDATE("Create", "Running") },
          1,
          1,
          1,
          true },
        { { SUBMISSION("1", "Published", "Published") }, 1, 1, 3, true },
        { { SUBMISSION(NULL, "InProgress", "Submitted") }, 0, 0, 0, true },
        { { SUBMISSION("1", "Published", "ReadyToPublish") }, 0, 1, 1, false },
        { { SUBMISSION("1", "InProgress", "Failed") }, 3, 3, 3, false },
        { { SUBMISSION("1", "Published", "InStore") }, 0, 1, 1, false },
        { { SUBMISSION("1", "Hibernating", "Dreaming") }, 0, 1, 1, false },
        { { SUBMISSION("1", "InProgress", "InDraft") }, 0, 1, 1, false },
    };
    const struct ingestion_facts nothing = { .depth = DEPTH_STEPS };

    (void)state;
    assert_int_equal(ingestion_needs(&nothing), 0);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ingestion_facts f = { .depth = DEPTH_STATE };
        add(&f, &rows[i].s);
        assert_int_equal(ingestion_needs(&f), rows[i].in_list);
        assert_int_equal(ingestion_rests_on_workflow(&f), rows[i].rests);
        assert_int_equal(ingestion_asks_extras(&f), rows[i].in_list == 3);
        f.depth = DEPTH_STEPS;
        assert_int_equal(ingestion_needs(&f), rows[i].in_full);
        f.steps = failed;
        f.step_count = 1;
        assert_int_equal(ingestion_needs(&f), rows[i].with_a_failed_step);
        f.depth = DEPTH_LIST;
        assert_int_equal(ingestion_needs(&f), 0);
    }
}

static void step_words_are_known(void **state)
{
    static const struct {
        const char *name, *word;
        enum step_status status;
    } rows[] = {
        { "Certification", "NotStarted", STEP_NOT_STARTED },
        { "Certification", "not started", STEP_NOT_STARTED },
        { "Certification", "InProgress", STEP_IN_PROGRESS },
        { "Certification", "in-progress", STEP_IN_PROGRESS },
        { "Certification", "Success", STEP_COMPLETE },
        { "Certification", "SUCCESS", STEP_COMPLETE },
        { "Certification", "Failed", STEP_REJECTED },
        { "Certification", "Canceled", STEP_CANCELED },
        { "Certification", "Cancelled", STEP_CANCELED },
        { "Certification", "Dreaming", STEP_UNKNOWN },
        { "Certification", "", STEP_UNKNOWN },
        { "Certification", NULL, STEP_UNKNOWN },
        { "Publisher Signoff", "InProgress", STEP_WAITING_SIGNOFF },
        { "publisher-signoff", "inprogress", STEP_WAITING_SIGNOFF },
        { "Publisher signoff", "IN_PROGRESS", STEP_WAITING_SIGNOFF },
        { "Publisher Signoff", "NotStarted", STEP_NOT_STARTED },
        { "Publisher Signoff", "Success", STEP_COMPLETE },
        { "Publisher Signoff", "Failed", STEP_REJECTED },
        { "Publisher Signoff", NULL, STEP_UNKNOWN },
        { NULL, "InProgress", STEP_IN_PROGRESS },
        { NULL, NULL, STEP_UNKNOWN },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        enum step_status got = ingestion_step_status(rows[i].name, rows[i].word);
        if (got != rows[i].status) {
            fail_msg("%s %s: %s", rows[i].name != NULL ? rows[i].name : "-",
                     rows[i].word != NULL ? rows[i].word : "-", step_status_token(got));
        }
    }
}

static void the_newer_has_the_higher_id_then_the_later_time(void **state)
{
    static const struct {
        const char *name;
        struct ingestion_submission newer, older;
    } rows[] = {
        { "a digit", { .id = "2" }, { .id = "1" } },
        { "longer", { .id = "10" }, { .id = "9" } },
        { "beyond 2^53", { .id = "9007199254740993" }, { .id = "9007199254740992" } },
        { "beyond 64 bits", { .id = "100000000000000000000" }, { .id = "99999999999999999999" } },
        { "the same id",
          { .id = "1", .published_at = "2026-01-02T00:00:00Z" },
          { .id = "1", .published_at = "2026-01-01T00:00:00Z" } },
        { "the id before the time",
          { .id = "2", .published_at = "2026-01-01T00:00:00Z" },
          { .id = "1", .published_at = "2026-01-02T00:00:00Z" } },
        { "no ids",
          { .published_at = "2026-01-01T00:00:00.5Z" },
          { .published_at = "2026-01-01T00:00:00Z" } },
        { "one id",
          { .published_at = "2026-01-02T00:00:00Z" },
          { .id = "1", .published_at = "2026-01-01T00:00:00Z" } },
    };
    static const struct ingestion_submission equals[][2] = {
        { { .id = NULL }, { .id = NULL } },
        { { .id = "1" }, { .id = NULL } },
        { { .id = "1" }, { .id = "0" } },
        { { .id = "1" }, { .id = "1" } },
        { { .id = "1", .published_at = "2026-01-01T00:00:00Z" }, { .id = "1" } },
        { { .id = "1", .published_at = "2026-01-01T00:00:00Z" },
          { .id = "1", .published_at = "2026-01-01T00:00:00Z" } },
        { { .id = "b" }, { .id = "a" } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (ingestion_compare(&rows[i].newer, &rows[i].older) <= 0 ||
            ingestion_compare(&rows[i].older, &rows[i].newer) >= 0) {
            fail_msg("%s", rows[i].name);
        }
    }
    for (size_t i = 0; i < COUNT_OF(equals); i++) {
        assert_int_equal(ingestion_compare(&equals[i][0], &equals[i][1]), 0);
        assert_int_equal(ingestion_compare(&equals[i][1], &equals[i][0]), 0);
    }
}

/* The offer's life as the three APIs tell it, this one's column. */
static void situations_met_in_practice(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct ingestion_submission list[2];
        enum offer_state state;
        enum offer_live live;
    } rows[] = {
        { "created, never published", 0, { { .id = NULL } }, STATE_NONE, LIVE_NO },
        { "first publish is being created",
          1,
          { { SUBMISSION("1", "InProgress", "InDraft"), UPDATE("Create", "Running") } },
          STATE_IN_PROGRESS,
          LIVE_NO },
        { "first publish is submitted",
          1,
          { { SUBMISSION("1", "InProgress", "Submitted"), UPDATE("Create", "Completed") } },
          STATE_IN_PROGRESS,
          LIVE_NO },
        { "validation stopped it at once",
          1,
          { { SUBMISSION("1", "InProgress", "InDraft"), UPDATE("Create", "Failed"),
              .failure_reason = "Active validation errors" } },
          STATE_FAILED,
          LIVE_NO },
        { "certification failed",
          1,
          { { SUBMISSION("1", "InProgress", "FailedInCertification"),
              UPDATE("Create", "Completed") } },
          STATE_FAILED,
          LIVE_NO },
        { "waits for go-live, first time",
          1,
          { { SUBMISSION("1", "Published", "ReadyToPublish"), UPDATE("Create", "Completed") } },
          STATE_PENDING_SIGNOFF,
          LIVE_PREVIEW },
        { "live, idle",
          1,
          { { SUBMISSION("1", "Published", "InStore"), UPDATE("Create", "Completed") } },
          STATE_NONE,
          LIVE_YES },
        { "live, update running",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "Submitted") } },
          STATE_IN_PROGRESS,
          LIVE_YES },
        { "live, update failed",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "Failed") } },
          STATE_FAILED,
          LIVE_YES },
        { "live, update canceled",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "Cancelled") } },
          STATE_CANCELED,
          LIVE_YES },
        { "live, update canceled and gone",
          1,
          { { SUBMISSION("1", "Published", "InStore") } },
          STATE_NONE,
          LIVE_YES },
        { "live, update waits for go-live",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "Published", "ReadyToPublish") } },
          STATE_PENDING_SIGNOFF,
          LIVE_YES },
        { "live, go-live of the update running",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "Published", "Publishing") } },
          STATE_IN_PROGRESS,
          LIVE_YES },
        { "live, a critical issue in the review after sign-off",
          2,
          { { SUBMISSION("1", "Published", "InStore") },
            { SUBMISSION("2", "InProgress", "FailedInCertification") } },
          STATE_FAILED,
          LIVE_YES },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ruling r = decide(rows[i].list, rows[i].count);
        if (r.state != rows[i].state || r.live != rows[i].live) {
            fail_msg("%s: %s, live %s", rows[i].name, state_token(r.state), live_token(r.live));
        }
    }
}

/* "none, but a ReadyToPublish": whichever it was. */
static void an_older_submission_that_is_ready_is_in_preview(void **state)
{
    const struct ingestion_submission list[] = { { SUBMISSION("5", "Published", "ReadyToPublish") },
                                                 { SUBMISSION("6", "InProgress", "Submitted") } };
    const struct wanted_ruling want = { "ingestion-10", STATE_IN_PROGRESS, BASIS_CLIENT,
                                        LIVE_PREVIEW };
    const struct ingestion_submission turned[] = { list[1], list[0] };

    (void)state;
    check_ruling("older first", decide(list, 2), want);
    check_ruling("newer first", decide(turned, 2), want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_submission_that_is_ready_is_in_preview),
        cmocka_unit_test(every_rule_has_its_case),
        cmocka_unit_test(a_listing_below_leaves_the_state_alone),
        cmocka_unit_test(a_submission_below_the_listing_is_over),
        cmocka_unit_test(spelling_does_not_count),
        cmocka_unit_test(spelling_does_not_count_of_what_is_live_or_skipped),
        cmocka_unit_test(the_first_rule_that_matches_wins),
        cmocka_unit_test(nothing_submitted_is_none_and_not_live),
        cmocka_unit_test(update_of_what_is_in_store_is_looked_at_where_it_failed),
        cmocka_unit_test(a_failure_with_the_id_0_is_not_older),
        cmocka_unit_test(the_newest_counts_in_whatever_order_they_come),
        cmocka_unit_test(skipped_states_do_not_count),
        cmocka_unit_test(a_skipped_submission_does_not_hide_the_one_below),
        cmocka_unit_test(only_published_in_store_is_live),
        cmocka_unit_test(the_activity_is_above_the_listing),
        cmocka_unit_test(unknown_words_are_never_mapped_in_silence),
        cmocka_unit_test(words_of_what_is_over_are_not_looked_at),
        cmocka_unit_test(known_words_that_no_rule_covers_are_unknown),
        cmocka_unit_test(the_list_alone_says_nothing),
        cmocka_unit_test(more_depth_changes_no_rule),
        cmocka_unit_test(push_that_failed_as_a_whole_has_failed),
        cmocka_unit_test(steps_of_what_is_under_way_tell_of_failure_and_sign_off),
        cmocka_unit_test(a_failed_step_is_never_under_way),
        cmocka_unit_test(steps_are_not_looked_at_elsewhere),
        cmocka_unit_test(bare_draft_hides_nothing),
        cmocka_unit_test(submissions_that_nothing_orders_are_judged_together),
        cmocka_unit_test(which_one_tells_where_the_newest_is_unknown),
        cmocka_unit_test(newest_draft_tells_where_there_is_nothing_else),
        cmocka_unit_test(draft_is_newer_where_something_orders_it),
        cmocka_unit_test(requests_follow_the_state),
        cmocka_unit_test(step_words_are_known),
        cmocka_unit_test(the_newer_has_the_higher_id_then_the_later_time),
        cmocka_unit_test(situations_met_in_practice),
    };

    return cmocka_run_group_tests(tests, NULL, clear_arena);
}
