/* test_graph_rules.c - the rules of the Product Ingestion API, row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/graph_rules.h"
#include "ruling_check.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ENTRIES_MAX 4

/* An entry of the list of submissions; what else it says follows. */
#define ENTRY(number, to, is, ends) .id = (number), .target = (to), .status = (is), .result = (ends)
#define DRAFT ENTRY("0", "draft", NULL, NULL)
#define LIVE_OK(number) ENTRY(number, "live", "completed", "succeeded")
#define LIVE_FAILED(number) ENTRY(number, "live", "completed", "failed")
#define LIVE_RUNS(number) ENTRY(number, "live", "running", "pending")
#define PREVIEW_OK(number) ENTRY(number, "preview", "completed", "succeeded")
#define PREVIEW_FAILED(number) ENTRY(number, "preview", "completed", "failed")
#define PREVIEW_RUNS(number) ENTRY(number, "preview", "running", "pending")
#define GONE .lifecycle = "deprecated"

/* A product: its own lifecycle and its entries, which come in no order. */
struct product {
    const char *name;
    const char *lifecycle;
    size_t count;
    struct graph_submission entries[ENTRIES_MAX];
    struct wanted_ruling want;
};

/* What the tests gather; emptied at the end. */
static struct arena arena = ARENA_INIT;

static int clear_arena(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct graph_facts gather(const char *lifecycle, const struct graph_submission *entries,
                                 size_t count)
{
    struct graph_facts f = { .depth = DEPTH_STATE, .lifecycle = lifecycle };

    for (size_t i = 0; i < count; i++) {
        assert_int_equal(graph_add(&arena, &f, &entries[i]), 0);
    }
    return f;
}

static struct ruling decide(const char *lifecycle, const struct graph_submission *entries,
                            size_t count)
{
    struct graph_facts f = gather(lifecycle, entries, count);

    return graph_decide(&f);
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

static void check_in_every_order(const struct product *p)
{
    size_t order[ENTRIES_MAX] = { 0, 1, 2, 3 };

    do {
        struct graph_submission turned[ENTRIES_MAX];
        for (size_t i = 0; i < p->count; i++) {
            turned[i] = p->entries[order[i]];
        }
        check_ruling(p->name, decide(p->lifecycle, turned, p->count), p->want);
    } while (next_order(order, p->count));
}

static void check_all(const struct product *products, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        check_in_every_order(&products[i]);
    }
}

static void anything_under_way_is_in_progress(void **state)
{
    static const struct wanted_ruling no = { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO };
    static const struct wanted_ruling yes = { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT,
                                              LIVE_YES };
    const struct product products[] = {
        { "preview runs", NULL, 1, { { PREVIEW_RUNS("1") } }, no },
        { "preview has not started",
          NULL,
          1,
          { { ENTRY("1", "preview", "notStarted", "pending") } },
          no },
        { "preview has not started, no result",
          NULL,
          1,
          { { ENTRY("1", "preview", "notStarted", NULL) } },
          no },
        { "preview runs beside the draft", NULL, 2, { { DRAFT }, { PREVIEW_RUNS("1") } }, no },
        { "live runs", NULL, 1, { { LIVE_RUNS("1") } }, no },
        { "live has not started", NULL, 1, { { ENTRY("1", "live", "notStarted", NULL) } }, no },
        { "preview runs above the listing",
          NULL,
          2,
          { { LIVE_OK("1") }, { PREVIEW_RUNS("2") } },
          yes },
        { "the newer of two live entries runs",
          NULL,
          2,
          { { LIVE_OK("1") }, { LIVE_RUNS("2") } },
          yes },
        { "the newer of two live entries has not started",
          NULL,
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "live", "notStarted", "pending") } },
          yes },
        { "the older of two live entries runs",
          NULL,
          2,
          { { LIVE_RUNS("1") }, { LIVE_OK("2") } },
          yes },
        { "go-live, and its preview is still listed",
          NULL,
          3,
          { { LIVE_OK("1") }, { LIVE_RUNS("2") }, { PREVIEW_OK("2") } },
          yes },
        { "before G2: the preview has failed, live runs",
          NULL,
          2,
          { { PREVIEW_FAILED("2") }, { LIVE_RUNS("1") } },
          no },
        { "before G3: the preview is canceled, live runs",
          NULL,
          2,
          { { ENTRY("2", "preview", "completed", "cancelled") }, { LIVE_RUNS("1") } },
          no },
        { "before G1a: the preview has no result, live runs",
          NULL,
          2,
          { { ENTRY("2", "preview", "completed", NULL) }, { LIVE_RUNS("1") } },
          no },
        { "before G5: deleted, preview runs", "deleted", 1, { { PREVIEW_RUNS("1") } }, no },
        { "before G6: a stopped product is brought back",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { PREVIEW_RUNS("2") } },
          no },
        { "before G6: a stopped product goes live again",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { LIVE_RUNS("2") } },
          no },
        { "before G6: the product says that it is stopped",
          "deprecated",
          2,
          { { LIVE_OK("1") }, { PREVIEW_RUNS("2") } },
          no },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void sign_off_waits_for_what_is_going_live(void **state)
{
    static const struct graph_submission entries[] = { { PREVIEW_OK("2") }, { LIVE_RUNS("1") } };
    struct ruling r = decide(NULL, entries, 2);

    (void)state;
    assert_int_equal(r.state, STATE_IN_PROGRESS);
    assert_string_equal(r.rule, "graph-G1");
    assert_int_equal(r.live, LIVE_PREVIEW);
}

static void completed_without_a_result_is_in_progress(void **state)
{
    static const struct wanted_ruling no = { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED,
                                             LIVE_NO };
    static const struct wanted_ruling yes = { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED,
                                              LIVE_YES };
    const struct product products[] = {
        { "preview, no result", NULL, 1, { { ENTRY("1", "preview", "completed", NULL) } }, no },
        { "preview, pending", NULL, 1, { { ENTRY("1", "preview", "completed", "pending") } }, no },
        { "live, no result", NULL, 1, { { ENTRY("1", "live", "completed", NULL) } }, no },
        { "live, pending", NULL, 1, { { ENTRY("1", "live", "completed", "pending") } }, no },
        { "preview above the listing",
          NULL,
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", "pending") } },
          yes },
        { "the newer of two live entries",
          NULL,
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "live", "completed", NULL) } },
          yes },
        { "preview that nothing orders against the listing",
          NULL,
          2,
          { { LIVE_OK("b") }, { ENTRY("a", "preview", "completed", "pending") } },
          yes },
        { "before G5", "deleted", 1, { { ENTRY("1", "preview", "completed", "pending") } }, no },
        { "before G6",
          "deprecated",
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", NULL) } },
          no },
        { "before G6, by the entry",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { ENTRY("2", "preview", "completed", NULL) } },
          no },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void the_newest_entry_that_failed_is_a_failure(void **state)
{
    static const struct wanted_ruling no = { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_NO };
    static const struct wanted_ruling yes = { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_YES };
    const struct product products[] = {
        { "preview", NULL, 1, { { PREVIEW_FAILED("1") } }, no },
        { "preview beside the draft", NULL, 2, { { DRAFT }, { PREVIEW_FAILED("1") } }, no },
        { "preview above the listing",
          NULL,
          2,
          { { LIVE_OK("1") }, { PREVIEW_FAILED("2") } },
          yes },
        { "the second live entry", NULL, 2, { { LIVE_OK("1") }, { LIVE_FAILED("2") } }, yes },
        { "the newest of three live entries",
          NULL,
          3,
          { { LIVE_FAILED("1") }, { LIVE_OK("2") }, { LIVE_FAILED("3") } },
          yes },
        { "the second live entry and its preview",
          NULL,
          3,
          { { LIVE_OK("1") }, { LIVE_FAILED("2") }, { PREVIEW_OK("2") } },
          yes },
        { "the newest of several previews",
          NULL,
          3,
          { { PREVIEW_OK("1") }, { PREVIEW_FAILED("3") }, { PREVIEW_OK("2") } },
          no },
        { "before G5", "deleted", 1, { { PREVIEW_FAILED("1") } }, no },
        { "before G6", "deprecated", 2, { { LIVE_OK("1") }, { PREVIEW_FAILED("2") } }, no },
        { "before G6, by the entry",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { PREVIEW_FAILED("2") } },
          no },
        { "before G6, what is stopped fails to go live again",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { LIVE_FAILED("2") } },
          no },
        { "a stop that failed leaves the listing up",
          NULL,
          2,
          { { LIVE_OK("1") }, { LIVE_FAILED("2"), GONE } },
          yes },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

/* Whether something older is still up, nobody says. */
static void a_single_live_entry_that_failed_leaves_presence_open(void **state)
{
    static const struct graph_submission entries[] = {
        { LIVE_FAILED("2") }, { PREVIEW_OK("2") }, { PREVIEW_OK("1") }, { DRAFT }
    };

    (void)state;
    for (size_t count = 1; count <= COUNT_OF(entries); count++) {
        struct ruling r = decide(NULL, entries, count);
        assert_string_equal(r.rule, "graph-G2");
        assert_int_equal(r.state, STATE_FAILED);
        assert_int_equal(r.basis, BASIS_INFERRED);
        assert_int_equal(r.live, LIVE_UNKNOWN);
    }
}

static void the_newest_entry_that_was_canceled_is_a_cancel(void **state)
{
    static const struct wanted_ruling no = { "graph-G3", STATE_CANCELED, BASIS_INFERRED, LIVE_NO };
    static const struct wanted_ruling yes = { "graph-G3", STATE_CANCELED, BASIS_INFERRED,
                                              LIVE_YES };
    const struct product products[] = {
        { "two l", NULL, 1, { { ENTRY("1", "preview", "completed", "cancelled") } }, no },
        { "one l", NULL, 1, { { ENTRY("1", "preview", "completed", "canceled") } }, no },
        { "preview above the listing",
          NULL,
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", "cancelled") } },
          yes },
        { "the second live entry",
          NULL,
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "live", "completed", "cancelled") } },
          yes },
        { "before G5", "deleted", 1, { { ENTRY("1", "preview", "completed", "cancelled") } }, no },
        { "before G6",
          "deprecated",
          2,
          { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", "cancelled") } },
          no },
        { "before G6, by the entry",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { ENTRY("2", "preview", "completed", "cancelled") } },
          no },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void a_preview_that_is_ready_waits_for_sign_off(void **state)
{
    static const struct wanted_ruling first = { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT,
                                                LIVE_PREVIEW };
    static const struct wanted_ruling update = { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT,
                                                 LIVE_YES };
    static const struct wanted_ruling back = { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT,
                                               LIVE_NO };
    const struct product products[] = {
        { "first time", NULL, 1, { { PREVIEW_OK("1") } }, first },
        { "first time, beside the draft", NULL, 2, { { DRAFT }, { PREVIEW_OK("1") } }, first },
        { "the newest of several previews",
          NULL,
          3,
          { { PREVIEW_FAILED("1") }, { PREVIEW_OK("3") }, { PREVIEW_FAILED("2") } },
          first },
        { "above the listing", NULL, 2, { { LIVE_OK("1") }, { PREVIEW_OK("2") } }, update },
        { "above two listings",
          NULL,
          3,
          { { LIVE_OK("1") }, { LIVE_OK("2") }, { PREVIEW_OK("3") } },
          update },
        { "above a go-live that failed",
          NULL,
          3,
          { { LIVE_OK("1") }, { LIVE_FAILED("2") }, { PREVIEW_OK("3") } },
          update },
        { "above the listing by the last digit beyond 2^53",
          NULL,
          2,
          { { LIVE_OK("9007199254740992") }, { PREVIEW_OK("9007199254740993") } },
          update },
        { "above the listing by length",
          NULL,
          2,
          { { LIVE_OK("999") }, { PREVIEW_OK("1000") } },
          update },
        { "the id wins over the time",
          NULL,
          2,
          { { LIVE_OK("1"), .created = "2026-01-02T00:00:00Z" },
            { PREVIEW_OK("2"), .created = "2026-01-01T00:00:00Z" } },
          update },
        { "before G5", "deleted", 1, { { PREVIEW_OK("1") } }, first },
        { "before G6: what was stopped is brought back",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { PREVIEW_OK("2") } },
          back },
        { "before G6: the product says that it was stopped",
          "deprecated",
          2,
          { { LIVE_OK("1") }, { PREVIEW_OK("2") } },
          back },
        { "before G6: the product was stopped, and its listing is gone from the list",
          "deprecated",
          1,
          { { PREVIEW_OK("2") } },
          back },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void a_completed_preview_of_the_same_or_a_lower_id_is_dropped(void **state)
{
    static const struct wanted_ruling rest = { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES };
    static const struct wanted_ruling runs = { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT,
                                               LIVE_YES };
    const struct product products[] = {
        { "the same id", NULL, 2, { { LIVE_OK("5") }, { PREVIEW_OK("5") } }, rest },
        { "the same id, beside the draft",
          NULL,
          3,
          { { DRAFT }, { LIVE_OK("5") }, { PREVIEW_OK("5") } },
          rest },
        { "the same id, failed: it cannot have gone live",
          NULL,
          2,
          { { LIVE_OK("5") }, { PREVIEW_FAILED("5") } },
          { "graph-G2", STATE_FAILED, BASIS_INFERRED, LIVE_YES } },
        { "the same id, running", NULL, 2, { { LIVE_OK("5") }, { PREVIEW_RUNS("5") } }, runs },
        { "the same id, no number", NULL, 2, { { LIVE_OK("x") }, { PREVIEW_OK("x") } }, rest },
        { "the same id though created later",
          NULL,
          2,
          { { LIVE_OK("5"), .created = "2026-01-01T00:00:00Z" },
            { PREVIEW_OK("5"), .created = "2026-01-02T00:00:00Z" } },
          rest },
        { "the id of the older live entry",
          NULL,
          3,
          { { LIVE_OK("4") }, { LIVE_OK("5") }, { PREVIEW_OK("4") } },
          rest },
        { "a lower id", NULL, 2, { { LIVE_OK("5") }, { PREVIEW_OK("4") } }, rest },
        { "a lower id, failed", NULL, 2, { { LIVE_OK("5") }, { PREVIEW_FAILED("4") } }, rest },
        { "a lower id, no result",
          NULL,
          2,
          { { LIVE_OK("5") }, { ENTRY("4", "preview", "completed", NULL) } },
          rest },
        { "a lower id, running", NULL, 2, { { LIVE_OK("5") }, { PREVIEW_RUNS("4") } }, runs },
        { "a lower id, not started",
          NULL,
          2,
          { { LIVE_OK("5") }, { ENTRY("4", "preview", "notStarted", NULL) } },
          runs },
        { "a lower id than the newest live one",
          NULL,
          3,
          { { LIVE_OK("4") }, { LIVE_OK("6") }, { PREVIEW_FAILED("5") } },
          rest },
        { "lower by length", NULL, 2, { { LIVE_OK("1000") }, { PREVIEW_OK("999") } }, rest },
        { "lower by the last digit beyond 2^53",
          NULL,
          2,
          { { LIVE_OK("9007199254740993") }, { PREVIEW_OK("9007199254740992") } },
          rest },
        { "the same id and a lower one",
          NULL,
          3,
          { { LIVE_OK("5") }, { PREVIEW_OK("5") }, { PREVIEW_FAILED("4") } },
          rest },
        { "of a stopped product, the same id",
          NULL,
          2,
          { { LIVE_OK("5"), GONE }, { PREVIEW_OK("5") } },
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "of a stopped product, a lower id",
          NULL,
          2,
          { { LIVE_OK("5"), GONE }, { PREVIEW_OK("4") } },
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "of a failed go-live, the same id",
          NULL,
          3,
          { { LIVE_OK("4") }, { LIVE_FAILED("5") }, { PREVIEW_OK("5") } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

/* Documented for drafts that were never published, so nothing is asked of the basis there. */
static void a_deleted_product_is_none(void **state)
{
    static const struct graph_submission draft[] = { { DRAFT } }, ok[] = { { LIVE_OK("1") } },
                                         gone[] = { { LIVE_OK("1"), GONE } };
    struct ruling r;

    (void)state;
    for (size_t count = 0; count <= 1; count++) {
        r = decide("deleted", draft, count);
        assert_string_equal(r.rule, "graph-G5");
        assert_int_equal(r.state, STATE_NONE);
        assert_int_equal(r.live, LIVE_NO);
    }
    r = decide("Deleted", ok, 1); /* before G7 */
    assert_string_equal(r.rule, "graph-G5");
    assert_int_equal(r.state, STATE_NONE);
    assert_int_equal(r.basis, BASIS_INFERRED);
    r = decide("deleted", gone, 1); /* before G6 */
    assert_string_equal(r.rule, "graph-G5");
    assert_int_equal(r.state, STATE_NONE);
    assert_int_equal(r.live, LIVE_NO);
}

static void what_was_taken_out_of_the_marketplace_is_delisted(void **state)
{
    static const struct wanted_ruling told = { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED,
                                               LIVE_NO };
    static const struct wanted_ruling inferred = { "graph-G6", STATE_DELISTED, BASIS_INFERRED,
                                                   LIVE_NO };
    const struct product products[] = {
        { "the live entry is deprecated", NULL, 1, { { LIVE_OK("1"), GONE } }, told },
        { "the live entry is deprecated, the product is not",
          "generallyAvailable",
          1,
          { { LIVE_OK("1"), GONE } },
          told },
        { "the live entry is deprecated, the product decommissioned",
          "decommissioned",
          1,
          { { LIVE_OK("1"), GONE } },
          told },
        { "both are deprecated", "deprecated", 1, { { LIVE_OK("1"), GONE } }, told },
        { "the newer live entry is deprecated",
          NULL,
          2,
          { { LIVE_OK("1") }, { LIVE_OK("2"), GONE } },
          told },
        { "the product is deprecated", "deprecated", 1, { { LIVE_OK("1") } }, told },
        { "the product is deprecated, in capitals", "DEPRECATED", 1, { { LIVE_OK("1") } }, told },
        { "the product is deprecated, only a draft is left", "deprecated", 1, { { DRAFT } }, told },
        { "the product is decommissioned", "decommissioned", 1, { { LIVE_OK("1") } }, inferred },
        { "the product is decommissioned, nothing is left",
          "Decommissioned",
          0,
          { { .id = NULL } },
          inferred },
        { "the product is not available", "notAvailable", 1, { { LIVE_OK("1") } }, inferred },
        { "the product is not available, with blanks",
          "Not Available",
          2,
          { { LIVE_OK("1") }, { PREVIEW_OK("1") } },
          inferred },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void what_is_live_and_idle_is_none(void **state)
{
    static const struct wanted_ruling rest = { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES };
    const struct product products[] = {
        { "live", NULL, 1, { { LIVE_OK("1") } }, rest },
        { "live, beside the draft", NULL, 2, { { DRAFT }, { LIVE_OK("1") } }, rest },
        { "generally available",
          "generallyAvailable",
          1,
          { { LIVE_OK("1"), .lifecycle = "generallyAvailable" } },
          rest },
        { "preview by its lifecycle", "preview", 1, { { LIVE_OK("1") } }, rest },
        { "two listings", NULL, 2, { { LIVE_OK("1") }, { LIVE_OK("2") } }, rest },
        { "the older listing was stopped",
          NULL,
          2,
          { { LIVE_OK("1"), GONE }, { LIVE_OK("2") } },
          rest },
        { "an older go-live has failed",
          NULL,
          2,
          { { LIVE_FAILED("1") }, { LIVE_OK("2") } },
          rest },
        { "newer by the last digit beyond 2^53",
          NULL,
          2,
          { { LIVE_FAILED("9007199254740992") }, { LIVE_OK("9007199254740993") } },
          rest },
        { "newer by length", NULL, 2, { { LIVE_FAILED("999") }, { LIVE_OK("1000") } }, rest },
        { "of the same id, newer by time",
          NULL,
          2,
          { { LIVE_FAILED("1"), .created = "2026-01-01T00:00:00Z" },
            { LIVE_OK("1"), .created = "2026-01-01T00:00:00.5Z" } },
          rest },
        { "the newest of three",
          NULL,
          3,
          { { LIVE_FAILED("1") }, { LIVE_FAILED("2") }, { LIVE_OK("3") } },
          rest },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void nothing_but_a_draft_is_none_and_not_live(void **state)
{
    static const struct wanted_ruling none = { "graph-G8", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO };
    const struct product products[] = {
        { "nothing", NULL, 0, { { .id = NULL } }, none },
        { "the draft", NULL, 1, { { DRAFT } }, none },
        { "the draft, without a target", NULL, 1, { { ENTRY("0", NULL, NULL, NULL) } }, none },
        { "the draft, in capitals", NULL, 1, { { ENTRY("0", "Draft", NULL, NULL) } }, none },
        { "not available, never live", "notAvailable", 1, { { DRAFT } }, none },
        { "not available, nothing there", "notAvailable", 0, { { .id = NULL } }, none },
        { "a draft that has a status",
          NULL,
          1,
          { { ENTRY("5", "draft", "running", "pending") } },
          none },
        { "never used", "neverUsed", 1, { { DRAFT } }, none },
        { "in test", "test", 1, { { DRAFT } }, none },
        { "generally available by its lifecycle alone",
          "generallyAvailable",
          0,
          { { .id = NULL } },
          none },
        { "targets of another kind",
          NULL,
          4,
          { { ENTRY("1", "flight", "running", "pending") },
            { ENTRY("2", "sandbox", "completed", "failed") },
            { ENTRY("3", "certification", "completed", "succeeded") },
            { ENTRY("4", "retail", "completed", "cancelled") } },
          none },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void spelling_does_not_count(void **state)
{
    const struct product products[] = {
        { "G1, capitals",
          NULL,
          1,
          { { ENTRY("1", "PREVIEW", "RUNNING", "PENDING") } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "G1, blanks",
          NULL,
          1,
          { { ENTRY("1", "Preview", "Not Started", NULL) } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "G1, hyphens",
          NULL,
          1,
          { { ENTRY("1", "Live", "not-started", NULL) } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
        { "G1a, capitals",
          NULL,
          1,
          { { ENTRY("1", "Preview", "Completed", "Pending") } },
          { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_NO } },
        { "G2, capitals",
          NULL,
          1,
          { { ENTRY("1", "Preview", "COMPLETED", "FAILED") } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "G3, capitals",
          NULL,
          1,
          { { ENTRY("1", "Preview", "Completed", "Cancelled") } },
          { "graph-G3", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "G3, one l",
          NULL,
          1,
          { { ENTRY("1", "Preview", "Completed", "CANCELED") } },
          { "graph-G3", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "G4, capitals",
          NULL,
          1,
          { { ENTRY("1", "PREVIEW", "Completed", "Succeeded") } },
          { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
        { "G6, capitals",
          NULL,
          1,
          { { ENTRY("1", "LIVE", "Completed", "Succeeded"), .lifecycle = "Deprecated" } },
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "G7, capitals",
          "GenerallyAvailable",
          1,
          { { ENTRY("1", "LIVE", "COMPLETED", "SUCCEEDED") } },
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
    for (size_t i = 0; i < COUNT_OF(products); i++) {
        assert_true(decide(NULL, products[i].entries, 1).word_is_known);
    }
}

/* What succeeded stays listed while its successor is on its way. */
static void of_two_live_entries_without_ids_the_unfinished_is_the_newer(void **state)
{
    const struct product products[] = {
        { "running",
          NULL,
          2,
          { { LIVE_OK(NULL) }, { LIVE_RUNS(NULL) } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "no result",
          NULL,
          2,
          { { LIVE_OK(NULL) }, { ENTRY(NULL, "live", "completed", NULL) } },
          { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_YES } },
        { "failed",
          NULL,
          2,
          { { LIVE_OK(NULL) }, { LIVE_FAILED(NULL) } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "canceled",
          NULL,
          2,
          { { LIVE_OK(NULL) }, { ENTRY(NULL, "live", "completed", "cancelled") } },
          { "graph-G3", STATE_CANCELED, BASIS_INFERRED, LIVE_YES } },
        { "one id is missing",
          NULL,
          2,
          { { LIVE_OK("7") }, { LIVE_FAILED(NULL) } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "ids that are no numbers",
          NULL,
          2,
          { { LIVE_OK("zz") }, { LIVE_FAILED("aa") } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_YES } },
        { "a word nobody knows",
          NULL,
          2,
          { { LIVE_OK(NULL) }, { ENTRY(NULL, "live", "completed", "dreaming") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "but the time comes first",
          NULL,
          2,
          { { LIVE_OK(NULL), .created = "2026-01-02T00:00:00Z" },
            { LIVE_FAILED(NULL), .created = "2026-01-01T00:00:00Z" } },
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

static void unknown_words_are_never_mapped_in_silence(void **state)
{
    static const struct {
        struct product product;
        const char *word;
    } rows[] = {
        { { "the status of a preview",
            NULL,
            1,
            { { ENTRY("1", "preview", "hibernating", "pending") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
          "hibernating" },
        { { "the status of a preview that succeeds",
            NULL,
            1,
            { { ENTRY("1", "preview", "hibernating", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
          "hibernating" },
        { { "the status of a preview above the listing",
            NULL,
            2,
            { { LIVE_OK("1") }, { ENTRY("2", "preview", "hibernating", NULL) } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "hibernating" },
        { { "the result of a preview above the listing",
            NULL,
            2,
            { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", "dreaming") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "dreaming" },
        { { "an empty result",
            NULL,
            2,
            { { LIVE_OK("1") }, { ENTRY("2", "preview", "completed", "") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "" },
        { { "nearly a known result",
            NULL,
            1,
            { { ENTRY("1", "live", "completed", "succeed") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
          "succeed" },
        { { "the status of the newer live entry",
            NULL,
            2,
            { { LIVE_OK("1") }, { ENTRY("2", "live", "hibernating", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "hibernating" },
        { { "the status of a deleted product",
            "deleted",
            1,
            { { ENTRY("1", "live", "hibernating", NULL) } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
          "hibernating" },
        { { "the status of a stopped product's preview",
            NULL,
            2,
            { { LIVE_OK("1"), GONE }, { ENTRY("2", "preview", "hibernating", NULL) } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
          "hibernating" },
        { { "the status of the listing, but a preview is ready",
            NULL,
            2,
            { { ENTRY("1", "live", "hibernating", NULL) }, { PREVIEW_OK("2") } },
            { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
          "hibernating" },
        { { "the status of the listing, which comes after the preview",
            NULL,
            2,
            { { PREVIEW_OK("2") }, { ENTRY("1", "live", "hibernating", NULL) } },
            { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
          "hibernating" },
        { { "the status of a preview below the listing",
            NULL,
            2,
            { { LIVE_OK("5") }, { ENTRY("4", "preview", "hibernating", NULL) } },
            { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
          "hibernating" },
        { { "the result, but the entry is running",
            NULL,
            1,
            { { ENTRY("1", "preview", "running", "dreaming") } },
            { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
          "dreaming" },
        { { "the lifecycle of the product",
            "retired",
            1,
            { { LIVE_OK("1") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          "retired" },
        { { "the lifecycle of the product, and nothing was submitted",
            "retired",
            0,
            { { DRAFT } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          "retired" },
        { { "the result goes before the lifecycle of the product",
            "retired",
            1,
            { { ENTRY("1", "preview", "completed", "dreaming") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          "dreaming" },
        { { "the lifecycle of the product before a target",
            "retired",
            1,
            { { ENTRY("1", "production", "completed", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          "retired" },
        { { "a target",
            NULL,
            2,
            { { LIVE_OK("1") }, { ENTRY("2", "production", "completed", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "production" },
        { { "a target below the listing",
            NULL,
            2,
            { { LIVE_OK("2") }, { ENTRY("1", "production", "completed", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
          "production" },
        { { "no target",
            NULL,
            1,
            { { ENTRY("2", NULL, "completed", "succeeded") } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          "(no target)" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct product *p = &rows[i].product;
        struct graph_facts f = gather(p->lifecycle, p->entries, p->count);
        const char *word = graph_odd_word(&f);
        check_in_every_order(p);
        if (word == NULL || strcmp(word, rows[i].word) != 0) {
            fail_msg("%s: %s", p->name, word != NULL ? word : "no word");
        }
        if (graph_decide(&f).word_is_known) {
            fail_msg("%s: known", p->name);
        }
    }
}

static void known_words_are_not_odd(void **state)
{
    static const char *const statuses[] = { "notStarted", "running", "completed", NULL };
    static const char *const results[] = { "pending",   "succeeded", "failed",
                                           "cancelled", "canceled",  NULL };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(statuses); i++) {
        for (size_t j = 0; j < COUNT_OF(results); j++) {
            const struct graph_submission s[] = {
                { ENTRY("2", "preview", statuses[i], results[j]) },
                { ENTRY("1", "live", statuses[i], results[j]) },
            };
            struct graph_facts f = gather("generallyAvailable", s, 2);
            assert_null(graph_odd_word(&f));
            assert_true(graph_decide(&f).word_is_known);
        }
    }
}

/* Only the product itself has been read. */
static void the_list_alone_tells_of_delisting_by_the_lifecycle(void **state)
{
    static const struct {
        const char *lifecycle;
        bool delisted;
    } rows[] = {
        { "deprecated", true },
        { "Deprecated", true },
        { "decommissioned", true },
        { "notAvailable", false },
        { "neverUsed", false },
        { "test", false },
        { "preview", false },
        { "deleted", false },
        { "hibernating", false },
        { "generallyAvailable", false },
        { "", false },
        { NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct graph_facts f = { .depth = DEPTH_LIST, .lifecycle = rows[i].lifecycle };
        check_ruling(
            rows[i].lifecycle != NULL ? rows[i].lifecycle : "no lifecycle", graph_decide(&f),
            rows[i].delisted
                ? (struct wanted_ruling){ "graph-G6", STATE_DELISTED, BASIS_PROVISIONAL, LIVE_NO }
                : (struct wanted_ruling){ NULL, STATE_UNKNOWN, BASIS_PROVISIONAL, LIVE_UNKNOWN });
    }
}

static void a_stop_on_its_way_is_seen_and_still_live(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct graph_submission entries[2];
        bool stops;
        enum offer_live live;
    } rows[] = {
        { "live runs, deprecated", 1, { { LIVE_RUNS("2"), GONE } }, true, LIVE_YES },
        { "live has not started, deprecated",
          1,
          { { ENTRY("2", "live", "notStarted", NULL), .lifecycle = "Deprecated" } },
          true,
          LIVE_YES },
        { "above the listing", 2, { { LIVE_OK("1") }, { LIVE_RUNS("2"), GONE } }, true, LIVE_YES },
        { "the listing is in front",
          2,
          { { LIVE_RUNS("2"), GONE }, { LIVE_OK("1") } },
          true,
          LIVE_YES },
        { "live runs", 1, { { LIVE_RUNS("2") } }, false, LIVE_NO },
        { "live runs, generally available",
          2,
          { { LIVE_OK("1") }, { LIVE_RUNS("2"), .lifecycle = "generallyAvailable" } },
          false,
          LIVE_YES },
        { "a preview runs, deprecated", 1, { { PREVIEW_RUNS("2"), GONE } }, false, LIVE_NO },
    };
    static const struct graph_submission over[] = { { LIVE_OK("1"), GONE } };
    struct graph_facts f = gather(NULL, over, 1);

    (void)state;
    assert_false(graph_stops_distribution(&f));
    f = gather(NULL, NULL, 0);
    assert_false(graph_stops_distribution(&f));
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        f = gather(NULL, rows[i].entries, rows[i].count);
        check_ruling(
            rows[i].name, graph_decide(&f),
            (struct wanted_ruling){ "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, rows[i].live });
        if (graph_stops_distribution(&f) != rows[i].stops) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void a_draft_is_what_says_so(void **state)
{
    static const struct {
        struct graph_submission s;
        bool draft;
    } rows[] = {
        { { DRAFT }, true },
        { { ENTRY("0", NULL, NULL, NULL) }, true },
        { { ENTRY("0", "live", "completed", "succeeded") }, false },
        { { ENTRY("0", "preview", "running", NULL) }, false },
        { { ENTRY("0", "live", NULL, NULL) }, false },
        { { ENTRY("0", NULL, "completed", "failed") }, false },
        { { ENTRY("5", NULL, NULL, NULL) }, false },
        { { ENTRY(NULL, NULL, NULL, NULL) }, false },
        { { ENTRY("5", "prod", NULL, NULL) }, false },
        { { ENTRY(NULL, "draft", NULL, NULL) }, true },
        { { ENTRY("1", "Draft", NULL, NULL) }, true },
        { { ENTRY("5", "draft", "completed", "succeeded") }, true },
        { { ENTRY("5", "preview", NULL, "succeeded") }, false },
        { { ENTRY("10", "live", "completed", "succeeded") }, false },
        { { ENTRY("1", "preview", "running", NULL) }, false },
        { { ENTRY(NULL, "live", "notStarted", NULL) }, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (graph_is_draft(&rows[i].s) != rows[i].draft) {
            fail_msg("row %zu", i);
        }
    }
}

static void the_entry_that_decides_is_the_newest(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct graph_submission entries[3];
        const char *target, *id;
    } rows[] = {
        { "nothing", 0, { { .id = NULL } }, NULL, NULL },
        { "a draft", 1, { { DRAFT } }, NULL, NULL },
        { "live alone", 1, { { LIVE_OK("1") } }, "live", "1" },
        { "preview alone", 1, { { PREVIEW_OK("1") } }, "preview", "1" },
        { "preview above", 2, { { LIVE_OK("1") }, { PREVIEW_OK("2") } }, "preview", "2" },
        { "preview below", 2, { { LIVE_OK("2") }, { PREVIEW_OK("1") } }, "live", "2" },
        { "the same", 2, { { LIVE_OK("2") }, { PREVIEW_OK("2") } }, "live", "2" },
        { "two live", 2, { { LIVE_OK("10") }, { LIVE_OK("9") } }, "live", "10" },
        { "preview above two live",
          3,
          { { PREVIEW_OK("11") }, { LIVE_OK("10") }, { LIVE_OK("9") } },
          "preview",
          "11" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct graph_facts f = gather(NULL, rows[i].entries, rows[i].count);
        const struct graph_submission *newest = graph_newest(&f);
        if (rows[i].id == NULL ? newest != NULL
                               : newest == NULL || strcmp(newest->id, rows[i].id) != 0 ||
                                     strcmp(newest->target, rows[i].target) != 0) {
            fail_msg("%s", rows[i].name);
        }
    }
}

/* Whatever the order of the list: what has failed, then a preview, then the id that is last. */
static void of_entries_that_nothing_orders_one_is_always_told(void **state)
{
    static const struct {
        const char *name;
        struct graph_submission told, other;
    } rows[] = {
        { "a failure", { PREVIEW_FAILED("a") }, { PREVIEW_OK("b") } },
        { "a failure before a preview", { LIVE_FAILED("a") }, { PREVIEW_OK("b") } },
        { "a failure without an id", { PREVIEW_FAILED(NULL) }, { PREVIEW_OK("b") } },
        { "a preview", { PREVIEW_OK("a") }, { LIVE_OK("b") } },
        { "the last by id", { PREVIEW_OK("b") }, { PREVIEW_OK("a") } },
        { "the last live one by id", { LIVE_OK("b") }, { LIVE_OK("a") } },
        { "one with an id", { PREVIEW_OK("a") }, { PREVIEW_OK(NULL) } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int turned = 0; turned < 2; turned++) {
            struct graph_submission entries[2];
            entries[turned] = rows[i].told;
            entries[1 - turned] = rows[i].other;
            struct graph_facts f = gather(NULL, entries, 2);
            if (graph_newest(&f) != &f.entries[turned]) {
                fail_msg("%s, turned %d", rows[i].name, turned);
            }
        }
    }
}

static void the_newer_has_the_higher_id_then_the_later_time(void **state)
{
    static const struct {
        const char *name;
        struct graph_submission newer, older;
    } rows[] = {
        { "a digit", { .id = "2" }, { .id = "1" } },
        { "longer", { .id = "10" }, { .id = "9" } },
        { "beyond 2^53", { .id = "9007199254740993" }, { .id = "9007199254740992" } },
        { "beyond 64 bits", { .id = "100000000000000000000" }, { .id = "99999999999999999999" } },
        { "the same id",
          { .id = "1", .created = "2026-01-02T00:00:00Z" },
          { .id = "1", .created = "2026-01-01T00:00:00Z" } },
        { "the id before the time",
          { .id = "2", .created = "2026-01-01T00:00:00Z" },
          { .id = "1", .created = "2026-01-02T00:00:00Z" } },
        { "no ids",
          { .created = "2026-01-01T00:00:00.5Z" },
          { .created = "2026-01-01T00:00:00Z" } },
        { "one id",
          { .created = "2026-01-02T00:00:00Z" },
          { .id = "1", .created = "2026-01-01T00:00:00Z" } },
    };
    static const struct graph_submission equals[][2] = {
        { { .id = NULL }, { .id = NULL } },
        { { .id = "1" }, { .id = NULL } },
        { { .id = "1" }, { .id = "1" } },
        { { .id = "1", .created = "2026-01-01T00:00:00Z" }, { .id = "1" } },
        { { .id = "b" }, { .id = "a" } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (graph_compare(&rows[i].newer, &rows[i].older) <= 0 ||
            graph_compare(&rows[i].older, &rows[i].newer) >= 0) {
            fail_msg("%s", rows[i].name);
        }
    }
    for (size_t i = 0; i < COUNT_OF(equals); i++) {
        assert_int_equal(graph_compare(&equals[i][0], &equals[i][1]), 0);
        assert_int_equal(graph_compare(&equals[i][1], &equals[i][0]), 0);
    }
}

/* Any of the words may be missing, in any two entries. */
static void missing_words_are_no_trouble(void **state)
{
    static const char *const ids[] = { NULL, "", "1" };
    static const char *const targets[] = { NULL, "", "preview", "live" };
    static const char *const words[] = { NULL, "", "completed", "succeeded" };
    struct graph_submission kinds[3 * 4 * 4 * 4];
    size_t count = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        for (size_t t = 0; t < COUNT_OF(targets); t++) {
            for (size_t w = 0; w < COUNT_OF(words); w++) {
                for (size_t r = 0; r < COUNT_OF(words); r++) {
                    kinds[count++] =
                        (struct graph_submission){ ENTRY(ids[i], targets[t], words[w], words[r]) };
                }
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            const struct graph_submission two[] = { kinds[i], kinds[j] };
            struct graph_facts f = gather(NULL, two, 2);
            struct ruling r = graph_decide(&f);
            assert_int_equal(r.rule == NULL, r.state == STATE_UNKNOWN);
            graph_odd_word(&f);
            graph_newest(&f);
            assert_false(graph_stops_distribution(&f));
        }
    }
}

/* The offer's life as the three APIs tell it, this one's column. */
static void situations_met_in_practice(void **state)
{
    static const struct {
        const char *name;
        size_t count;
        struct graph_submission entries[ENTRIES_MAX];
        enum offer_state state;
        enum offer_live live;
    } rows[] = {
        { "created, never published", 1, { { DRAFT } }, STATE_NONE, LIVE_NO },
        { "first publish running",
          2,
          { { DRAFT }, { PREVIEW_RUNS("1") } },
          STATE_IN_PROGRESS,
          LIVE_NO },
        { "validation stopped it at once",
          2,
          { { DRAFT }, { PREVIEW_FAILED("1") } },
          STATE_FAILED,
          LIVE_NO },
        { "waits for go-live, first time",
          2,
          { { DRAFT }, { PREVIEW_OK("1") } },
          STATE_PENDING_SIGNOFF,
          LIVE_PREVIEW },
        { "going live, first time",
          2,
          { { DRAFT }, { LIVE_RUNS("1") } },
          STATE_IN_PROGRESS,
          LIVE_NO },
        { "live, idle", 2, { { DRAFT }, { LIVE_OK("1") } }, STATE_NONE, LIVE_YES },
        { "live, idle, the same id in preview",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { PREVIEW_OK("1") } },
          STATE_NONE,
          LIVE_YES },
        { "live, update running",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { PREVIEW_RUNS("2") } },
          STATE_IN_PROGRESS,
          LIVE_YES },
        { "live, update failed",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { PREVIEW_FAILED("2") } },
          STATE_FAILED,
          LIVE_YES },
        { "live, update canceled, nothing left",
          2,
          { { DRAFT }, { LIVE_OK("1") } },
          STATE_NONE,
          LIVE_YES },
        { "live, update waits for go-live",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { PREVIEW_OK("2") } },
          STATE_PENDING_SIGNOFF,
          LIVE_YES },
        { "live, go-live of the update running",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { LIVE_RUNS("2") } },
          STATE_IN_PROGRESS,
          LIVE_YES },
        { "live, go-live of the update failed",
          3,
          { { DRAFT }, { LIVE_OK("1") }, { LIVE_FAILED("2") } },
          STATE_FAILED,
          LIVE_YES },
        { "stop distribution pressed, not done",
          2,
          { { DRAFT }, { LIVE_RUNS("2"), GONE } },
          STATE_IN_PROGRESS,
          LIVE_YES },
        { "delisted", 2, { { DRAFT }, { LIVE_OK("2"), GONE } }, STATE_DELISTED, LIVE_NO },
        { "delisted, being brought back",
          3,
          { { DRAFT }, { LIVE_OK("2"), GONE }, { PREVIEW_RUNS("3") } },
          STATE_IN_PROGRESS,
          LIVE_NO },
        { "delisted, new preview ready",
          3,
          { { DRAFT }, { LIVE_OK("2"), GONE }, { PREVIEW_OK("3") } },
          STATE_PENDING_SIGNOFF,
          LIVE_NO },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ruling r = decide(NULL, rows[i].entries, rows[i].count);
        if (r.state != rows[i].state || r.live != rows[i].live) {
            fail_msg("%s: %s, live %s", rows[i].name, state_token(r.state), live_token(r.live));
        }
    }
}

/* What a word that nobody knows, or a missing one, could mean is not decided for it. */
static void what_the_entries_leave_open_is_never_guessed(void **state)
{
    static const struct product rows[] = {
        { "a lifecycle nobody knows, of the live entry",
          NULL,
          1,
          { { LIVE_OK("5"), .lifecycle = "retired" } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
        { "a lifecycle nobody knows, of the product",
          "retired",
          1,
          { { LIVE_OK("5") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
        { "the same, and nothing but a draft",
          "retired",
          1,
          { { DRAFT } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
        { "a lifecycle nobody knows does not hide what runs",
          "retired",
          1,
          { { PREVIEW_RUNS("5") } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_UNKNOWN } },
        { "a live entry without status and result is no draft",
          NULL,
          1,
          { { ENTRY("5", "live", NULL, NULL) } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_NO } },
        { "a target nobody knows",
          NULL,
          1,
          { { ENTRY("5", "production", "running", "pending") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
        { "no target",
          NULL,
          1,
          { { ENTRY("5", NULL, "running", "pending") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
        { "a target nobody knows beside what is live",
          NULL,
          2,
          { { LIVE_OK("5") }, { ENTRY("6", "production", "running", "pending") } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "a target of the store says nothing",
          NULL,
          2,
          { { LIVE_OK("5") }, { ENTRY("6", "flight", "running", "pending") } },
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        check_ruling(rows[i].name, decide(rows[i].lifecycle, rows[i].entries, rows[i].count),
                     rows[i].want);
    }
}

/* mapping of G1 to G5 where more than the newest entry counts. */
static void any_entry_that_counts_may_be_under_way(void **state)
{
    static const struct product rows[] = {
        { "an older preview runs",
          NULL,
          2,
          { { PREVIEW_RUNS("5") }, { PREVIEW_OK("6") } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_PREVIEW } },
        { "an older preview, beside something newer that is live",
          NULL,
          2,
          { { PREVIEW_RUNS("5") }, { LIVE_OK("6") } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
        { "the result of the live entry is outstanding",
          NULL,
          2,
          { { PREVIEW_OK("6") }, { ENTRY("5", "live", "completed", "pending") } },
          { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_PREVIEW } },
        { "the result of the older live entry is outstanding",
          NULL,
          2,
          { { LIVE_OK("6") }, { ENTRY("5", "live", "completed", NULL) } },
          { "graph-G1a", STATE_IN_PROGRESS, BASIS_INFERRED, LIVE_YES } },
        { "a preview failed above a live entry that failed",
          NULL,
          2,
          { { PREVIEW_FAILED("6") }, { LIVE_FAILED("5") } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_UNKNOWN } },
        { "canceled, and no status",
          NULL,
          1,
          { { ENTRY("5", "preview", NULL, "Canceled") } },
          { "graph-G3", STATE_CANCELED, BASIS_INFERRED, LIVE_NO } },
        { "ids that are no numbers and the same",
          NULL,
          2,
          { { PREVIEW_OK("aa") }, { LIVE_OK("aa") } },
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "neither has an id",
          NULL,
          2,
          { { PREVIEW_OK(NULL) }, { LIVE_OK(NULL) } },
          { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES } },
        { "a draft that was deleted",
          "deleted",
          1,
          { { DRAFT } },
          { "graph-G5", STATE_NONE, BASIS_DOCUMENTED, LIVE_NO } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct graph_submission turned[] = { rows[i].entries[1], rows[i].entries[0] };
        check_ruling(rows[i].name, decide(rows[i].lifecycle, rows[i].entries, rows[i].count),
                     rows[i].want);
        if (rows[i].count == 2) {
            check_ruling(rows[i].name, decide(rows[i].lifecycle, turned, 2), rows[i].want);
        }
    }
}

static void a_superseded_preview_is_told(void **state)
{
    static const struct {
        size_t count;
        struct graph_submission entries[3];
        bool superseded;
    } rows[] = {
        { 2, { { LIVE_OK("5") }, { PREVIEW_OK("4") } }, true },
        { 2, { { LIVE_OK("5") }, { PREVIEW_FAILED("4") } }, true },
        { 2, { { LIVE_OK("5") }, { PREVIEW_OK("5") } }, false },
        { 2, { { LIVE_OK("5") }, { PREVIEW_OK("6") } }, false },
        { 2, { { LIVE_OK("5") }, { PREVIEW_RUNS("4") } }, false },
        { 2, { { LIVE_OK("b") }, { PREVIEW_OK("a") } }, false }, /* nothing orders them */
        { 3, { { LIVE_OK("4") }, { LIVE_OK("5") }, { PREVIEW_OK("4") } }, false },
        { 3, { { LIVE_OK("4") }, { LIVE_OK("6") }, { PREVIEW_OK("5") } }, true },
        { 1, { { PREVIEW_OK("4") } }, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        size_t order[3] = { 0, 1, 2 };
        do {
            struct graph_submission turned[3];
            for (size_t k = 0; k < rows[i].count; k++) {
                turned[k] = rows[i].entries[order[k]];
            }
            struct graph_facts f = gather(NULL, turned, rows[i].count);
            if (graph_has_superseded_preview(&f) != rows[i].superseded) {
                fail_msg("row %zu", i);
            }
        } while (next_order(order, rows[i].count));
    }
}

/* Only what says that it is a draft may be passed over. */
static void an_entry_that_says_too_little_is_unknown(void **state)
{
    static const struct wanted_ruling unknown = { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN };
    static const struct wanted_ruling unknown_but_live = { NULL, STATE_UNKNOWN, BASIS_NONE,
                                                           LIVE_YES };
    const struct product products[] = {
        { "an id alone", NULL, 1, { { ENTRY("5", NULL, NULL, NULL) } }, unknown },
        { "nothing at all", NULL, 1, { { ENTRY(NULL, NULL, NULL, NULL) } }, unknown },
        { "a target nobody knows", NULL, 1, { { ENTRY("5", "prod", NULL, NULL) } }, unknown },
        { "no target, but a failure",
          NULL,
          1,
          { { ENTRY("5", NULL, "completed", "failed") } },
          unknown },
        { "beside what is live",
          NULL,
          2,
          { { LIVE_OK("4") }, { ENTRY("5", NULL, NULL, NULL) } },
          unknown_but_live },
        { "the id 0, but live",
          NULL,
          1,
          { { LIVE_OK("0") } },
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
        { "the id 0, but in preview",
          NULL,
          1,
          { { PREVIEW_FAILED("0") } },
          { "graph-G2", STATE_FAILED, BASIS_CLIENT, LIVE_NO } },
        { "the id 0, but a preview runs",
          NULL,
          2,
          { { LIVE_OK("4") }, { PREVIEW_RUNS("0") } },
          { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES } },
    };

    (void)state;
    check_all(products, COUNT_OF(products));
}

#define WANT_FAILED                                                                                \
    {                                                                                              \
        "graph-G2", STATE_FAILED, BASIS_INFERRED, LIVE_NO                                          \
    }
#define WANT_UNKNOWN                                                                               \
    {                                                                                              \
        NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_YES                                                  \
    }

static void entries_that_nothing_orders_are_judged_together(void **state)
{
    static const struct {
        struct product product;
        bool newest_unknown;
    } rows[] = {
        { { "previews without ids",
            NULL,
            2,
            { { PREVIEW_OK(NULL) }, { PREVIEW_FAILED(NULL) } },
            { "graph-G2", STATE_FAILED, BASIS_INFERRED, LIVE_NO } },
          true },
        { { "GUIDs", NULL, 2, { { PREVIEW_OK("9f-1") }, { PREVIEW_FAILED("0e-2") } }, WANT_FAILED },
          true },
        { { "8 beside 9a",
            NULL,
            2,
            { { PREVIEW_FAILED("8") }, { PREVIEW_OK("9a") } },
            WANT_FAILED },
          true },
        { { "the same id", NULL, 2, { { PREVIEW_FAILED("8") }, { PREVIEW_OK("8") } }, WANT_FAILED },
          true },
        { { "a preview without an id beside what is live",
            NULL,
            2,
            { { PREVIEW_FAILED(NULL) }, { LIVE_OK("8") } },
            { "graph-G2", STATE_FAILED, BASIS_INFERRED, LIVE_YES } },
          true },
        { { "a preview that succeeded, beside what is live, neither with an id",
            NULL,
            2,
            { { PREVIEW_OK(NULL) }, { LIVE_OK(NULL) } },
            WANT_UNKNOWN },
          true },
        { { "negative and 1e20",
            NULL,
            2,
            { { PREVIEW_OK("-3") }, { LIVE_OK("1e20") } },
            WANT_UNKNOWN },
          true },
        { { "two previews that say the same",
            NULL,
            2,
            { { PREVIEW_OK(NULL) }, { PREVIEW_OK(NULL) } },
            { "graph-G4", STATE_PENDING_SIGNOFF, BASIS_CLIENT, LIVE_PREVIEW } },
          false },
        { { "what is stopped beside what is not",
            NULL,
            2,
            { { LIVE_OK(NULL), GONE }, { LIVE_OK(NULL) } },
            { NULL, STATE_UNKNOWN, BASIS_NONE, LIVE_UNKNOWN } },
          true },
        { { "ids and times that lead in a circle",
            NULL,
            3,
            { { PREVIEW_FAILED("1"), .created = "2026-01-03T00:00:00Z" },
              { PREVIEW_OK("2"), .created = "2026-01-01T00:00:00Z" },
              { PREVIEW_OK(NULL), .created = "2026-01-02T00:00:00Z" } },
            WANT_FAILED },
          true },
        { { "something runs, whatever the order",
            NULL,
            2,
            { { PREVIEW_FAILED(NULL) }, { PREVIEW_RUNS(NULL) } },
            { "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO } },
          false },
        { { "times order them",
            NULL,
            2,
            { { PREVIEW_FAILED("a"), .created = "2026-01-01T00:00:00Z" },
              { LIVE_OK("b"), .created = "2026-01-02T00:00:00Z" } },
            { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
          false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct product *p = &rows[i].product;
        check_in_every_order(p);
        if (decide(p->lifecycle, p->entries, p->count).newest_unknown != rows[i].newest_unknown) {
            fail_msg("%s", p->name);
        }
    }
}

/* Customers can deploy it until then, and it can be undone. */
static void a_deprecation_that_lies_ahead_delists_nothing_yet(void **state)
{
    static const struct {
        const char *name, *lifecycle;
        struct graph_submission live;
        const char *from;
        struct wanted_ruling want;
    } rows[] = {
        { "in two months",
          NULL,
          { LIVE_OK("5"), GONE, .deprecates_at = "2026-03-01T00:00:00Z" },
          "2026-03-01T00:00:00Z",
          { "graph-G6a", STATE_NONE, BASIS_DOCUMENTED, LIVE_YES } },
        { "the product says so, too",
          "deprecated",
          { LIVE_OK("5"), .deprecates_at = "2026-01-01T10:00:00.001Z" },
          "2026-01-01T10:00:00.001Z",
          { "graph-G6a", STATE_NONE, BASIS_DOCUMENTED, LIVE_YES } },
        { "now",
          NULL,
          { LIVE_OK("5"), GONE, .deprecates_at = "2026-01-01T10:00:00Z" },
          NULL,
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "yesterday",
          NULL,
          { LIVE_OK("5"), GONE, .deprecates_at = "2025-12-31T00:00:00Z" },
          NULL,
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "no date",
          NULL,
          { LIVE_OK("5"), GONE },
          NULL,
          { "graph-G6", STATE_DELISTED, BASIS_DOCUMENTED, LIVE_NO } },
        { "a date, but not deprecated",
          NULL,
          { LIVE_OK("5"), .deprecates_at = "2026-03-01T00:00:00Z" },
          NULL,
          { "graph-G7", STATE_NONE, BASIS_INFERRED, LIVE_YES } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct graph_facts f = gather(rows[i].lifecycle, &rows[i].live, 1);
        const char *from;
        f.now = "2026-01-01T10:00:00Z";
        check_ruling(rows[i].name, graph_decide(&f), rows[i].want);
        from = graph_delisted_from(&f);
        if (rows[i].from == NULL ? from != NULL : from == NULL || strcmp(from, rows[i].from) != 0) {
            fail_msg("%s: %s", rows[i].name, from != NULL ? from : "no date");
        }
    }
}

/* A preview above it decides the state, and the date live. */
static void an_update_of_what_is_going_to_be_delisted_is_live(void **state)
{
    static const struct graph_submission entries[] = {
        { LIVE_OK("5"), GONE, .deprecates_at = "2026-03-01T00:00:00Z" },
        { PREVIEW_RUNS("6") },
    };
    struct graph_facts f = gather(NULL, entries, 2);

    (void)state;
    f.now = "2026-01-01T10:00:00Z";
    check_ruling("before", graph_decide(&f),
                 (struct wanted_ruling){ "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_YES });
    f.now = "2026-04-01T10:00:00Z";
    check_ruling("after", graph_decide(&f),
                 (struct wanted_ruling){ "graph-G1", STATE_IN_PROGRESS, BASIS_CLIENT, LIVE_NO });
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_superseded_preview_is_told),
        cmocka_unit_test(an_entry_that_says_too_little_is_unknown),
        cmocka_unit_test(entries_that_nothing_orders_are_judged_together),
        cmocka_unit_test(a_deprecation_that_lies_ahead_delists_nothing_yet),
        cmocka_unit_test(an_update_of_what_is_going_to_be_delisted_is_live),
        cmocka_unit_test(anything_under_way_is_in_progress),
        cmocka_unit_test(sign_off_waits_for_what_is_going_live),
        cmocka_unit_test(completed_without_a_result_is_in_progress),
        cmocka_unit_test(the_newest_entry_that_failed_is_a_failure),
        cmocka_unit_test(a_single_live_entry_that_failed_leaves_presence_open),
        cmocka_unit_test(the_newest_entry_that_was_canceled_is_a_cancel),
        cmocka_unit_test(a_preview_that_is_ready_waits_for_sign_off),
        cmocka_unit_test(a_completed_preview_of_the_same_or_a_lower_id_is_dropped),
        cmocka_unit_test(a_deleted_product_is_none),
        cmocka_unit_test(what_was_taken_out_of_the_marketplace_is_delisted),
        cmocka_unit_test(what_is_live_and_idle_is_none),
        cmocka_unit_test(nothing_but_a_draft_is_none_and_not_live),
        cmocka_unit_test(spelling_does_not_count),
        cmocka_unit_test(of_two_live_entries_without_ids_the_unfinished_is_the_newer),
        cmocka_unit_test(unknown_words_are_never_mapped_in_silence),
        cmocka_unit_test(known_words_are_not_odd),
        cmocka_unit_test(the_list_alone_tells_of_delisting_by_the_lifecycle),
        cmocka_unit_test(a_stop_on_its_way_is_seen_and_still_live),
        cmocka_unit_test(a_draft_is_what_says_so),
        cmocka_unit_test(the_entry_that_decides_is_the_newest),
        cmocka_unit_test(of_entries_that_nothing_orders_one_is_always_told),
        cmocka_unit_test(the_newer_has_the_higher_id_then_the_later_time),
        cmocka_unit_test(missing_words_are_no_trouble),
        cmocka_unit_test(what_the_entries_leave_open_is_never_guessed),
        cmocka_unit_test(any_entry_that_counts_may_be_under_way),
        cmocka_unit_test(situations_met_in_practice),
    };

    return cmocka_run_group_tests(tests, NULL, clear_arena);
}
