/* test_history.c - what was submitted, as each API has it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "products.h"

#include <string.h>

#define DRAFT "{\"id\":\"submission/" GUID("01") "/0\",\"target\":{\"targetType\":\"draft\"}}"
#define CREATED(id, target, at)                                                                    \
    "{\"id\":\"submission/" GUID("01") "/" id "\",\"target\":{\"targetType\":\"" target            \
                                       "\"},\"status\":\"completed\",\"result\":\"succeeded\","    \
                                       "\"created\":\"" at "\"}"

#define PUBLISHED(id, at)                                                                          \
    SUBMISSION(id, "Published", "InStore", "\"publishedTimeInUtc\":\"" at "\",")
#define OPERATION(target, at)                                                                      \
    "{\"type\":\"Push\",\"state\":\"Success\",\"targetEnvironment\":\"" target                     \
    "\",\"workflowSteps\":[],\"startDateTimeInUtc\":\"" at "\"}"

/* One word an event: api, kind, id, and target where it has one. */
static const char *history_of(struct read_bench *b)
{
    const struct offer *o = read_bench_offer(b, 0);
    const char *text = "";

    for (size_t i = 0; i < o->event_count; i++) {
        const struct event *e = &o->events[i];
        text = read_bench_text(b, "%s%s %s %s%s%s\n", text, e->api, e->kind,
                               e->id != NULL ? e->id : "-", e->target != NULL ? " " : "",
                               e->target != NULL ? e->target : "");
    }
    return text;
}

static void script_history(struct read_bench *b)
{
    read_bench_script(b, "/submissions/999/workflowdetails", 200,
                      VALUE(OPERATION("Preview", "2022-02-01T10:00:00.0000000") "," OPERATION(
                          "Live", "2022-02-01T12:00:00.0000000")));
    read_bench_script(b, "/submissions/1000/workflowdetails", 200,
                      VALUE(OPERATION("Preview", "2022-04-01T10:00:00.0000000")));
    read_bench_script(b, "/ingestion/products/" GUID("01") "/submissions", 200,
                      VALUE(PUBLISHED("999", "2022-02-01T13:00:00.0000000Z") "," PUBLISHED(
                          "1000", "2022-04-01T13:00:00.0000000Z")));
    read_bench_script(b, "/ingestion/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_script(
        b, "/submission/", 200,
        VALUE(CREATED("999", "live", "2022-01-01T00:00:00.0000000Z") "," DRAFT "," CREATED(
            "1000", "preview", "2022-05-01T00:00:00.0000000Z")));
    read_bench_script(b, "/product?", 200, VALUE(GRAPH_PRODUCT("01", "a")));
    read_bench_script(
        b, "/a/status?", 200,
        "{\"status\":\"running\",\"steps\":[{\"id\":\"x\",\"status\":\"inProgress\","
        "\"messages\":[{\"messageHtml\":\"m\",\"timestamp\":\"2022-03-02T00:00:00Z\"}]}]}");
    read_bench_script(b, "/a/submissions/?", 200,
                      "[{\"id\":\"s1\",\"slot\":\"staging\",\"version\":636576975611768314,"
                      "\"submissionType\":\"publish\",\"submissionState\":\"succeeded\","
                      "\"changedTime\":\"2022-01-15T00:00:00.000000Z\"},"
                      "{\"id\":\"s2\",\"slot\":\"staging\",\"version\":636576975611768315,"
                      "\"submissionType\":\"publish\",\"submissionState\":\"running\","
                      "\"changedTime\":\"2022-03-01T00:00:00.000000Z\"}]");
    read_bench_script(b, "/offers?", 200, "[" OFFER("a", "succeeded") "]");
}

static void history_is_newest_first_with_operations_under_their_submission(void **state)
{
    static const struct {
        const char *apis, *want;
    } rows[] = {
        { "ingestion", "ingestion submission 1000\n"
                       "ingestion operation 1000 Preview\n"
                       "ingestion submission 999\n"
                       "ingestion operation 999 Live\n"
                       "ingestion operation 999 Preview\n" },
        { "graph", "graph submission 1000 preview\n"
                   "graph submission 999 live\n" },
        { "cpp", "cpp operation -\n"
                 "cpp submission s2 staging\n"
                 "cpp submission s1 staging\n" },
        { "cpp ingestion graph", "graph submission 1000 preview\n"
                                 "ingestion submission 1000\n"
                                 "ingestion operation 1000 Preview\n"
                                 "cpp operation -\n"
                                 "cpp submission s2 staging\n"
                                 "ingestion submission 999\n"
                                 "ingestion operation 999 Live\n"
                                 "ingestion operation 999 Preview\n"
                                 "cpp submission s1 staging\n"
                                 "graph submission 999 live\n" },
    };
    struct read_bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int reversed = 0; reversed < 2; reversed++) {
            const char *found;
            read_bench_renew(b);
            b->net.last_first = reversed != 0;
            script_history(b);
            read_bench_read(b, rows[i].apis, DEPTH_HISTORY);
            expect_log(b, "+ contoso/a\n");
            found = history_of(b);
            if (strcmp(found, rows[i].want) != 0) {
                fail_msg("%s: found\n%sexpected\n%s", rows[i].apis, found, rows[i].want);
            }
        }
    }
}

#define PUSH(steps)                                                                                \
    "{\"value\":[{\"targetEnvironment\":\"Preview\",\"workflowSteps\":[" steps "]}]}"
#define PUSH_STEP(name, state) "{\"name\":\"" name "\",\"state\":\"" state "\"}"

static void workflow_that_was_cut_is_told_once(void **state)
{
    struct read_bench *b = *state;

    read_bench_cut(b, "/submissions/999/workflowdetails",
                   "{\"value\":[" OPERATION("Preview", "2022-02-01T10:00:00.0000000") ",");
    script_history(b);
    read_bench_read(b, "ingestion", DEPTH_HISTORY);
    assert_string_equal(history_of(b), "ingestion submission 1000\n"
                                       "ingestion operation 1000 Preview\n"
                                       "ingestion submission 999\n"
                                       "ingestion operation 999 Live\n"
                                       "ingestion operation 999 Preview\n");

    read_bench_renew(b);
    read_bench_cut(
        b, "/workflowdetails",
        "{\"value\":[{\"workflowSteps\":[" PUSH_STEP("Preview Creation", "Success") "]},");
    read_bench_script(b, "/workflowdetails", 200, PUSH(PUSH_STEP("Preview Creation", "Success")));
    products_script_rest(b);
    b->query.limit = 1;
    read_bench_read(b, "ingestion", DEPTH_STEPS);
    assert_int_equal(read_bench_offer(b, 0)->step_count, 1);
}

/* A bare draft is nothing that was done to publish the offer. */
static void draft_is_no_history(void **state)
{
    struct read_bench *b = *state;

    read_bench_script(b, "/workflowdetails", 200, "{\"value\":[]}");
    read_bench_script(b, "/submissions", 200,
                      VALUE(IN_STORE("5") "," SUBMISSION("0", "InProgress", "InDraft", "")));
    read_bench_script(b, "/products", 200, VALUE(PRODUCT("01", "a")));
    read_bench_read(b, "ingestion", DEPTH_HISTORY);
    assert_string_equal(history_of(b), "ingestion submission 5\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, read_bench_set_up, read_bench_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(history_is_newest_first_with_operations_under_their_submission),
        CASE(workflow_that_was_cut_is_told_once),
        CASE(draft_is_no_history),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
