/* test_json_value.c - the parts of an offer as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json_value.h"

#include <string.h>

static void check(struct strbuf *out, const char *wanted)
{
    assert_false(out->failed);
    assert_string_equal(strbuf_text(out), wanted);
    strbuf_reset(out);
}

static void text_that_is_missing_is_null_and_empty_text_is_not(void **state)
{
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_text(&out, NULL);
    check(&out, "null");
    json_put_text(&out, "");
    check(&out, "\"\"");
    json_put_text(&out, "a \"b\"\n");
    check(&out, "\"a \\\"b\\\"\\u000a\"");
    strbuf_clear(&out);
}

static void a_comma_stands_before_all_keys_but_the_first(void **state)
{
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_key(&out, "id", true);
    check(&out, "\"id\":");
    json_put_key(&out, "id", false);
    check(&out, ",\"id\":");
    json_put_member(&out, "name", NULL);
    check(&out, ",\"name\":null");
    json_put_member(&out, "name", "x");
    check(&out, ",\"name\":\"x\"");
    strbuf_clear(&out);
}

/* A key is written into room taken at once: what does not fit must leave nothing behind. */
static void a_key_without_room_is_told(void **state)
{
    struct strbuf out = STRBUF_INIT(4);

    (void)state;
    json_put_key(&out, "id", false); /* one more than there is room for */
    assert_true(out.failed);
    assert_int_equal(out.len, 0);
    strbuf_clear(&out);
}

static void messages_have_their_level_links_and_time(void **state)
{
    static const struct link links[] = { { "item", "https://example.com/1" },
                                         { "other", "https://example.com/2" } };
    static const struct message messages[] = {
        { .level = LEVEL_ERROR,
          .text = "bad",
          .at = "2026-01-02T03:04:05Z",
          .links = links,
          .link_count = 2 },
        { .level = LEVEL_WARNING },
    };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_messages(&out, messages, 0);
    check(&out, "[]");
    json_put_messages(&out, messages, 2);
    check(&out, "[{\"level\":\"error\",\"text\":\"bad\",\"links\":["
                "{\"text\":\"item\",\"href\":\"https://example.com/1\"},"
                "{\"text\":\"other\",\"href\":\"https://example.com/2\"}],"
                "\"at\":\"2026-01-02T03:04:05Z\"},"
                "{\"level\":\"warning\",\"text\":null,\"links\":[],\"at\":null}]");
    strbuf_clear(&out);
}

static void steps_not_known_are_null_and_no_steps_are_an_empty_array(void **state)
{
    struct offer o = { .id = "x" };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_steps(&out, &o);
    check(&out, "null");
    o.steps_known = true;
    json_put_steps(&out, &o);
    check(&out, "[]");
    strbuf_clear(&out);
}

static void progress_is_a_number_or_null(void **state)
{
    static const struct step steps[] = { { .id = "a", .status = STEP_COMPLETE, .progress = 0 },
                                         { .id = "b", .progress = -1 } };
    static const struct offer o = { .steps_known = true, .steps = steps, .step_count = 2 };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_steps(&out, &o);
    check(&out, "[{\"id\":\"a\",\"name\":null,\"description\":null,\"status\":\"complete\","
                "\"rawStatus\":null,\"progress\":0,\"estimated\":null,\"startedAt\":null,"
                "\"completedAt\":null,\"messages\":[]},"
                "{\"id\":\"b\",\"name\":null,\"description\":null,\"status\":\"unknown\","
                "\"rawStatus\":null,\"progress\":null,\"estimated\":null,\"startedAt\":null,"
                "\"completedAt\":null,\"messages\":[]}]");
    strbuf_clear(&out);
}

static void the_current_step_is_counted_from_one(void **state)
{
    static const struct step steps[] = {
        { .id = "a", .status = STEP_COMPLETE },
        { .id = "b", .name = "Certification", .status = STEP_IN_PROGRESS },
    };
    struct offer o = { .steps_known = true, .steps = steps, .step_count = 1 };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_current_step(&out, &o); /* all is complete: it stands at none */
    check(&out, "null");
    o.step_count = 2;
    json_put_current_step(&out, &o);
    check(&out, "{\"index\":2,\"total\":2,\"id\":\"b\",\"name\":\"Certification\","
                "\"status\":\"in_progress\",\"message\":null}");
    strbuf_clear(&out);
}

/* A list tells what is wrong without its messages: the first error of the step that blocks. */
static void the_current_step_says_why_it_blocks(void **state)
{
    static const struct message said[] = { { .level = LEVEL_WARNING, .text = "odd" },
                                           { .level = LEVEL_ERROR, .text = "bad" },
                                           { .level = LEVEL_ERROR, .text = "worse" } };
    static const struct {
        enum step_status status;
        size_t count;
        const char *wanted;
    } rows[] = {
        { STEP_REJECTED, 3, "\"status\":\"rejected\",\"message\":\"bad\"}" },
        { STEP_BLOCKED, 1, "\"status\":\"blocked\",\"message\":\"odd\"}" },
        { STEP_REJECTED, 0, "\"status\":\"rejected\",\"message\":null}" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct step step = { .status = rows[i].status,
                                   .messages = said,
                                   .message_count = rows[i].count };
        const struct offer o = { .steps_known = true, .steps = &step, .step_count = 1 };
        struct strbuf out = STRBUF_INIT(1000);
        json_put_current_step(&out, &o);
        assert_non_null(strstr(strbuf_text(&out), rows[i].wanted));
        strbuf_clear(&out);
    }
}

static void sources_are_null_where_one_api_was_asked(void **state)
{
    static const struct source sources[] = {
        { .api = "graph", .state = STATE_FAILED, .live = LIVE_YES, .rule = "graph-G2" },
        { .api = "cpp", .basis = BASIS_DOCUMENTED, .raw_status = "succeeded" },
    };
    struct offer o = { .id = "x" };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_sources(&out, &o);
    check(&out, "null");
    o.sources = sources;
    o.source_count = 2;
    json_put_sources(&out, &o);
    check(&out, "[{\"api\":\"graph\",\"state\":\"failed\",\"live\":\"yes\",\"rule\":\"graph-G2\","
                "\"basis\":null,\"rawStatus\":null},"
                "{\"api\":\"cpp\",\"state\":\"none\",\"live\":\"unknown\",\"rule\":null,"
                "\"basis\":\"documented\",\"rawStatus\":\"succeeded\"}]");
    strbuf_clear(&out);
}

static void notes_are_texts_alone(void **state)
{
    static const struct note notes[] = { { .text = "one" }, { .warning = true, .text = "two" } };
    struct offer o = { .id = "x" };
    struct strbuf out = STRBUF_INIT(1000);

    (void)state;
    json_put_notes(&out, &o);
    check(&out, "[]");
    o.notes = notes;
    o.note_count = 2;
    json_put_notes(&out, &o);
    check(&out, "[\"one\",\"two\"]");
    strbuf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_is_missing_is_null_and_empty_text_is_not),
        cmocka_unit_test(a_comma_stands_before_all_keys_but_the_first),
        cmocka_unit_test(a_key_without_room_is_told),
        cmocka_unit_test(messages_have_their_level_links_and_time),
        cmocka_unit_test(steps_not_known_are_null_and_no_steps_are_an_empty_array),
        cmocka_unit_test(progress_is_a_number_or_null),
        cmocka_unit_test(the_current_step_is_counted_from_one),
        cmocka_unit_test(the_current_step_says_why_it_blocks),
        cmocka_unit_test(sources_are_null_where_one_api_was_asked),
        cmocka_unit_test(notes_are_texts_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
