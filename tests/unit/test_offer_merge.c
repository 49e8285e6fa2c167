/* test_offer_merge.c - several APIs on one offer: who is believed in what. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/offer.h"
#include "offerstat/translate.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define SAID_MAX 4

static int setup(void **state)
{
    static struct arena arena;

    arena = (struct arena)ARENA_INIT;
    *state = &arena;
    return 0;
}

static int teardown(void **state)
{
    arena_clear(*state);
    return 0;
}

/* As the descriptors of the APIs have it. */
static struct testimony testimony_of(const struct offer *o)
{
    static const char *const witnesses[] = { "graph", "ingestion", "cpp" };
    unsigned rank = 0;

    while (rank < COUNT_OF(witnesses) && (o->api == NULL || strcmp(witnesses[rank], o->api) != 0)) {
        rank++;
    }
    return (struct testimony){ .offer = o,
                               .rank = rank + 1,
                               .cannot_see_delisted =
                                   o->api != NULL && strcmp(o->api, "ingestion") == 0 };
}

/* Merge records that come as an array. */
static struct offer merge(struct arena *a, const struct offer *offers, size_t count)
{
    struct testimony said[SAID_MAX];
    struct offer out = { .id = "untouched" };

    for (size_t i = 0; i < count; i++) {
        said[i] = testimony_of(&offers[i]);
    }
    assert_int_equal(offer_merge(a, said, count, &out), 0);
    return out;
}

static void assert_text(const char *got, const char *wanted)
{
    if (wanted == NULL) {
        assert_null(got);
    } else {
        assert_non_null(got);
        assert_string_equal(got, wanted);
    }
}

#define GRAPH(is, there) .api = "graph", .state = (is), .live = (there), .rule = "graph's"
#define INGESTION(is, there)                                                                       \
    .api = "ingestion", .state = (is), .live = (there), .rule = "ingestion's"
#define CPP(is, there) .api = "cpp", .state = (is), .live = (there), .rule = "cpp's"

/* The three in any order; those without an API were not asked. */
static const size_t orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                    { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

static void the_graver_state_decides_in_whatever_order_they_come(void **state)
{
    static const struct {
        const char *name;
        struct offer said[3];
        enum offer_state state;
        enum offer_live live;
        const char *rule;
    } rows[] = {
        { "a failure that graph has not heard of; graph tells live",
          { { GRAPH(STATE_DELISTED, LIVE_NO) },
            { INGESTION(STATE_NONE, LIVE_YES) },
            { CPP(STATE_FAILED, LIVE_YES) } },
          STATE_FAILED,
          LIVE_NO,
          "cpp's" },
        { "a sign-off that is due before what is under way",
          { { INGESTION(STATE_PENDING_SIGNOFF, LIVE_PREVIEW) },
            { CPP(STATE_IN_PROGRESS, LIVE_NO) } },
          STATE_PENDING_SIGNOFF,
          LIVE_PREVIEW,
          "ingestion's" },
        { "what is under way before what rests",
          { { GRAPH(STATE_NONE, LIVE_YES) }, { CPP(STATE_IN_PROGRESS, LIVE_NO) } },
          STATE_IN_PROGRESS,
          LIVE_YES,
          "cpp's" },
        { "one alone",
          { { CPP(STATE_FAILED, LIVE_PREVIEW) } },
          STATE_FAILED,
          LIVE_PREVIEW,
          "cpp's" },
        { "an API nobody knows comes last for the other members",
          { { .api = "other", .state = STATE_FAILED, .live = LIVE_YES, .rule = "other's" },
            { CPP(STATE_IN_PROGRESS, LIVE_NO) } },
          STATE_FAILED,
          LIVE_NO,
          "other's" },
        { "a failure before what is unknown",
          { { GRAPH(STATE_UNKNOWN, LIVE_UNKNOWN) },
            { INGESTION(STATE_IN_PROGRESS, LIVE_YES) },
            { CPP(STATE_FAILED, LIVE_NO) } },
          STATE_FAILED,
          LIVE_YES,
          "cpp's" },
        { "what is unknown before the rest",
          { { GRAPH(STATE_NONE, LIVE_YES) },
            { INGESTION(STATE_UNKNOWN, LIVE_YES) },
            { CPP(STATE_CANCELED, LIVE_YES) } },
          STATE_UNKNOWN,
          LIVE_YES,
          "ingestion's" },
        { "a list that tells no state says nothing",
          { { GRAPH(STATE_UNKNOWN, LIVE_UNKNOWN), .basis = BASIS_PROVISIONAL },
            { CPP(STATE_NONE, LIVE_UNKNOWN) } },
          STATE_NONE,
          LIVE_UNKNOWN,
          "cpp's" },
        { "of one state the best witness",
          { { GRAPH(STATE_FAILED, LIVE_YES) }, { CPP(STATE_FAILED, LIVE_NO) } },
          STATE_FAILED,
          LIVE_YES,
          "graph's" },
        { "unknown to all",
          { { GRAPH(STATE_UNKNOWN, LIVE_UNKNOWN) },
            { INGESTION(STATE_UNKNOWN, LIVE_UNKNOWN) },
            { CPP(STATE_UNKNOWN, LIVE_UNKNOWN) } },
          STATE_UNKNOWN,
          LIVE_UNKNOWN,
          "graph's" },
        { "presence is asked of the next, the state is not",
          { { GRAPH(STATE_FAILED, LIVE_UNKNOWN) },
            { INGESTION(STATE_NONE, LIVE_UNKNOWN) },
            { CPP(STATE_IN_PROGRESS, LIVE_YES) } },
          STATE_FAILED,
          LIVE_YES,
          "graph's" },
        { "presence is that of the best who knows it",
          { { GRAPH(STATE_FAILED, LIVE_UNKNOWN) },
            { INGESTION(STATE_NONE, LIVE_PREVIEW) },
            { CPP(STATE_IN_PROGRESS, LIVE_YES) } },
          STATE_FAILED,
          LIVE_PREVIEW,
          "graph's" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t o = 0; o < COUNT_OF(orders); o++) {
            struct offer turned[3];
            size_t count = 0;
            for (size_t k = 0; k < 3; k++) {
                const struct offer *one = &rows[i].said[orders[o][k]];
                if (one->api != NULL) {
                    turned[count++] = *one;
                }
            }
            struct offer out = merge(*state, turned, count);
            if (out.state != rows[i].state || out.live != rows[i].live ||
                strcmp(out.rule, rows[i].rule) != 0) {
                fail_msg("%s: %s by %s, live %s", rows[i].name, state_token(out.state), out.rule,
                         live_token(out.live));
            }
            if (out.source_count != count) {
                fail_msg("%s: %zu sources", rows[i].name, out.source_count);
            }
        }
    }
}

/* In the order of the exit codes of their verdicts. */
static void of_two_states_the_graver_wins(void **state)
{
    static const enum offer_state order[] = {
        STATE_FAILED,          STATE_UNKNOWN,     STATE_CANCELED, STATE_DELISTED,
        STATE_PENDING_SIGNOFF, STATE_IN_PROGRESS, STATE_NONE
    };

    for (size_t i = 0; i < COUNT_OF(order); i++) {
        for (size_t j = 0; j < COUNT_OF(order); j++) {
            const struct offer said[] = { { GRAPH(order[i], LIVE_YES) },
                                          { CPP(order[j], LIVE_YES) } };
            struct offer out = merge(*state, said, 2);
            if (out.state != order[i < j ? i : j] ||
                strcmp(out.rule, i <= j ? "graph's" : "cpp's") != 0) {
                fail_msg("%s, %s: %s by %s", state_token(order[i]), state_token(order[j]),
                         state_token(out.state), out.rule);
            }
        }
    }
}

#define OLD_TIME "2026-01-01T00:00:00Z"
#define NEW_TIME "2026-02-01T00:00:00Z"

/* Who knows of the newer submission decides, however grave what the other says. */
static void who_knows_of_the_newer_submission_decides(void **state)
{
    static const struct {
        const char *name;
        struct offer said[2];
        size_t decides;
    } rows[] = {
        { "a failed one that graph has not heard of",
          { { INGESTION(STATE_FAILED, LIVE_YES), .submission = "1152921505697719189" },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "1152921505695125040" } },
          0 },
        { "a failed one that has been overtaken",
          { { INGESTION(STATE_FAILED, LIVE_YES), .submission = "8" },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "10" } },
          1 },
        { "the same one: the graver state",
          { { INGESTION(STATE_NONE, LIVE_YES), .submission = "8" },
            { GRAPH(STATE_FAILED, LIVE_YES), .submission = "8" } },
          1 },
        { "the number before the time",
          { { INGESTION(STATE_NONE, LIVE_YES), .submission = "9", .submitted_at = OLD_TIME,
              .changed_at = OLD_TIME },
            { GRAPH(STATE_FAILED, LIVE_YES), .submission = "8", .submitted_at = NEW_TIME,
              .changed_at = NEW_TIME } },
          0 },
        { "no number: the graver state",
          { { INGESTION(STATE_FAILED, LIVE_YES), .submission = "5a63deb5" },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "9" } },
          0 },
        { "submitted after all that the other knows of",
          { { CPP(STATE_FAILED, LIVE_YES), .changed_at = OLD_TIME },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "9", .submitted_at = NEW_TIME } },
          1 },
        { "the other has changed since: the graver state",
          { { CPP(STATE_FAILED, LIVE_YES), .changed_at = NEW_TIME },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "9", .submitted_at = OLD_TIME } },
          0 },
        { "at the same time: the graver state",
          { { CPP(STATE_FAILED, LIVE_YES), .changed_at = OLD_TIME },
            { GRAPH(STATE_NONE, LIVE_YES), .submitted_at = OLD_TIME } },
          0 },
        { "the newer one is unknown",
          { { INGESTION(STATE_UNKNOWN, LIVE_YES), .submission = "9" },
            { GRAPH(STATE_FAILED, LIVE_YES), .submission = "8" } },
          0 },
        { "a list that tells no state knows nothing",
          { { INGESTION(STATE_UNKNOWN, LIVE_YES), .submission = "9", .basis = BASIS_PROVISIONAL },
            { GRAPH(STATE_NONE, LIVE_YES), .submission = "8" } },
          1 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer turned[] = { rows[i].said[1], rows[i].said[0] };
        const struct offer *want = &rows[i].said[rows[i].decides];
        struct offer one = merge(*state, rows[i].said, 2), other = merge(*state, turned, 2);
        if (strcmp(one.rule, want->rule) != 0 || strcmp(other.rule, want->rule) != 0 ||
            one.state != want->state || one.submission != want->submission) {
            fail_msg("%s: %s", rows[i].name, one.rule);
        }
    }
}

/* A witness may turn what rests into delisted and settle live, nothing else. */
static void a_witness_can_say_only_what_it_was_asked(void **state)
{
    for (int is = 0; is < STATE_COUNT; is++) {
        for (int said = 0; said < STATE_COUNT; said++) {
            struct offer o = { INGESTION((enum offer_state)is, LIVE_YES), .id = "a",
                               .raw_status = "own" };
            const struct offer witness = { GRAPH((enum offer_state)said, LIVE_NO),
                                           .raw_status = "witness's" };
            bool delists = is == STATE_NONE && said == STATE_DELISTED;
            assert_int_equal(offer_apply_witness(*state, &o, &witness), 0);
            assert_int_equal(o.state, delists ? STATE_DELISTED : is);
            assert_string_equal(o.rule, delists ? "graph's" : "ingestion's");
            assert_string_equal(o.raw_status, delists ? "witness's" : "own");
            assert_int_equal(o.live, LIVE_NO);
            assert_int_equal(o.source_count, 2);
            assert_string_equal(o.sources[0].api, "graph");
            assert_int_equal(o.note_count, delists || is == said || said == STATE_UNKNOWN ? 0 : 1);
            if (o.note_count > 0) {
                assert_int_equal(o.notes[0].warning, said == STATE_FAILED);
            }
        }
    }
}

static void a_witness_settles_live(void **state)
{
    static const struct {
        enum offer_state own;
        enum offer_live said, want;
    } rows[] = {
        { STATE_NONE, LIVE_YES, LIVE_YES },    { STATE_NONE, LIVE_NO, LIVE_NO },
        { STATE_FAILED, LIVE_NO, LIVE_NO },    { STATE_NONE, LIVE_UNKNOWN, LIVE_PREVIEW },
        { STATE_DELISTED, LIVE_YES, LIVE_NO },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer o = { INGESTION(rows[i].own, LIVE_PREVIEW) };
        const struct offer witness = { GRAPH(STATE_NONE, rows[i].said) };
        assert_int_equal(offer_apply_witness(*state, &o, &witness), 0);
        assert_int_equal(o.live, rows[i].want);
    }
}

/* Rule, basis and raw word are those of the state, even where they are missing. */
static void what_explains_the_state_comes_with_it(void **state)
{
    static const struct offer said[] = {
        { .api = "graph",
          .state = STATE_UNKNOWN,
          .rule = "graph-G7",
          .basis = BASIS_DOCUMENTED,
          .raw_status = "hibernating" },
        { .api = "ingestion",
          .state = STATE_FAILED,
          .rule = "ingestion-3",
          .basis = BASIS_CLIENT,
          .raw_status = "InProgress/Failed" },
        { .api = "cpp",
          .state = STATE_CANCELED,
          .rule = "cpp-7",
          .basis = BASIS_INFERRED,
          .raw_status = "canceled" },
    };
    static const struct offer bare[] = {
        { .api = "graph", .state = STATE_UNKNOWN, .rule = "graph-G7", .raw_status = "hibernating" },
        { .api = "cpp", .state = STATE_FAILED },
    };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.state, STATE_FAILED);
    assert_text(out.rule, "ingestion-3");
    assert_int_equal(out.basis, BASIS_CLIENT);
    assert_text(out.raw_status, "InProgress/Failed");
    assert_null(out.api);
    out = merge(*state, bare, 2);
    assert_int_equal(out.state, STATE_FAILED);
    assert_null(out.rule);
    assert_null(out.raw_status);
    assert_int_equal(out.basis, BASIS_NONE);
}

static void every_api_is_a_source_the_best_first(void **state)
{
    static const struct offer said[] = {
        { .api = "cpp",
          .state = STATE_NONE,
          .live = LIVE_YES,
          .basis = BASIS_INFERRED,
          .rule = "cpp-10",
          .raw_status = "succeeded" },
        { .api = "other", .state = STATE_FAILED },
        { .api = "graph",
          .state = STATE_DELISTED,
          .live = LIVE_NO,
          .basis = BASIS_DOCUMENTED,
          .rule = "graph-G6",
          .raw_status = "completed/succeeded" },
        { .api = "ingestion", .state = STATE_UNKNOWN },
    };
    static const size_t wanted[] = { 2, 3, 0, 1 };
    struct offer out = merge(*state, said, 4);

    assert_int_equal(out.source_count, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct source *got = &out.sources[i];
        const struct offer *from = &said[wanted[i]];
        assert_text(got->api, from->api);
        assert_int_equal(got->state, from->state);
        assert_int_equal(got->live, from->live);
        assert_int_equal(got->basis, from->basis);
        assert_text(got->rule, from->rule);
        assert_text(got->raw_status, from->raw_status);
    }
}

static void what_the_best_does_not_say_the_next_may(void **state)
{
    static const struct offer said[] = {
        { .api = "cpp",
          .id = "contoso-vm",
          .name = "name of cpp",
          .type = "type of cpp",
          .publisher = "contoso",
          .version = "9",
          .changed_at = "2026-01-03T00:00:00Z",
          .product_id = "guid of cpp" },
        { .api = "ingestion",
          .id = "contoso-vm",
          .name = "name of ingestion",
          .type = "type of ingestion",
          .changed_at = "2026-01-02T00:00:00Z" },
        { .api = "graph", .id = "contoso-vm", .name = "name of graph" },
    };
    struct offer out = merge(*state, said, 3);

    assert_text(out.id, "contoso-vm");
    assert_text(out.name, "name of graph");
    assert_text(out.type, "type of ingestion");
    assert_text(out.changed_at, "2026-01-03T00:00:00Z"); /* the latest of those that agree */
    assert_text(out.publisher, "contoso");
    assert_text(out.version, "9");
    assert_text(out.product_id, "guid of cpp");
}

static void steps_are_those_of_the_best_that_has_some(void **state)
{
    static const struct step one[] = { { .id = "one" } }, two[] = { { .id = "a" }, { .id = "b" } };
    static const struct {
        const char *name;
        struct offer said[3];
        bool known;
        const struct step *steps;
        size_t count;
    } rows[] = {
        { "nobody was asked",
          { { .api = "graph" }, { .api = "ingestion" }, { .api = "cpp" } },
          false,
          NULL,
          0 },
        { "asked, and there are none",
          { { .api = "graph" }, { .api = "ingestion", .steps_known = true }, { .api = "cpp" } },
          true,
          NULL,
          0 },
        { "the last has some",
          { { .api = "graph" },
            { .api = "ingestion", .steps_known = true },
            { .api = "cpp", .steps_known = true, .steps = two, .step_count = 2 } },
          true,
          two,
          2 },
        { "two have some",
          { { .api = "graph" },
            { .api = "ingestion", .steps_known = true, .steps = one, .step_count = 1 },
            { .api = "cpp", .steps_known = true, .steps = two, .step_count = 2 } },
          true,
          one,
          1 },
        { "the best has some",
          { { .api = "graph", .steps_known = true, .steps = one, .step_count = 1 },
            { .api = "ingestion" },
            { .api = "cpp", .steps_known = true } },
          true,
          one,
          1 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer out = merge(*state, rows[i].said, 3);
        if (out.steps_known != rows[i].known || out.step_count != rows[i].count ||
            (rows[i].count > 0 && strcmp(out.steps[0].id, rows[i].steps[0].id) != 0)) {
            fail_msg("%s: %zu steps", rows[i].name, out.step_count);
        }
    }
}

static bool has_note(const struct offer *o, bool warning, const char *text)
{
    for (size_t i = 0; i < o->note_count; i++) {
        if (o->notes[i].warning == warning && strcmp(o->notes[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

static void steps_with_words_and_of_the_same_state_explain_more(void **state)
{
    static const struct message words[] = { { .level = LEVEL_ERROR, .text = "why" } };
    static const struct step silent[] = { { .id = "silent" } };
    static const struct step telling[] = {
        { .id = "telling" }, { .id = "telling-2", .messages = words, .message_count = 1 }
    };
    struct offer said[] = { { .api = "ingestion",
                              .state = STATE_FAILED,
                              .steps_known = true,
                              .steps = silent,
                              .step_count = 1,
                              .changed_at = "2026-01-01T00:00:00Z" },
                            { .api = "cpp",
                              .state = STATE_FAILED,
                              .steps_known = true,
                              .steps = telling,
                              .step_count = 2,
                              .changed_at = "2026-01-02T00:00:00Z" } };
    struct offer out = merge(*state, said, 2);

    assert_text(out.steps[0].id, "telling");
    assert_text(out.changed_at, "2026-01-02T00:00:00Z");
    said[1].state = STATE_IN_PROGRESS; /* it speaks of something else */
    out = merge(*state, said, 2);
    assert_text(out.steps[0].id, "silent");
    assert_text(out.changed_at, "2026-01-01T00:00:00Z");
}

static void steps_of_the_state_that_was_decided_go_first(void **state)
{
    static const struct step ours[] = { { .id = "ours" } }, theirs[] = { { .id = "theirs" } };
    static const struct {
        const char *name;
        struct offer said[3];
        const char *steps;
    } rows[] = {
        { "the better witness tells of another state",
          { { .api = "ingestion",
              .state = STATE_IN_PROGRESS,
              .steps_known = true,
              .steps = theirs,
              .step_count = 1 },
            { .api = "cpp",
              .state = STATE_FAILED,
              .steps_known = true,
              .steps = ours,
              .step_count = 1 } },
          "ours" },
        { "the next witness tells of another state",
          { { .api = "ingestion",
              .state = STATE_FAILED,
              .steps_known = true,
              .steps = ours,
              .step_count = 1 },
            { .api = "cpp",
              .state = STATE_IN_PROGRESS,
              .steps_known = true,
              .steps = theirs,
              .step_count = 1 } },
          "ours" },
        { "steps of another state are better than none",
          { { .api = "ingestion", .state = STATE_FAILED, .steps_known = true },
            { .api = "cpp",
              .state = STATE_IN_PROGRESS,
              .steps_known = true,
              .steps = theirs,
              .step_count = 1 } },
          "theirs" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer out = merge(*state, rows[i].said, 2);
        if (out.step_count != 1 || strcmp(out.steps[0].id, rows[i].steps) != 0) {
            fail_msg("%s", rows[i].name);
        }
    }
}

static void messages_and_time_are_those_of_the_state_that_was_decided(void **state)
{
    static const struct message ours[] = { { .text = "ours" } },
                                theirs[] = { { .text = "theirs" } };
    static const struct {
        const char *name;
        struct offer said[3];
        const char *text, *changed_at;
    } rows[] = {
        { "the better witness tells of another state, and of a later time",
          { { .api = "graph",
              .state = STATE_IN_PROGRESS,
              .messages = theirs,
              .message_count = 1,
              .changed_at = "2026-01-05T00:00:00Z" },
            { .api = "ingestion",
              .state = STATE_FAILED,
              .messages = ours,
              .message_count = 1,
              .changed_at = "2026-01-01T00:00:00Z" },
            { .api = "cpp", .state = STATE_NONE } },
          "ours",
          "2026-01-01T00:00:00Z" },
        { "both agree: the words of the better, the later of the times",
          { { .api = "graph",
              .state = STATE_FAILED,
              .messages = ours,
              .message_count = 1,
              .changed_at = "2026-01-05T00:00:00Z" },
            { .api = "ingestion",
              .state = STATE_FAILED,
              .messages = theirs,
              .message_count = 1,
              .changed_at = "2026-01-01T00:00:00Z" },
            { .api = "cpp", .state = STATE_NONE } },
          "ours",
          "2026-01-05T00:00:00Z" },
        { "only those of other states have some: of the better",
          { { .api = "graph", .state = STATE_FAILED },
            { .api = "ingestion",
              .state = STATE_IN_PROGRESS,
              .messages = ours,
              .message_count = 1,
              .changed_at = "2026-01-01T00:00:00Z" },
            { .api = "cpp",
              .state = STATE_NONE,
              .messages = theirs,
              .message_count = 1,
              .changed_at = "2026-01-05T00:00:00Z" } },
          "ours",
          "2026-01-01T00:00:00Z" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer out = merge(*state, rows[i].said, 3);
        assert_int_equal(out.state, STATE_FAILED);
        assert_int_equal(out.message_count, 1);
        if (strcmp(out.messages[0].text, rows[i].text) != 0 ||
            strcmp(out.changed_at, rows[i].changed_at) != 0) {
            fail_msg("%s: %s, %s", rows[i].name, out.messages[0].text, out.changed_at);
        }
    }
}

static void partner_center_cannot_see_what_was_delisted(void **state)
{
    const struct offer said[] = {
        { .api = "cpp", .state = STATE_DELISTED, .live = LIVE_NO, .rule = "cpp-11" },
        { .api = "ingestion", .state = STATE_NONE, .live = LIVE_YES, .rule = "ingestion-12" },
        { .api = "graph", .state = STATE_NONE, .live = LIVE_YES, .rule = "graph-G7" }
    };
    struct offer out = merge(*state, said, 2);

    assert_int_equal(out.state, STATE_DELISTED);
    assert_int_equal(out.live, LIVE_NO);
    assert_text(out.rule, "cpp-11");
    assert_int_equal(out.note_count, 0);
    out = merge(*state, said, 3); /* the Graph API can */
    assert_int_equal(out.state, STATE_DELISTED);
    assert_int_equal(out.live, LIVE_NO);
    assert_true(has_note(&out, false, "the APIs disagree: cpp says delisted, graph says none"));
}

static void a_canceled_publish_that_was_overtaken_counts_no_more(void **state)
{
    static const struct {
        const char *canceled, *rest;
        enum offer_state state;
    } rows[] = {
        { "2019-01-01T00:00:00Z", "2026-01-01T00:00:00Z", STATE_NONE },
        { "2026-01-01T00:00:00Z", "2019-01-01T00:00:00Z", STATE_CANCELED },
        { "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", STATE_CANCELED },
        { NULL, "2026-01-01T00:00:00Z", STATE_CANCELED },
        { "2019-01-01T00:00:00Z", NULL, STATE_CANCELED },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer said[] = {
            { .api = "cpp", .state = STATE_CANCELED, .changed_at = rows[i].canceled },
            { .api = "graph",
              .state = STATE_NONE,
              .changed_at = rows[i].rest,
              .submitted_at = rows[i].rest },
        };
        struct offer out = merge(*state, said, 2);
        assert_int_equal(out.state, rows[i].state);
        assert_int_equal(out.note_count, rows[i].state == STATE_NONE ? 1 : 0);
    }
}

static void a_failure_that_is_outvoted_is_a_warning(void **state)
{
    const struct offer said[] = { { .api = "ingestion", .state = STATE_FAILED, .submission = "8" },
                                  { .api = "graph", .state = STATE_NONE, .submission = "9" },
                                  { .api = "cpp", .state = STATE_IN_PROGRESS } };
    struct offer out = merge(*state, said, 2);

    assert_int_equal(out.state, STATE_NONE);
    assert_true(has_note(&out, true, "the APIs disagree: graph says none, ingestion says failed"));
    out = merge(*state, said + 1, 2);
    assert_int_equal(out.state, STATE_IN_PROGRESS);
    assert_true(has_note(&out, false, "the APIs disagree: cpp says in_progress, graph says none"));
}

/* One note is enough: of a failure before all else, else of the best witness. */
static void failure_that_is_outvoted_is_told_first(void **state)
{
    static const struct {
        enum offer_state ingestion, cpp;
        const char *told;
        bool warning;
    } rows[] = {
        { STATE_FAILED, STATE_CANCELED, "the APIs disagree: graph says none, ingestion says failed",
          true },
        { STATE_CANCELED, STATE_FAILED, "the APIs disagree: graph says none, cpp says failed",
          true },
        { STATE_FAILED, STATE_NONE, "the APIs disagree: graph says none, ingestion says failed",
          true },
        { STATE_NONE, STATE_FAILED, "the APIs disagree: graph says none, cpp says failed", true },
        { STATE_CANCELED, STATE_IN_PROGRESS,
          "the APIs disagree: graph says none, ingestion says canceled", false },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer said[] = {
            { .api = "cpp", .state = rows[i].cpp, .changed_at = OLD_TIME },
            { .api = "ingestion", .state = rows[i].ingestion, .submission = "8" },
            { .api = "graph", .state = STATE_NONE, .submission = "9", .submitted_at = NEW_TIME },
        };
        struct offer out = merge(*state, said, 3);
        assert_int_equal(out.state, STATE_NONE);
        assert_int_equal(out.note_count, 1);
        if (!has_note(&out, rows[i].warning, rows[i].told)) {
            fail_msg("%zu: %s", i, out.notes[0].text);
        }
    }
}

/* Only what is at rest can be blind to it. */
static void failure_is_told_beside_what_not_every_api_sees(void **state)
{
    static const struct {
        enum offer_state decided;
        const char *told;
    } rows[] = {
        { STATE_CANCELED, "the APIs disagree: graph says canceled, ingestion says failed" },
        { STATE_DELISTED, "the APIs disagree: graph says delisted, ingestion says failed" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer said[] = {
            { .api = "graph", .state = rows[i].decided, .submission = "9" },
            { .api = "ingestion", .state = STATE_FAILED, .submission = "8" },
        };
        struct offer out = merge(*state, said, 2);
        assert_int_equal(out.state, rows[i].decided);
        assert_true(has_note(&out, true, rows[i].told));
    }
}

static const char *in_capitals(const char *one, const char *many, unsigned long count)
{
    (void)many;
    (void)count;
    if (strcmp(one, "the APIs disagree: %s says %s, %s says %s") == 0) {
        return "THE APIS DISAGREE: %s SAYS %s, %s SAYS %s";
    }
    return one;
}

/* Documents have the words of the contract, people the labels of their language. */
static void disagreement_is_told_in_both_languages(void **state)
{
    const struct offer said[] = {
        { .api = "graph", .state = STATE_NONE, .submission = "9" },
        { .api = "ingestion", .state = STATE_FAILED, .submission = "8" }
    };
    struct offer out = merge(*state, said, 2);

    assert_int_equal(out.note_count, 1);
    assert_null(out.notes[0].local_text);
    translate_by(in_capitals);
    out = merge(*state, said, 2);
    translate_by(NULL);
    assert_int_equal(out.note_count, 1);
    assert_string_equal(out.notes[0].text,
                        "the APIs disagree: graph says none, ingestion says failed");
    assert_string_equal(out.notes[0].local_text,
                        "THE APIS DISAGREE: graph SAYS -, ingestion SAYS Publish failed");
}

static void records_of_one_rank_keep_their_order(void **state)
{
    const struct offer said[] = { { .api = "x", .state = STATE_NONE },
                                  { .api = "y", .state = STATE_NONE },
                                  { .api = "z", .state = STATE_NONE } };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.source_count, 3);
    assert_string_equal(out.sources[0].api, "x");
    assert_string_equal(out.sources[1].api, "y");
    assert_string_equal(out.sources[2].api, "z");
}

static void words_of_any_step_count(void **state)
{
    static const struct message words[] = { { .text = "It does not boot." } };
    static const struct step silent[] = { { .id = "s-1" }, { .id = "s-2" } };
    static const struct step first[] = { { .id = "t-1", .messages = words, .message_count = 1 },
                                         { .id = "t-2" } };
    static const struct step last[] = { { .id = "t-1" },
                                        { .id = "t-2", .messages = words, .message_count = 1 } };
    const struct step *const telling[] = { first, last };

    for (size_t i = 0; i < COUNT_OF(telling); i++) {
        const struct offer said[] = {
            { .api = "graph", .state = STATE_FAILED, .steps = silent, .step_count = 2 },
            { .api = "cpp", .state = STATE_FAILED, .steps = telling[i], .step_count = 2 },
        };
        assert_ptr_equal(merge(*state, said, 2).steps, telling[i]);
    }
}

/* Numbers order two of them and times the others, so that each is outdone by another. */
static void in_a_circle_the_gravest_decides(void **state)
{
    static const struct {
        enum offer_state a, b, c, want;
    } rows[] = {
        { STATE_NONE, STATE_NONE, STATE_FAILED, STATE_FAILED },
        { STATE_NONE, STATE_FAILED, STATE_IN_PROGRESS, STATE_FAILED },
        { STATE_FAILED, STATE_NONE, STATE_NONE, STATE_FAILED },
        { STATE_NONE, STATE_NONE, STATE_NONE, STATE_NONE },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const struct offer said[] = {
            { .api = "graph",
              .state = rows[i].a,
              .submission = "9", /* newer than b's */
              .submitted_at = "2026-01-05T00:00:00Z",
              .changed_at = "2026-01-10T00:00:00Z" },
            { .api = "ingestion",
              .state = rows[i].b,
              .submission = "8", /* after c changed */
              .submitted_at = "2026-01-30T00:00:00Z",
              .changed_at = "2026-01-31T00:00:00Z" },
            { .api = "cpp",
              .state = rows[i].c, /* after a changed */
              .submitted_at = "2026-01-15T00:00:00Z",
              .changed_at = "2026-01-20T00:00:00Z" },
        };
        assert_int_equal(merge(*state, said, 3).state, rows[i].want);
    }
}

static void who_knows_nothing_contradicts_no_one(void **state)
{
    static const struct {
        const char *name;
        struct offer said[2];
        size_t notes;
    } rows[] = {
        { "unknown",
          { { GRAPH(STATE_UNKNOWN, LIVE_UNKNOWN) }, { CPP(STATE_FAILED, LIVE_NO) } },
          0 },
        { "at rest, from the list alone",
          { { GRAPH(STATE_NONE, LIVE_YES), .basis = BASIS_PROVISIONAL },
            { CPP(STATE_FAILED, LIVE_NO) } },
          0 },
        { "the same", { { GRAPH(STATE_FAILED, LIVE_NO) }, { CPP(STATE_FAILED, LIVE_NO) } }, 0 },
        { "at rest", { { GRAPH(STATE_NONE, LIVE_YES) }, { CPP(STATE_FAILED, LIVE_NO) } }, 1 },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer out = merge(*state, rows[i].said, 2);
        if (out.state != STATE_FAILED || out.note_count != rows[i].notes) {
            fail_msg("%s: %zu notes", rows[i].name, out.note_count);
        }
    }
}

static void messages_are_those_of_the_best_that_has_some(void **state)
{
    static const struct message one[] = { { .text = "one" } };
    static const struct message two[] = { { .text = "a" }, { .text = "b" } };
    static const struct offer said[] = {
        { .api = "cpp", .messages = two, .message_count = 2 },
        { .api = "ingestion", .messages = one, .message_count = 1 },
        { .api = "graph" },
    };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.message_count, 1);
    assert_text(out.messages[0].text, "one");
    out = merge(*state, said, 1);
    assert_int_equal(out.message_count, 2);
    assert_text(out.messages[1].text, "b");
}

static void all_notes_are_kept_the_best_witness_first(void **state)
{
    static const struct note of_cpp[] = { { .text = "c", .warning = true }, { .text = "d" } };
    static const struct note of_graph[] = { { .text = "a" }, { .text = "b", .warning = true } };
    static const struct offer said[] = {
        { .api = "cpp", .notes = of_cpp, .note_count = 2 },
        { .api = "ingestion" },
        { .api = "graph", .notes = of_graph, .note_count = 2 },
    };
    static const char *const wanted[] = { "a", "b", "c", "d" };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.note_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_text(out.notes[i].text, wanted[i]);
        assert_int_equal(out.notes[i].warning, i == 1 || i == 2);
    }
    out = merge(*state, said + 1, 1);
    assert_int_equal(out.note_count, 0);
}

/* The action follows from the state and the steps that the record ends with. */
static void the_action_is_that_of_the_merged_state(void **state)
{
    static const struct step blocked[] = { { .id = "certify", .status = STEP_BLOCKED } };
    static const struct step going[] = { { .id = "certify", .status = STEP_IN_PROGRESS } };
    static const struct {
        const char *name;
        struct offer said[2];
        enum offer_action action;
    } rows[] = {
        { "nothing to do",
          { { GRAPH(STATE_NONE, LIVE_YES), .action = ACTION_FIX },
            { CPP(STATE_NONE, LIVE_YES), .action = ACTION_FIX } },
          ACTION_NONE },
        { "publish again what was canceled",
          { { GRAPH(STATE_NONE, LIVE_YES), .action = ACTION_NONE },
            { CPP(STATE_CANCELED, LIVE_YES), .action = ACTION_REPUBLISH } },
          ACTION_REPUBLISH },
        { "sign off, though the best rests",
          { { GRAPH(STATE_NONE, LIVE_YES), .action = ACTION_LOOK },
            { CPP(STATE_PENDING_SIGNOFF, LIVE_YES), .action = ACTION_SIGN_OFF } },
          ACTION_SIGN_OFF },
        { "look at what is unknown to all",
          { { GRAPH(STATE_UNKNOWN, LIVE_YES) }, { CPP(STATE_UNKNOWN, LIVE_YES) } },
          ACTION_LOOK },
        { "wait",
          { { GRAPH(STATE_IN_PROGRESS, LIVE_YES) },
            { CPP(STATE_IN_PROGRESS, LIVE_YES), .steps_known = true, .steps = going,
              .step_count = 1 } },
          ACTION_WAIT },
        { "fix what a step of the other blocks on",
          { { GRAPH(STATE_IN_PROGRESS, LIVE_YES) },
            { CPP(STATE_IN_PROGRESS, LIVE_YES), .steps_known = true, .steps = blocked,
              .step_count = 1 } },
          ACTION_FIX },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer out = merge(*state, rows[i].said, 2);
        if (out.action != rows[i].action) {
            fail_msg("%s: %s", rows[i].name, action_token(out.action));
        }
    }
}

#define EVENTS_MAX 4
#define MERGED_MAX 8

static void events_become_one_list_newest_first(void **state)
{
    static const struct {
        const char *name;
        struct event graph[EVENTS_MAX], cpp[EVENTS_MAX]; /* up to one without an id */
        const char *wanted;
    } rows[] = {
        { "nobody has any", { { .id = NULL } }, { { .id = NULL } }, "" },
        { "one has some",
          { { .id = NULL } },
          { { .id = "b", .started_at = "2026-01-02T00:00:00Z" },
            { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          "ba" },
        { "the other has some",
          { { .id = "b", .started_at = "2026-01-02T00:00:00Z" },
            { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          { { .id = NULL } },
          "ba" },
        { "in turn",
          { { .id = "d", .started_at = "2026-01-04T00:00:00Z" },
            { .id = "b", .started_at = "2026-01-02T00:00:00Z" } },
          { { .id = "c", .started_at = "2026-01-03T00:00:00Z" },
            { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          "dcba" },
        { "all of the second are newer",
          { { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          { { .id = "c", .started_at = "2026-01-03T00:00:00Z" },
            { .id = "b", .started_at = "2026-01-02T00:00:00Z" } },
          "cba" },
        { "fractions of a second",
          { { .id = "a", .started_at = "2026-01-01T00:00:00.65Z" } },
          { { .id = "b", .started_at = "2026-01-01T00:00:00.651Z" } },
          "ba" },
        { "the time of change where none has begun",
          { { .id = "a", .changed_at = "2026-01-01T00:00:00Z" } },
          { { .id = "b", .changed_at = "2026-01-02T00:00:00Z" } },
          "ba" },
        { "the beginning before the change",
          { { .id = "b",
              .started_at = "2026-01-02T00:00:00Z",
              .changed_at = "2026-01-02T00:00:00Z" } },
          { { .id = "a",
              .started_at = "2026-01-01T00:00:00Z",
              .changed_at = "2026-01-09T00:00:00Z" } },
          "ba" },
        { "of the same time the best witness first",
          { { .id = "b", .started_at = "2026-01-01T00:00:00Z" } },
          { { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          "ba" },
        { "one without a time stays behind the one above it",
          { { .id = "d", .started_at = "2026-01-04T00:00:00Z" },
            { .id = "c" },
            { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          { { .id = "b", .started_at = "2026-01-02T00:00:00Z" } },
          "dcba" },
        { "the same in the other list",
          { { .id = "b", .started_at = "2026-01-02T00:00:00Z" } },
          { { .id = "d", .started_at = "2026-01-04T00:00:00Z" },
            { .id = "c" },
            { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          "dcba" },
        { "the first without a time is the newest",
          { { .id = "a", .started_at = "2026-01-01T00:00:00Z" } },
          { { .id = "b" } },
          "ba" },
        { "no times at all",
          { { .id = "d" }, { .id = "c" } },
          { { .id = "b" }, { .id = "a" } },
          "dcba" },
    };

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct offer said[] = { { .api = "cpp", .events = rows[i].cpp },
                                { .api = "graph", .events = rows[i].graph } };
        struct offer out;
        char found[MERGED_MAX + 1] = "";
        while (rows[i].cpp[said[0].event_count].id != NULL) {
            said[0].event_count++;
        }
        while (rows[i].graph[said[1].event_count].id != NULL) {
            said[1].event_count++;
        }
        out = merge(*state, said, 2);
        assert_true(out.event_count <= MERGED_MAX);
        for (size_t e = 0; e < out.event_count; e++) {
            found[e] = out.events[e].id[0];
        }
        if (strcmp(found, rows[i].wanted) != 0) {
            fail_msg("%s: %s, wanted %s", rows[i].name, found, rows[i].wanted);
        }
    }
}

static void events_of_three_are_in_order(void **state)
{
    static const struct event of_cpp[] = { { .id = "a", .started_at = "2026-01-01T00:00:00Z" } };
    static const struct event of_graph[] = { { .id = "b", .started_at = "2026-01-02T00:00:00Z" } };
    static const struct event of_ingestion[] = { { .id = "c",
                                                   .started_at = "2026-01-03T00:00:00Z",
                                                   .api = "ingestion",
                                                   .kind = "submission",
                                                   .state = "Published" } };
    static const struct offer said[] = {
        { .api = "cpp", .events = of_cpp, .event_count = 1 },
        { .api = "graph", .events = of_graph, .event_count = 1 },
        { .api = "ingestion", .events = of_ingestion, .event_count = 1 },
    };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.event_count, 3);
    assert_text(out.events[0].id, "c");
    assert_text(out.events[0].kind, "submission");
    assert_text(out.events[0].state, "Published");
    assert_text(out.events[1].id, "b");
    assert_text(out.events[2].id, "a");
}

static void what_was_said_is_left_as_it_was(void **state)
{
    static const struct note notes[] = { { .text = "a" } };
    static const struct event events[] = { { .id = "e" } };
    const struct offer said[] = {
        { GRAPH(STATE_UNKNOWN, LIVE_UNKNOWN), .notes = notes, .note_count = 1 },
        { CPP(STATE_FAILED, LIVE_YES), .events = events, .event_count = 1 },
    };
    struct offer before[2];
    struct offer out;

    memcpy(before, said, sizeof(before));
    out = merge(*state, said, 2);
    assert_int_equal(out.state, STATE_FAILED);
    for (size_t i = 0; i < 2; i++) {
        assert_ptr_equal(said[i].api, before[i].api);
        assert_int_equal(said[i].state, before[i].state);
        assert_int_equal(said[i].live, before[i].live);
        assert_int_equal(said[i].note_count, before[i].note_count);
        assert_int_equal(said[i].event_count, before[i].event_count);
        assert_int_equal(said[i].source_count, 0);
    }
}

/* The old portal and ingestion without Graph: its word on each record is asked for, and the records
 * become one all the same. */
static void records_that_a_witness_was_asked_about_are_merged(void **state)
{
    static const struct offer witness = {
        .api = "graph", .state = STATE_DELISTED, .live = LIVE_NO, .rule = "graph-G6"
    };
    static const char *const sources[] = { "graph", "ingestion", "cpp" };
    struct offer said[] = { { .api = "cpp", .state = STATE_NONE, .live = LIVE_YES },
                            { .api = "ingestion", .state = STATE_NONE, .live = LIVE_YES } };
    struct offer out;

    for (size_t i = 0; i < 2; i++) {
        const char *own = said[i].api;
        assert_int_equal(offer_apply_witness(*state, &said[i], &witness), 0);
        assert_text(said[i].api, own); /* it is looked for by it */
    }
    out = merge(*state, said, 2);
    assert_int_equal(out.state, STATE_DELISTED);
    assert_int_equal(out.live, LIVE_NO);
    assert_text(out.rule, "graph-G6");
    assert_null(out.api);
    assert_int_equal(out.source_count, COUNT_OF(sources));
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        assert_text(out.sources[i].api, sources[i]);
    }
    assert_int_equal(out.sources[0].state, STATE_DELISTED);
    assert_int_equal(out.sources[1].state, STATE_NONE);
    assert_int_equal(out.sources[2].state, STATE_NONE);
}

/* Also where a record that needed no witness comes first. */
static void a_witness_of_two_records_is_one_source(void **state)
{
    static const struct offer witness = { GRAPH(STATE_NONE, LIVE_YES) };
    static const char *const sources[] = { "ingestion", "graph", "cpp", "x" };
    struct offer said[] = { { INGESTION(STATE_NONE, LIVE_YES) },
                            { CPP(STATE_NONE, LIVE_YES) },
                            { .api = "x", .state = STATE_NONE, .live = LIVE_YES } };
    struct offer out;

    assert_int_equal(offer_apply_witness(*state, &said[1], &witness), 0);
    assert_int_equal(offer_apply_witness(*state, &said[2], &witness), 0);
    out = merge(*state, said, 3);
    assert_int_equal(out.source_count, COUNT_OF(sources));
    for (size_t i = 0; i < COUNT_OF(sources); i++) {
        assert_text(out.sources[i].api, sources[i]);
    }
}

static void records_that_say_nothing_are_no_trouble(void **state)
{
    static const struct offer said[] = { { .state = STATE_UNKNOWN },
                                         { .state = STATE_UNKNOWN },
                                         { .api = "graph", .state = STATE_UNKNOWN } };
    struct offer out = merge(*state, said, 3);

    assert_int_equal(out.state, STATE_UNKNOWN);
    assert_int_equal(out.live, LIVE_UNKNOWN);
    assert_int_equal(out.source_count, 3);
    assert_text(out.sources[0].api, "graph");
    assert_null(out.sources[1].api);
    assert_null(out.id);
    assert_null(out.rule);
    assert_int_equal(out.event_count, 0);
    assert_int_equal(out.note_count, 0);
}

static void without_records_there_is_something_to_look_at(void **state)
{
    struct offer out = { .id = "untouched" };

    assert_int_equal(offer_merge(*state, NULL, 0, &out), 0);
    assert_null(out.id);
    assert_int_equal(out.state, STATE_UNKNOWN);
    assert_int_equal(out.action, ACTION_LOOK);
    assert_int_equal(out.source_count, 0);
}

/* A count that no memory can hold stands for memory that has run out. */
static void without_memory_the_target_stays_as_it_was(void **state)
{
    static const struct note note = { .text = "x" };
    static const struct event event = { .id = "x" };
    static const struct offer huge[] = {
        { .api = "cpp", .notes = &note, .note_count = SIZE_MAX / sizeof(note) },
        { .api = "cpp", .events = &event, .event_count = SIZE_MAX / sizeof(event) },
    };

    for (size_t i = 0; i < 2; i++) {
        const struct testimony said = testimony_of(&huge[i]);
        struct offer out = { .id = "kept", .state = STATE_FAILED };
        assert_int_equal(offer_merge(*state, &said, 1, &out), -1);
        assert_text(out.id, "kept");
        assert_int_equal(out.state, STATE_FAILED);
        assert_int_equal(out.source_count, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_graver_state_decides_in_whatever_order_they_come, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(of_two_states_the_graver_wins, setup, teardown),
        cmocka_unit_test_setup_teardown(who_knows_of_the_newer_submission_decides, setup, teardown),
        cmocka_unit_test_setup_teardown(a_witness_can_say_only_what_it_was_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(a_witness_settles_live, setup, teardown),
        cmocka_unit_test_setup_teardown(what_explains_the_state_comes_with_it, setup, teardown),
        cmocka_unit_test_setup_teardown(every_api_is_a_source_the_best_first, setup, teardown),
        cmocka_unit_test_setup_teardown(what_the_best_does_not_say_the_next_may, setup, teardown),
        cmocka_unit_test_setup_teardown(steps_are_those_of_the_best_that_has_some, setup, teardown),
        cmocka_unit_test_setup_teardown(messages_are_those_of_the_best_that_has_some, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(all_notes_are_kept_the_best_witness_first, setup, teardown),
        cmocka_unit_test_setup_teardown(the_action_is_that_of_the_merged_state, setup, teardown),
        cmocka_unit_test_setup_teardown(events_become_one_list_newest_first, setup, teardown),
        cmocka_unit_test_setup_teardown(events_of_three_are_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(steps_with_words_and_of_the_same_state_explain_more, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(partner_center_cannot_see_what_was_delisted, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_canceled_publish_that_was_overtaken_counts_no_more, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_failure_that_is_outvoted_is_a_warning, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_said_is_left_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(records_that_a_witness_was_asked_about_are_merged, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_witness_of_two_records_is_one_source, setup, teardown),
        cmocka_unit_test_setup_teardown(records_that_say_nothing_are_no_trouble, setup, teardown),
        cmocka_unit_test_setup_teardown(steps_of_the_state_that_was_decided_go_first, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(messages_and_time_are_those_of_the_state_that_was_decided,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(failure_that_is_outvoted_is_told_first, setup, teardown),
        cmocka_unit_test_setup_teardown(in_a_circle_the_gravest_decides, setup, teardown),
        cmocka_unit_test_setup_teardown(failure_is_told_beside_what_not_every_api_sees, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(disagreement_is_told_in_both_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(records_of_one_rank_keep_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(words_of_any_step_count, setup, teardown),
        cmocka_unit_test_setup_teardown(who_knows_nothing_contradicts_no_one, setup, teardown),
        cmocka_unit_test_setup_teardown(without_records_there_is_something_to_look_at, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(without_memory_the_target_stays_as_it_was, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
