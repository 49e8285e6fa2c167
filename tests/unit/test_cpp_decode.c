/* test_cpp_decode.c - bodies of the Cloud Partner Portal as records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/cpp_decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct offer noted;  /* gets the notes on what is left out */
static struct arena parsed; /* documents that a test looks at */

static cJSON *object_of(const char *text)
{
    struct error err = ERROR_INIT;
    char *copy = strdup(text);
    cJSON *doc;

    assert_non_null(copy);
    doc = json_parse(copy, strlen(copy), NULL, &parsed, &err);
    if (doc == NULL) {
        fail_msg("%s: %s", text, err.text);
    }
    free(copy);
    return doc;
}

static void expect_same(const char *row, const char *got, const char *want)
{
    if ((got == NULL) != (want == NULL) || (got != NULL && strcmp(got, want) != 0)) {
        fail_msg("%s: found \"%s\", expected \"%s\"", row, got != NULL ? got : "(nothing)",
                 want != NULL ? want : "(nothing)");
    }
}

/* Publishers. */

static void publisher_has_id_name_and_seller(void **state)
{
    cJSON *item = object_of("{\"version\":3,\"id\":\"contoso\",\"definition\":{\"displayText\":"
                            "\"Contoso Ltd.\",\"offerTypeCategories\":[],\"sellerId\":12345678}}");
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct publisher p = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_publisher(item, &arena, &p, &err), 0);
    assert_string_equal(p.id, "contoso");
    assert_string_equal(p.name, "Contoso Ltd.");
    assert_string_equal(p.seller_id, "12345678");
    arena_clear(&parsed);
    arena_clear(&arena);
}

static void publisher_needs_its_id_only(void **state)
{
    static const char *const rows[] = {
        "{\"id\":\"contoso\"}",
        "{\"id\":\"contoso\",\"definition\":null}",
        "{\"id\":\"contoso\",\"definition\":{}}",
        "{\"id\":\"contoso\",\"definition\":{\"displayText\":null,\"sellerId\":null}}",
        "{\"id\":\"contoso\",\"definition\":[]}",
        "{\"id\":\"contoso\",\"definition\":{\"displayText\":1,\"sellerId\":{}}}",
        "{\"id\":\"contoso\",\"version\":1,\"version\":2}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i]);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct publisher p = { 0 };
        if (cpp_decode_publisher(item, &arena, &p, &err) != 0) {
            fail_msg("%s: %s", rows[i], err.text);
        }
        assert_string_equal(p.id, "contoso");
        assert_null(p.name);
        assert_null(p.seller_id);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

static void broken_publisher_is_refused(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{}", "expected a publisher, found an object without its members" },
        { "{\"id\":null}", "expected a publisher, found an object without its members" },
        { "{\"id\":\"\"}", "expected a publisher, found an object without its members" },
        { "{\"error\":{}}", "expected a publisher, found an error document" },
        { "{\"id\":\"a\",\"id\":\"b\"}", "id: occurs twice" },
        { "{\"id\":7}", "id: expected text, found a number" },
        { "[]", "expected an object, found an array" },
        { "null", "expected an object, found null" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i].text);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct publisher p = { 0 };
        assert_int_equal(cpp_decode_publisher(item, &arena, &p, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        expect_same(rows[i].text, err.text, rows[i].want);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

/* Offers of the list. */

static void offer_of_the_wire_is_read(void **state)
{
    cJSON *item = object_of(
        "{\"offerTypeId\":\"microsoft-azure-virtualmachines\",\"publisherId\":\"contoso\","
        "\"status\":\"neverPublished\",\"pcMigrationStatus\":\"migrated\",\"pcRedirectUri\":null,"
        "\"lockStatus\":\"none\",\"isvUpgradeRequest\":false,\"offerTypeChanges\":[],"
        "\"pricingNotRecalculatedRegions\":[],\"offerTypeVersionsOverride\":{},\"id\":\"test-vm\","
        "\"version\":1252868275,\"definition\":{\"displayText\":\"Test VM\"},"
        "\"changedTime\":\"2022-06-02T12:25:56.651\"}");
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_offer(item, "Contoso", &arena, &o, &err), 0);
    assert_string_equal(o.id, "test-vm");
    assert_string_equal(o.name, "Test VM");
    assert_string_equal(o.type, "microsoft-azure-virtualmachines");
    assert_string_equal(o.publisher, "Contoso"); /* as it was asked for */
    assert_int_equal(o.note_count, 0);
    assert_string_equal(o.raw_status, "neverPublished");
    assert_string_equal(o.version, "1252868275");
    assert_string_equal(o.changed_at, "2022-06-02T12:25:56.651Z");
    assert_false(o.steps_known);
    arena_clear(&parsed);
    arena_clear(&arena);
}

static void offer_needs_its_id_only(void **state)
{
    static const char *const rows[] = {
        "{\"id\":\"o\"}",
        "{\"id\":\"o\",\"offerTypeId\":null,\"publisherId\":null,\"status\":null}",
        "{\"id\":\"o\",\"version\":null,\"definition\":null,\"changedTime\":null}",
        "{\"id\":\"o\",\"status\":\"\",\"publisherId\":\"\",\"definition\":{\"displayText\":\"\"}}",
        "{\"id\":\"o\",\"ID\":\"x\",\"Status\":\"x\",\"PublisherId\":\"x\",\"Definition\":1}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i]);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        if (cpp_decode_offer(item, "asked-for", &arena, &o, &err) != 0) {
            fail_msg("%s: %s", rows[i], err.text);
        }
        assert_string_equal(o.id, "o");
        assert_string_equal(o.publisher, "asked-for");
        assert_null(o.name);
        assert_null(o.type);
        assert_null(o.raw_status);
        assert_null(o.version);
        assert_null(o.changed_at);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

static void offer_keeps_long_numbers_and_all_fraction_digits(void **state)
{
    cJSON *item = object_of("{\"id\":\"o\",\"version\":636576975611768314,"
                            "\"changedTime\":\"2017-05-23T23:33:47.8802283Z\"}");
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_offer(item, "p", &arena, &o, &err), 0);
    assert_string_equal(o.version, "636576975611768314");
    assert_string_equal(o.changed_at, "2017-05-23T23:33:47.8802283Z");
    arena_clear(&parsed);
    arena_clear(&arena);
}

static void broken_offer_is_refused_and_named(void **state)
{
    static const struct {
        const char *text, *want, *id;
    } rows[] = {
        { "{}", "expected an offer, found an object without its members", NULL },
        { "{\"message\":\"no\"}", "expected an offer, found an error document", NULL },
        { "{\"status\":\"failed\"}", "expected an offer, found an object without its members",
          NULL },
        { "{\"id\":{}}", "id: expected text, found an object", NULL },
        { "\"o\"", "expected an object, found text", NULL },
        { "42", "expected an object, found a number", NULL },
        { "{\"id\":\"o\",\"status\":4}", "status: expected text, found a number", "o" },
        { "{\"id\":\"o\",\"offerTypeId\":[]}", "offerTypeId: expected text, found an array", "o" },
        { "{\"id\":\"o\",\"status\":\"running\",\"status\":\"failed\"}", "status: occurs twice",
          "o" },
        { "{\"id\":\"o\",\"status\":\"running\",\"st\\u0061tus\":\"failed\"}",
          "status: occurs twice", "o" },
        { "{\"id\":\"o\",\"status\":\"failed\",\"status\":null}", "status: occurs twice", "o" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i].text);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        assert_int_equal(cpp_decode_offer(item, "p", &arena, &o, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        expect_same(rows[i].text, err.text, rows[i].want);
        expect_same(rows[i].text, o.id, rows[i].id);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

/* What decides nothing may not hide what does. */
static void odd_detail_of_an_offer_is_a_note(void **state)
{
    static const struct {
        const char *member, *note;
    } rows[] = {
        { "\"publisherId\":1", "publisherId: expected text, found a number; left out" },
        { "\"version\":true", "version: expected text or a number, found true; left out" },
        { "\"changedTime\":7", "changedTime: expected text, found a number; left out" },
        { "\"changedTime\":null,\"changedTime\":null", "changedTime: occurs twice; left out" },
        { "\"definition\":\"x\"", "definition: expected an object, found text; left out" },
        { "\"definition\":{\"displayText\":5}",
          "definition.displayText: expected text, found a number; left out" },
        { "\"publisherId\":\"fabrikam\"", "publisherId is \"fabrikam\" in the list of p" },
        { "\"lockStatus\":\"a\",\"lockStatus\":7", NULL }, /* not read */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{\"id\":\"o\",\"status\":\"failed\",%s}", rows[i].member);
        assert_int_equal(cpp_decode_offer(object_of(text), "p", &arena, &o, &err), 0);
        assert_string_equal(o.raw_status, "failed");
        assert_string_equal(o.publisher, "p");
        assert_null(o.version);
        assert_null(o.changed_at);
        assert_null(o.name);
        expect_same(rows[i].member, o.note_count > 0 ? o.notes[0].text : NULL, rows[i].note);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

/* Status and steps. */

#define STEPS(steps) "{\"status\":\"running\",\"steps\":[" steps "]}"
#define MESSAGES(messages) "{\"status\":\"running\",\"steps\":[],\"messages\":[" messages "]}"

static int decode_status(const char *text, struct arena *a, struct offer *o, const char **status,
                         struct error *err)
{
    cJSON *item = object_of(text);
    int rc = cpp_decode_status(item, a, o, status, err);

    arena_clear(&parsed); /* the record must not need it any more */
    return rc;
}

static void status_of_the_documentation_is_read(void **state)
{
    const char text[] =
        "{\"status\":\"running\",\"messages\":[],\"steps\":["
        "{\"estimatedTimeFrame\":\"< 15 "
        "min\",\"id\":\"displaydummycertify\",\"stepName\":\"Validate "
        "Pre-Requisites\",\"description\":\"Offer settings are "
        "validated.\",\"status\":\"complete\","
        "\"messages\":[{\"messageHtml\":\"Complete.\",\"level\":\"information\","
        "\"timestamp\":\"2018-03-16T17:50:45.7215661Z\"}],\"progressPercentage\":0},"
        "{\"estimatedTimeFrame\":\"~2-3 days\",\"id\":\"displaycertify\",\"stepName\":"
        "\"Certification\",\"description\":\"d\",\"status\":\"blocked\",\"messages\":["
        "{\"messageHtml\":\"<p>See <a href='https://h.example/42'>item 42</a>.</p>\",\"level\":"
        "\"error\",\"timestamp\":\"2018-03-16T17:50:45\"}],\"progressPercentage\":50},"
        "{\"id\":\"publisher-signoff\",\"stepName\":\"Publisher signoff\",\"description\":\"d\","
        "\"status\":\"notStarted\",\"messages\":[],\"progressPercentage\":0}],"
        "\"previewLinks\":[{\"DisplayText\":\"x\",\"URI\":\"https://h.example\"}],\"liveLinks\":[],"
        "\"notificationEmails\":\"a@h.example\"}";
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    const char *status = NULL;
    const struct message *m;

    (void)state;
    assert_int_equal(decode_status(text, &arena, &o, &status, &err), 0);
    assert_string_equal(status, "running");
    assert_true(o.steps_known);
    assert_int_equal(o.step_count, 3);
    assert_int_equal(o.message_count, 0);

    assert_string_equal(o.steps[0].id, "displaydummycertify");
    assert_string_equal(o.steps[0].name, "Validate Pre-Requisites");
    assert_string_equal(o.steps[0].description, "Offer settings are validated.");
    assert_string_equal(o.steps[0].estimated, "< 15 min");
    assert_string_equal(o.steps[0].raw_status, "complete");
    assert_int_equal(o.steps[0].status, STEP_COMPLETE);
    assert_int_equal(o.steps[0].progress, 0);
    assert_int_equal(o.steps[0].message_count, 1);
    m = &o.steps[0].messages[0];
    assert_int_equal(m->level, LEVEL_INFORMATION);
    assert_string_equal(m->text, "Complete.");
    assert_string_equal(m->at, "2018-03-16T17:50:45.7215661Z");
    assert_int_equal(m->link_count, 0);

    assert_int_equal(o.steps[1].status, STEP_BLOCKED);
    assert_int_equal(o.steps[1].progress, 50);
    m = &o.steps[1].messages[0];
    assert_int_equal(m->level, LEVEL_ERROR);
    assert_string_equal(m->text, "See item 42.");
    assert_string_equal(m->at, "2018-03-16T17:50:45Z");
    assert_int_equal(m->link_count, 1);
    assert_string_equal(m->links[0].text, "item 42");
    assert_string_equal(m->links[0].href, "https://h.example/42");

    assert_null(o.steps[2].estimated);
    assert_int_equal(o.steps[2].status, STEP_NOT_STARTED);
    assert_int_equal(o.steps[2].message_count, 0);

    assert_int_equal(o.note_count, 1); /* the blocked step, which is no cause for a warning */
    assert_false(o.notes[0].warning);
    assert_non_null(strstr(o.notes[0].text, "step 2 (Certification) is blocked"));
    arena_clear(&arena);
}

static void step_status_has_many_spellings(void **state)
{
    static const struct {
        const char *word;
        enum step_status want;
    } rows[] = {
        { "NotStarted", STEP_NOT_STARTED },
        { "notStarted", STEP_NOT_STARTED },
        { "not started", STEP_NOT_STARTED },
        { "InProgress", STEP_IN_PROGRESS },
        { "inProgress", STEP_IN_PROGRESS },
        { "running", STEP_IN_PROGRESS },
        { "WaitingForPublisherReview", STEP_WAITING_SIGNOFF },
        { "waitingForPublisherReview", STEP_WAITING_SIGNOFF },
        { "WaitingForApproval", STEP_WAITING_APPROVAL },
        { "waitingForApproval", STEP_WAITING_APPROVAL },
        { "Blocked", STEP_BLOCKED },
        { "blocked", STEP_BLOCKED },
        { "Rejected", STEP_REJECTED },
        { "rejected", STEP_REJECTED },
        { "failed", STEP_REJECTED },
        { "Complete", STEP_COMPLETE },
        { "complete", STEP_COMPLETE },
        { "completed", STEP_COMPLETE },
        { "Canceled", STEP_CANCELED },
        { "canceled", STEP_CANCELED },
        { "cancelled", STEP_CANCELED },
        { "CANCELLED", STEP_CANCELED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        char text[128];
        snprintf(text, sizeof(text), STEPS("{\"status\":\"%s\"}"), rows[i].word);
        assert_int_equal(decode_status(text, &arena, &o, &status, &err), 0);
        if (o.steps[0].status != rows[i].want) {
            fail_msg("%s: %s", rows[i].word, step_status_token(o.steps[0].status));
        }
        assert_string_equal(o.steps[0].raw_status, rows[i].word);
        for (size_t j = 0; j < o.note_count; j++) {
            assert_false(o.notes[j].warning);
        }
        arena_clear(&arena);
    }
}

static void unknown_step_status_is_warned_of(void **state)
{
    static const struct {
        const char *text, *name, *raw;
    } rows[] = {
        { STEPS("{\"stepName\":\"Live\",\"status\":\"hibernating\"}"), "(Live)",
          "\"hibernating\"" },
        { STEPS("{\"id\":\"live\",\"status\":\"hibernating\"}"), "(live)", "hibernating" },
        { STEPS("{\"status\":\"hibernating\"}"), "step 1 (?)", "hibernating" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = "left over";
        assert_int_equal(decode_status(rows[i].text, &arena, &o, &status, &err), 0);
        assert_string_equal(status, "running");
        assert_int_equal(o.steps[0].status, STEP_UNKNOWN);
        assert_int_equal(o.note_count, 1);
        assert_true(o.notes[0].warning);
        assert_non_null(strstr(o.notes[0].text, rows[i].name));
        assert_non_null(strstr(o.notes[0].text, rows[i].raw));
        arena_clear(&arena);
    }
}

static void every_odd_step_gets_its_own_note(void **state)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    const char *status = NULL;

    (void)state;
    assert_int_equal(decode_status(STEPS("{\"id\":\"a\",\"status\":\"x\"},{\"id\":\"b\","
                                         "\"status\":\"complete\"},"
                                         "{\"id\":\"c\",\"status\":\"blocked\"},"
                                         "{\"id\":\"d\",\"status\":\"y\"}"),
                                   &arena, &o, &status, &err),
                     0);
    assert_int_equal(o.note_count, 3);
    assert_non_null(strstr(o.notes[0].text, "step 1 (a)"));
    assert_non_null(strstr(o.notes[1].text, "step 3 (c)"));
    assert_non_null(strstr(o.notes[2].text, "step 4 (d)"));
    arena_clear(&arena);
}

static void progress_has_two_names(void **state)
{
    static const struct {
        const char *members;
        int want;
    } rows[] = {
        { "\"progressPercentage\":40", 40 },
        { "\"processPercentage\":40", 40 },
        { "\"processPercentage\":40,\"progressPercentage\":60", 60 },
        { "\"progressPercentage\":null,\"processPercentage\":40", 40 },
        { "\"progressPercentage\":0", 0 },
        { "\"progressPercentage\":100", 100 },
        { "\"progressPercentage\":99.9", 99 },
        { "\"progressPercentage\":100.5", -1 },
        { "\"progressPercentage\":-1", -1 },
        { "\"progressPercentage\":101", -1 },
        { "\"progressPercentage\":99999999999999999999", -1 },
        { "\"progressPercentage\":null", -1 },
        { "\"progressPercentage\":\"50\"", -1 },
        { "\"progressPercentage\":[]", -1 },
        { "\"ProgressPercentage\":50", -1 },
        { "\"id\":\"x\"", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        char text[256];
        snprintf(text, sizeof(text), STEPS("{\"status\":\"complete\",%s}"), rows[i].members);
        assert_int_equal(decode_status(text, &arena, &o, &status, &err), 0);
        if (o.steps[0].progress != rows[i].want) {
            fail_msg("%s: %d", rows[i].members, o.steps[0].progress);
        }
        arena_clear(&arena);
    }
}

static void level_is_one_of_three(void **state)
{
    static const struct {
        const char *member;
        enum message_level want;
    } rows[] = {
        { ",\"level\":\"information\"", LEVEL_INFORMATION },
        { ",\"level\":\"Information\"", LEVEL_INFORMATION },
        { ",\"level\":\"warning\"", LEVEL_WARNING },
        { ",\"level\":\"Warning\"", LEVEL_WARNING },
        { ",\"level\":\"error\"", LEVEL_ERROR },
        { ",\"level\":\"Error\"", LEVEL_ERROR },
        { ",\"level\":\"something new\"", LEVEL_INFORMATION },
        { ",\"level\":null", LEVEL_INFORMATION },
        { "", LEVEL_INFORMATION },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        char text[128];
        snprintf(text, sizeof(text), MESSAGES("{\"messageHtml\":\"m\"%s}"), rows[i].member);
        assert_int_equal(decode_status(text, &arena, &o, &status, &err), 0);
        assert_int_equal(o.message_count, 1);
        if (o.messages[0].level != rows[i].want) {
            fail_msg("%s: %s", rows[i].member, level_token(o.messages[0].level));
        }
        arena_clear(&arena);
    }
}

static void message_that_says_nothing_is_left_out(void **state)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    const char *status = NULL;

    (void)state;
    assert_int_equal(
        decode_status(
            MESSAGES("{},{\"messageHtml\":null},{\"messageHtml\":\"\"},"
                     "{\"messageHtml\":\"<br>\"},{\"messageHtml\":\"<p>first</p>\"},"
                     "{\"messageHtml\":\" \"},{\"messageHtml\":\"<a href='https://h.example/'></a>"
                     "\"},{\"messageHtml\":\"last\",\"timestamp\":\"0001-01-01T00:00:00\"}"),
            &arena, &o, &status, &err),
        0);
    assert_int_equal(o.message_count, 3);
    assert_string_equal(o.messages[0].text, "first");
    assert_null(o.messages[1].text);
    assert_string_equal(o.messages[1].links[0].href, "https://h.example/");
    assert_string_equal(o.messages[2].text, "last");
    assert_null(o.messages[2].at);
    assert_int_equal(o.messages[2].link_count, 0);
    arena_clear(&arena);
}

static void status_needs_its_word_and_its_steps_only(void **state)
{
    static const char *const rows[] = {
        STEPS(""),
        "{\"status\":\"running\",\"steps\":[],\"messages\":null}",
        MESSAGES(""),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        assert_int_equal(decode_status(rows[i], &arena, &o, &status, &err), 0);
        assert_string_equal(status, "running");
        assert_true(o.steps_known);
        assert_int_equal(o.step_count, 0);
        assert_int_equal(o.message_count, 0);
        assert_int_equal(o.note_count, 0);
        arena_clear(&arena);
    }
}

/* Read as "no steps", such an answer would let a rejected offer pass. */
static void broken_status_names_the_place(void **state)
{
#define NO_STATUS "expected the status of an offer, found "
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "7", "expected an object, found a number" },
        { "{}", NO_STATUS "an object without its members" },
        { "{\"value\":[]}", NO_STATUS "an object without its members" },
        { "{\"status\":null,\"steps\":null}", NO_STATUS "an object without its members" },
        { "{\"error\":{\"code\":\"x\"}}", NO_STATUS "an error document" },
        { "{\"error\":\"no\"}", NO_STATUS "an error document" },
        { "{\"message\":\"no\"}", NO_STATUS "an error document" },
        { "{\"status\":500,\"message\":\"no\"}", NO_STATUS "an error document" },
        { "{\"status\":\"running\"}", "steps: is missing" },
        { "{\"status\":\"running\",\"steps\":null}", "steps: is missing" },
        { "{\"status\":\"\",\"steps\":[]}", "status: is missing" },
        { "{\"status\":7,\"steps\":[]}", "status: expected text, found a number" },
        { "{\"status\":\"a\",\"status\":\"b\",\"steps\":[]}", "status: occurs twice" },
        { "{\"status\":\"a\",\"steps\":[],\"steps\":[]}", "steps: occurs twice" },
        { "{\"status\":\"a\",\"steps\":{}}", "steps: expected an array, found an object" },
        { STEPS("7"), "steps[0]: expected an object, found a number" },
        { STEPS("{}"), "steps[0]: expected a step, found an object without its members" },
        { STEPS("{\"status\":\"a\"},{\"id\":\"b\"}"),
          "steps[1]: expected a step, found an object without its members" },
        { STEPS("{\"error\":\"no\"}"), "steps[0]: expected a step, found an error document" },
        { STEPS("{\"status\":\"a\",\"id\":1}"), "steps[0].id: expected text, found a number" },
        { STEPS("{\"status\":\"a\",\"stepName\":1}"),
          "steps[0].stepName: expected text, found a number" },
        { STEPS("{\"status\":true}"), "steps[0].status: expected text, found true" },
        { STEPS("{\"status\":\"complete\",\"status\":\"rejected\"}"),
          "steps[0].status: occurs twice" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        assert_int_equal(decode_status(rows[i].text, &arena, &o, &status, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        expect_same(rows[i].text, err.text, rows[i].want);
        arena_clear(&arena);
    }
}

static void odd_detail_of_a_status_is_a_note(void **state)
{
#define STEP(member) STEPS("{\"status\":\"rejected\"," member "}")
    static const struct {
        const char *text, *note;
    } rows[] = {
        { STEP("\"description\":1"), "steps[0].description: expected text, found a number" },
        { STEP("\"description\":\"a\",\"description\":\"b\""),
          "steps[0].description: occurs twice" },
        { STEP("\"estimatedTimeFrame\":[]"),
          "steps[0].estimatedTimeFrame: expected text, found an array" },
        { STEP("\"progressPercentage\":\"50\""),
          "steps[0].progressPercentage: expected a number, found text" },
        { STEP("\"messages\":7"), "steps[0].messages: expected an array, found a number" },
        { STEP("\"messages\":[{},[]]"),
          "steps[0].messages[1]: expected an object, found an array" },
        { STEP("\"messages\":[{\"level\":{}}]"),
          "steps[0].messages[0].level: expected text, found an object" },
        { "{\"status\":\"running\",\"steps\":[{\"status\":\"rejected\"}],\"messages\":\"x\"}",
          "messages: expected an array, found text" },
        { "{\"status\":\"running\",\"steps\":[{\"status\":\"rejected\"}],\"messages\":"
          "[{\"messageHtml\":1}]}",
          "messages[0].messageHtml: expected text, found a number" },
        { "{\"status\":\"running\",\"steps\":[{\"status\":\"rejected\"}],\"messages\":"
          "[{},{\"timestamp\":1}]}",
          "messages[1].timestamp: expected text, found a number" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        const char *status = NULL;
        char note[128];
        snprintf(note, sizeof(note), "status: %s; left out", rows[i].note);
        assert_int_equal(decode_status(rows[i].text, &arena, &o, &status, &err), 0);
        assert_int_equal(o.steps[0].status, STEP_REJECTED);
        assert_int_equal(o.note_count, 1);
        expect_same(rows[i].text, o.notes[0].text, note);
        arena_clear(&arena);
    }
}

/* Thousands of odd members are one fault, not thousands. */
static void notes_on_odd_details_are_limited(void **state)
{
    struct strbuf text = STRBUF_INIT(65536);
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    const char *status = NULL;

    (void)state;
    strbuf_puts(&text, "{\"status\":\"running\",\"steps\":[{\"status\":\"a\"}");
    for (int i = 0; i < 100; i++) {
        strbuf_puts(&text, ",{\"status\":\"complete\",\"description\":1}");
    }
    strbuf_puts(&text, "]}");
    assert_int_equal(decode_status(strbuf_text(&text), &arena, &o, &status, &err), 0);
    assert_int_equal(o.step_count, 101);
    assert_int_equal(o.note_count, 20);
    strbuf_clear(&text);
    arena_clear(&arena);
}

static void message_over_its_limit_is_told_with_its_place(void **state)
{
    const size_t size = (size_t)1024 * 1024 + 1;
    cJSON *item = cJSON_CreateObject();
    cJSON *messages = cJSON_AddArrayToObject(item, "messages"), *message = cJSON_CreateObject();
    bool added = cJSON_AddStringToObject(item, "status", "running") != NULL &&
                 cJSON_AddArrayToObject(item, "steps") != NULL;
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    const char *status = NULL;
    char *html = malloc(size + 1);

    (void)state;
    assert_true(added);
    assert_non_null(html);
    memset(html, 'a', size);
    html[size] = '\0';
    cJSON_AddStringToObject(message, "messageHtml", html);
    cJSON_AddItemToArray(messages, message);
    assert_int_equal(cpp_decode_status(item, &arena, &o, &status, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_non_null(strstr(err.text, "messages[0]"));
    assert_non_null(strstr(err.text, "1024 KiB"));
    free(html);
    cJSON_Delete(item);
    arena_clear(&arena);
}

/* Submissions. */

static int submission(const cJSON *item, struct arena *a, struct cpp_submission *out,
                      struct error *err)
{
    noted = (struct offer){ 0 };
    return cpp_decode_submission(item, a, &noted, out, err);
}

static void submission_of_the_documentation_is_read(void **state)
{
    cJSON *item = object_of(
        "{\"slot\":\"staging\",\"submissionState\":\"running\",\"submissionType\":\"publish\","
        "\"version\":636576975611768314,\"definition\":{\"metadata\":{\"emails\":\"a@h.example\"}},"
        "\"changedTime\":\"2018-03-27T17:39:30.653183Z\",\"id\":\"f4d2a1b0\",\"offerVersion\":1}");
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct cpp_submission s = { 0 };

    (void)state;
    assert_int_equal(submission(item, &arena, &s, &err), 0);
    arena_clear(&parsed); /* the record must not need it any more */
    assert_string_equal(s.id, "f4d2a1b0");
    assert_string_equal(s.version, "636576975611768314");
    assert_string_equal(s.type, "publish");
    assert_string_equal(s.state, "running");
    assert_string_equal(s.changed_at, "2018-03-27T17:39:30.653183Z");
    arena_clear(&arena);
}

#define SUBMISSION(members)                                                                        \
    "{\"submissionType\":\"publish\",\"submissionState\":\"failed\"" members "}"

static void submission_needs_its_type_and_state_only(void **state)
{
    static const char *const rows[] = {
        SUBMISSION(""), SUBMISSION(",\"id\":null,\"version\":null,\"changedTime\":null"),
        SUBMISSION(",\"error\":{\"code\":\"x\"}"), /* documented as a member */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i]);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct cpp_submission s = { "x", "x", "x", "x", "x", "x", "x" };
        assert_int_equal(submission(item, &arena, &s, &err), 0);
        assert_null(s.id);
        assert_null(s.version);
        assert_string_equal(s.type, "publish");
        assert_string_equal(s.state, "failed");
        assert_null(s.changed_at);
        assert_int_equal(noted.note_count, 0);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

static void broken_submission_is_refused(void **state)
{
#define NO_SUBMISSION "expected a submission, found "
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "[]", "expected an object, found an array" },
        { "{}", NO_SUBMISSION "an object without its members" },
        { "{\"value\":[]}", NO_SUBMISSION "an object without its members" },
        { "{\"id\":\"1\"}", NO_SUBMISSION "an object without its members" },
        { "{\"error\":{\"code\":\"x\"}}", NO_SUBMISSION "an error document" },
        { "{\"message\":\"no\"}", NO_SUBMISSION "an error document" },
        { "{\"submissionType\":\"publish\"}", "submissionState: is missing" },
        { "{\"submissionState\":\"failed\"}", "submissionType: is missing" },
        { SUBMISSION(",\"id\":[]"), "id: expected text or a number, found an array" },
        { SUBMISSION(",\"submissionState\":\"completed\""), "submissionState: occurs twice" },
        { "{\"submissionType\":1,\"submissionState\":\"x\"}",
          "submissionType: expected text, found a number" },
        { "{\"submissionType\":\"x\",\"submissionState\":1}",
          "submissionState: expected text, found a number" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        cJSON *item = object_of(rows[i].text);
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct cpp_submission s = { 0 };
        assert_int_equal(submission(item, &arena, &s, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        expect_same(rows[i].text, err.text, rows[i].want);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

static void odd_detail_of_a_submission_is_a_note(void **state)
{
    static const struct {
        const char *text, *note;
    } rows[] = {
        { SUBMISSION(",\"version\":true"),
          "submissions: version: expected text or a number, found true; left out" },
        { SUBMISSION(",\"changedTime\":1"),
          "submissions: changedTime: expected text, found a number; left out" },
        { SUBMISSION(",\"createdDateTime\":{}"),
          "submissions: createdDateTime: expected text, found an object; left out" },
        { SUBMISSION(",\"slot\":1"), "submissions: slot: expected text, found a number; left out" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena arena = ARENA_INIT;
        struct error err = ERROR_INIT;
        struct cpp_submission s = { 0 };
        assert_int_equal(submission(object_of(rows[i].text), &arena, &s, &err), 0);
        assert_string_equal(s.state, "failed");
        assert_int_equal(noted.note_count, 1);
        expect_same(rows[i].text, noted.notes[0].text, rows[i].note);
        arena_clear(&parsed);
        arena_clear(&arena);
    }
}

/* Slots. */

static void slot_is_a_document_of_an_offer(void **state)
{
    static const struct {
        const char *text, *want; /* NULL: it is one */
    } rows[] = {
        { "{\"id\":\"a\"}", NULL },
        { "{\"offerTypeId\":\"a\",\"definition\":{}}", NULL },
        { "{}", "expected an offer, found an object without its members" },
        { "{\"value\":[]}", "expected an offer, found an object without its members" },
        { "{\"error\":{}}", "expected an offer, found an error document" },
        { "{\"id\":\"a\",\"message\":\"no\"}", "expected an offer, found an error document" },
        { "7", "expected an object, found a number" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        int rc = cpp_check_slot(object_of(rows[i].text), &err);
        expect_same(rows[i].text, rc == 0 ? NULL : err.text, rows[i].want);
        arena_clear(&parsed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publisher_has_id_name_and_seller),
        cmocka_unit_test(publisher_needs_its_id_only),
        cmocka_unit_test(broken_publisher_is_refused),
        cmocka_unit_test(offer_of_the_wire_is_read),
        cmocka_unit_test(offer_needs_its_id_only),
        cmocka_unit_test(offer_keeps_long_numbers_and_all_fraction_digits),
        cmocka_unit_test(broken_offer_is_refused_and_named),
        cmocka_unit_test(odd_detail_of_an_offer_is_a_note),
        cmocka_unit_test(status_of_the_documentation_is_read),
        cmocka_unit_test(step_status_has_many_spellings),
        cmocka_unit_test(unknown_step_status_is_warned_of),
        cmocka_unit_test(every_odd_step_gets_its_own_note),
        cmocka_unit_test(progress_has_two_names),
        cmocka_unit_test(level_is_one_of_three),
        cmocka_unit_test(message_that_says_nothing_is_left_out),
        cmocka_unit_test(status_needs_its_word_and_its_steps_only),
        cmocka_unit_test(broken_status_names_the_place),
        cmocka_unit_test(odd_detail_of_a_status_is_a_note),
        cmocka_unit_test(notes_on_odd_details_are_limited),
        cmocka_unit_test(message_over_its_limit_is_told_with_its_place),
        cmocka_unit_test(submission_of_the_documentation_is_read),
        cmocka_unit_test(submission_needs_its_type_and_state_only),
        cmocka_unit_test(broken_submission_is_refused),
        cmocka_unit_test(odd_detail_of_a_submission_is_a_note),
        cmocka_unit_test(slot_is_a_document_of_an_offer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
