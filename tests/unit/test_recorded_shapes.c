/* test_recorded_shapes.c - answers of the three APIs in the shapes that were recorded, quoted or
 * documented, with words and ids of our own, from the recordings of
 * tests/fixtures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/cpp_decode.h"
#include "api/graph_decode.h"
#include "api/ingestion_decode.h"

#include "fake_transport.h"
#include "json_row.h"
#include "rest/error_body.h"
#include "rest/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ENDPOINT "https://portal.example"
#define FILE_ROOM ((size_t)256 * 1024)

static struct offer noted; /* gets the notes on what is left out */
static struct arena parsed, arena;

static int clear_both(void **state)
{
    (void)state;
    arena_clear(&parsed);
    arena_clear(&arena);
    return 0;
}

/* The recording of an API, whose name is what a fixture's begins with. */
static cJSON *recording_of(const char *name)
{
    static char text[FILE_ROOM];
    char path[1024];
    size_t len;
    FILE *in;
    cJSON *har;

    snprintf(path, sizeof(path), "%s/%.*s.har", FIXTURES, (int)strcspn(name, "-"), name);
    in = fopen(path, "rb");
    if (in == NULL) {
        fail_msg("%s: cannot be read", path);
        abort(); /* not reached; the analyzers do not know that */
    }
    len = fread(text, 1, sizeof(text), in);
    fclose(in);
    assert_true(len > 0 && len < sizeof(text));
    har = cJSON_ParseWithLength(text, len);
    assert_non_null(har);
    return har;
}

/* The body of the answer whose comment is the name, in the arena. */
static char *body_of(const char *name)
{
    cJSON *har = recording_of(name);
    const cJSON *log = cJSON_GetObjectItemCaseSensitive(har, "log"), *entry;
    char *body = NULL;

    cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(log, "entries"))
    {
        const cJSON *response = cJSON_GetObjectItemCaseSensitive(entry, "response");
        const cJSON *content = cJSON_GetObjectItemCaseSensitive(response, "content");
        const char *comment =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "comment"));
        if (comment != NULL && strcmp(comment, name) == 0) {
            body = arena_strdup(
                &arena, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(content, "text")));
        }
    }
    cJSON_Delete(har);
    if (body == NULL) {
        fail_msg("%s: no recording has it", name);
    }
    return body;
}

static cJSON *document_of(const char *name, const char *const *members)
{
    struct error err = ERROR_INIT;
    char *body = body_of(name);
    cJSON *doc = json_parse(body, strlen(body), members, &parsed, &err);

    if (doc == NULL) {
        fail_msg("%s: %s", name, err.text);
    }
    return doc;
}

/* A page walks through the very code that reads answers: its elements, and whether it leads on. */
struct walked {
    const char *name;
    void (*take)(void *user, const cJSON *item);
    void *user;
    size_t count;
    char next[512]; /* address of the second page, "" where there is none */
    struct error err;
    bool failed;
};

static int shapes_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                             struct error *err)
{
    struct walked *w = user;

    (void)err;
    if (item == NULL) {
        fail_msg("%s: element %zu: %s", w->name, index, bad->text);
    }
    assert_int_equal(index, w->count);
    w->count++;
    w->take(w->user, item);
    return 0;
}

static void shapes_on_done(void *user, const struct error *err)
{
    struct walked *w = user;

    w->failed = err != NULL;
    if (err != NULL) {
        w->err = *err;
    }
}

/* Every byte comes alone, and the page after this one is not there. */
static void walk(struct walked *w, const char *url, const char *const *members)
{
    const struct pages spec = { .url = url,
                                .endpoint = ENDPOINT,
                                .user = w,
                                .end_is_404 = true,
                                .members = members,
                                .element = shapes_on_element,
                                .done = shapes_on_done };
    struct fake_transport net;
    struct fetcher fetcher = { .transport = &net.base, .deadline_ms = 600000 };
    struct error err = ERROR_INIT;
    const char *body = body_of(w->name);

    fake_init(&net);
    fake_answer(&net, (struct fake_answer){
                          .path = "", .status = 200, .body = body, .piece = 1, .times = 1 });
    fake_answer(&net, (struct fake_answer){ .path = "", .status = 404 });
    assert_int_equal(pages_start(&fetcher, &spec, &err), 0);
    (void)net.base.run(&net.base, &err);
    if (w->failed) {
        fail_msg("%s: %s", w->name, w->err.text);
    }
    snprintf(w->next, sizeof(w->next), "%s", net.request_count > 1 ? net.urls[1] : "");
    fake_clear(&net);
}

/* Partner Center. */

struct products {
    struct offer offers[8];
    size_t count;
};

static void take_ingestion_product(void *user, const cJSON *item)
{
    struct products *p = user;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    if (ingestion_decode_product(item, NULL, &arena, &o, &err) != 0) {
        fail_msg("element %zu: %s", p->count, err.text);
    }
    assert_true(p->count < COUNT_OF(p->offers));
    assert_int_equal(offer_copy(&arena, &o, &p->offers[p->count++]), 0);
}

struct product_row {
    const char *product_id, *id, *name, *type;
};

static void expect_products(const char *name, const struct products *got,
                            const struct product_row *want, size_t count)
{
    expect_number(name, "products", (long)got->count, (long)count);
    for (size_t i = 0; i < count; i++) {
        expect_text(name, "product", got->offers[i].product_id, want[i].product_id);
        expect_text(name, "id", got->offers[i].id, want[i].id);
        expect_text(name, "name", got->offers[i].name, want[i].name);
        expect_text(name, "type", got->offers[i].type, want[i].type);
        expect_number(name, "notes", (long)got->offers[i].note_count, 0);
    }
}

static void products_of_each_page(void **state)
{
    static const struct {
        const char *file;
        size_t count;
        struct product_row products[4];
        bool leads_on;
    } rows[] = {
        { "ingestion-products-one-and-next",
          1,
          { { "3f000001-5a1e-4c0d-9b7a-012345678901", "tailspin-mail", "tailspin-mail",
              "AzureApplication" } },
          true },
        { "ingestion-products-four-and-next",
          4,
          { { "3f000002-5a1e-4c0d-9b7a-012345678902", "tailspin-vm", "tailspin-vm",
              "AzureThirdPartyVirtualMachine" },
            { "3f000003-5a1e-4c0d-9b7a-012345678903", "tailspin-app", "tailspin-app",
              "AzureApplication" },
            { "3f000004-5a1e-4c0d-9b7a-012345678904", "tailspin-app3", "tailspin-app3",
              "AzureApplication" },
            { "3f000005-5a1e-4c0d-9b7a-012345678905", "suite8kd02hq7", "suite8kd02hq7 Alias",
              "AzureApplication" } },
          true },
        { "ingestion-products-last",
          2,
          { { "3f000006-5a1e-4c0d-9b7a-012345678906", "wingtip-app", "wingtip-app",
              "AzureApplication" },
            { "3f000007-5a1e-4c0d-9b7a-012345678907", "suite5mq19xz4", "suite5mq19xz4 Alias",
              "AzureContainer" } },
          false },
        { "ingestion-products-by-offer-id",
          1,
          { { "3f000008-5a1e-4c0d-9b7a-012345678908", "wingtip-000042", "wingtip-000042-alias",
              "AzureContainer" } },
          false },
    };
    static const char begin[] =
        ENDPOINT "/v1.0/ingestion/products?$skipToken=TmV4dFBhZ2VPZkZpY3Rpb24x";

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct products got = { .count = 0 };
        struct walked w = { .name = rows[i].file, .take = take_ingestion_product, .user = &got };
        walk(&w, ENDPOINT "/v1.0/ingestion/products", ingestion_product_members);
        expect_products(rows[i].file, &got, rows[i].products, rows[i].count);
        if (rows[i].leads_on ? strncmp(w.next, begin, strlen(begin)) != 0 : w.next[0] != '\0') {
            fail_msg("%s: leads to \"%s\"", rows[i].file, w.next);
        }
    }
}

static void product_that_was_created(void **state)
{
    static const struct product_row want = { "3f000008-5a1e-4c0d-9b7a-012345678908",
                                             "wingtip-000042", "wingtip-000042-alias",
                                             "AzureContainer" };
    struct products got = { .count = 0 };

    (void)state;
    take_ingestion_product(&got, document_of("ingestion-product-created", NULL));
    expect_products("ingestion-product-created", &got, &want, 1);
}

static void take_validation(void *user, const cJSON *item)
{
    struct error err = ERROR_INIT;

    assert_int_equal(ingestion_decode_validation(item, &arena, &noted, user, &err), 0);
}

static void validation_says_code_and_text(void **state)
{
    struct message m = { 0 };
    struct walked w = { .name = "ingestion-validation-error", .take = take_validation, .user = &m };

    (void)state;
    walk(&w, ENDPOINT "/v1.0/x", NULL);
    assert_int_equal(w.count, 1);
    assert_int_equal(m.level, LEVEL_ERROR);
    assert_non_null(strstr(m.text, "The plan has no price in any market.."));
    assert_non_null(strstr(m.text, "Plan-30417"));
}

static void submissions_have_the_states_that_people_saw(void **state)
{
    static const struct {
        const char *file, *id, *release, *published, *update, *reason;
        enum offer_state want;
        enum offer_live live;
    } rows[] = {
        { "ingestion-submission-draft-not-valid", "1152921508000000017", "1", NULL, "Failed",
          "The draft has open validation errors", STATE_FAILED, LIVE_NO },
        { "ingestion-submission-failed", "1152921508000000018", "31", NULL, "Completed", NULL,
          STATE_FAILED, LIVE_NO },
        { "ingestion-submission-submitted", "1152921508000000019", NULL, NULL, "Completed", NULL,
          STATE_IN_PROGRESS, LIVE_NO },
        { "ingestion-submission-in-store", "1152921508000000020", "33",
          "2024-03-05T06:07:08.9012345Z", "Completed", NULL, STATE_NONE, LIVE_YES },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const cJSON *item = document_of(rows[i].file, NULL);
        struct ingestion_facts facts = { .depth = DEPTH_STATE };
        struct ingestion_submission s = { 0 };
        struct error err = ERROR_INIT;
        struct ruling r;
        int rc = ingestion_decode_submission(item, &arena, &noted, &s, &err);
        arena_wipe(&parsed);
        expect_number(rows[i].file, "result", rc, 0);
        expect_text(rows[i].file, "id", s.id, rows[i].id);
        expect_text(rows[i].file, "release", s.release, rows[i].release);
        expect_text(rows[i].file, "published", s.published_at, rows[i].published);
        expect_text(rows[i].file, "update", s.update_type, "Create");
        expect_text(rows[i].file, "update status", s.update_status, rows[i].update);
        expect_text(rows[i].file, "reason", s.failure_reason, rows[i].reason);
        assert_int_equal(ingestion_add(&arena, &facts, &s), 0);
        r = ingestion_decide(&facts);
        expect_text(rows[i].file, "state", state_token(r.state), state_token(rows[i].want));
        expect_text(rows[i].file, "live", live_token(r.live), live_token(rows[i].live));
        expect_number(rows[i].file, "words are known", r.word_is_known, true);
    }
}

/* Product Ingestion. */

static void take_graph_product(void *user, const cJSON *item)
{
    struct products *p = user;
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    if (graph_decode_product(item, NULL, &arena, &o, &err) != 0) {
        fail_msg("element %zu: %s", p->count, err.text);
    }
    assert_true(p->count < COUNT_OF(p->offers));
    assert_int_equal(offer_copy(&arena, &o, &p->offers[p->count++]), 0);
}

static void products_of_graph(void **state)
{
    static const struct product_row want[] = {
        { "5d0c0ffe-1111-4222-8333-944444444401", "litware-vm", "Litware VM",
          "azureVirtualMachine" },
        { "87654321-zyxw-vuts-4321-10987654321", "litware_external_id", "litware_alias",
          "azureVirtualMachine" },
    };
    struct products got = { .count = 0 };
    struct walked w = { .name = "graph-products", .take = take_graph_product, .user = &got };
    const cJSON *tree;

    (void)state;
    walk(&w, ENDPOINT "/product", graph_product_members);
    assert_string_equal(w.next, "");
    tree = document_of("graph-resource-tree", NULL);
    take_graph_product(&got, cJSON_GetObjectItem(tree, "resources")->child);
    expect_products("graph", &got, want, 2);
    assert_null(got.offers[0].raw_status); /* no lifecycleState */
}

struct submissions {
    struct graph_facts facts;
    struct graph_submission each[4];
    size_t count, messages;
};

static void take_graph_submission(void *user, const cJSON *item)
{
    struct submissions *s = user;
    struct error err = ERROR_INIT;

    assert_true(s->count < COUNT_OF(s->each));
    if (graph_decode_submission(item, &arena, &noted, &s->each[s->count], &err) != 0) {
        fail_msg("element %zu: %s", s->count, err.text);
    }
    s->messages += s->each[s->count].message_count;
    assert_int_equal(graph_add(&arena, &s->facts, &s->each[s->count++]), 0);
}

static void submissions_of_graph_have_the_states_that_clients_make_of_them(void **state)
{
    static const struct {
        const char *file;
        size_t count;
        enum offer_state want;
        enum offer_live live;
    } rows[] = {
        /* live, with a newer preview that waits for go-live */
        { "graph-submissions-draft-live-preview", 3, STATE_PENDING_SIGNOFF, LIVE_YES },
        { "graph-submissions-bare-live-succeeded", 1, STATE_NONE, LIVE_YES },
        { "graph-submissions-bare-preview-running", 1, STATE_IN_PROGRESS, LIVE_NO },
        { "graph-submissions-bare-preview-succeeded", 1, STATE_PENDING_SIGNOFF, LIVE_PREVIEW },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct submissions got = { .facts = { .depth = DEPTH_STATE } };
        struct walked w = { .name = rows[i].file, .take = take_graph_submission, .user = &got };
        struct ruling r;
        walk(&w, ENDPOINT "/submission/x", graph_submission_members);
        arena_wipe(&parsed);
        r = graph_decide(&got.facts);
        expect_number(rows[i].file, "submissions", (long)got.count, (long)rows[i].count);
        expect_number(rows[i].file, "messages", (long)got.messages, 0);
        expect_text(rows[i].file, "state", state_token(r.state), state_token(rows[i].want));
        expect_text(rows[i].file, "live", live_token(r.live), live_token(rows[i].live));
        expect_number(rows[i].file, "words are known", r.word_is_known, true);
    }
}

static void submissions_of_the_documentation_have_their_members(void **state)
{
    static const struct graph_submission want[] = {
        { .id = "0", .target = "draft" },
        { .id = "1152921519000000111",
          .target = "live",
          .status = "completed",
          .result = "succeeded",
          .created = "2023-03-05T06:07:08.9012345Z" },
        { .id = "1152921519000000222",
          .target = "preview",
          .status = "completed",
          .result = "succeeded",
          .created = "2023-04-05T06:07:08.9012345Z" },
    };
    struct submissions got = { .count = 0 };
    struct walked w = { .name = "graph-submissions-draft-live-preview",
                        .take = take_graph_submission,
                        .user = &got };

    (void)state;
    walk(&w, ENDPOINT "/submission/x", graph_submission_members);
    assert_int_equal(got.count, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        expect_text("graph", "id", got.each[i].id, want[i].id);
        expect_text("graph", "target", got.each[i].target, want[i].target);
        expect_text("graph", "status", got.each[i].status, want[i].status);
        expect_text("graph", "result", got.each[i].result, want[i].result);
        expect_text("graph", "created", got.each[i].created, want[i].created);
        expect_text("graph", "lifecycle", got.each[i].lifecycle, NULL);
    }
}

static void draft_of_graph_tells_of_nothing_submitted(void **state)
{
    struct submissions got = { .facts = { .depth = DEPTH_STATE } };
    struct ruling r;

    (void)state;
    take_graph_submission(&got, document_of("graph-submission-draft", graph_submission_members));
    r = graph_decide(&got.facts);
    assert_string_equal(got.each[0].id, "0");
    assert_string_equal(got.each[0].target, "draft");
    assert_string_equal(got.each[0].lifecycle, "generallyAvailable");
    assert_null(got.each[0].status);
    assert_true(graph_is_draft(&got.each[0]));
    assert_int_equal(r.state, STATE_NONE);
    assert_int_equal(r.live, LIVE_NO);
}

static void job_that_failed_in_a_review(void **state)
{
    cJSON *item = document_of("graph-job-failed", NULL);
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(graph_decode_job(item, &arena, &e, &err), 0);
    arena_wipe(&parsed);
    assert_string_equal(e.id, "bb1b1111-1f11-11bb-bb11-b11111111b11");
    assert_string_equal(e.state, "completed/failed");
    assert_string_equal(e.started_at, "2023-05-06T07:08:09.1234567Z");
    assert_string_equal(e.changed_at, "2023-05-06T07:09:10.234567Z");
    assert_int_equal(e.message_count, 3);
    for (size_t i = 0; i < 3; i++) {
        static const char *const texts[] = { "The job did not finish", "Review",
                                             "The review found problems." };
        static const char *const codes[] = { "internalServerError", "invalidState",
                                             "invalidState" };
        assert_int_equal(e.messages[i].level, LEVEL_ERROR);
        assert_non_null(strstr(e.messages[i].text, texts[i]));
        assert_non_null(strstr(e.messages[i].text, codes[i]));
    }
}

static void job_that_was_canceled(void **state)
{
    cJSON *item = document_of("graph-job-cancelled", NULL);
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(graph_decode_job(item, &arena, &e, &err), 0);
    assert_string_equal(e.id, "0e1f2a3b-4c5d-4e6f-8a9b-0c1d2e3f4a5b"); /* jobID */
    assert_string_equal(e.state, "completed/cancelled");
    assert_null(e.started_at); /* "2023-05-06-T07:08:09.123456Z", as the documentation has one, is
                                  no time */
    assert_string_equal(e.changed_at, "2023-05-06T08:09:10.2345678Z");
    assert_int_equal(e.message_count, 0);
}

/* Cloud Partner Portal. */

static void offer_of_the_documentation(void **state)
{
    const cJSON *list = document_of("cpp-offers", NULL);
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_true(cJSON_IsArray(list));
    assert_int_equal(cpp_decode_offer(list->child, NULL, &arena, &o, &err), 0);
    assert_string_equal(o.id, "0badcafe-2468-4ace-8bdf-13579bdf2468");
    assert_string_equal(o.publisher, "litware");
    assert_string_equal(o.type, "microsoft-azure-virtualmachines");
    assert_string_equal(o.name, "Litware Virtual Machine");
    assert_string_equal(o.version, "1");
    assert_string_equal(o.raw_status, "published");
    assert_string_equal(o.changed_at, "2018-07-06T05:04:03.2109876Z");
}

static void offer_of_a_client(void **state)
{
    const cJSON *item = document_of("cpp-offer", cpp_offer_members);
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_offer(item, NULL, &arena, &o, &err), 0);
    assert_string_equal(o.id, "litware-desk");
    assert_string_equal(o.name, "Litware Desk");
    assert_string_equal(o.version, "12");
    assert_string_equal(o.changed_at, "2020-08-09T10:11:12.1314151Z");
    assert_string_equal(o.raw_status, "succeeded");
}

static void submission_of_the_older_portal(void **state)
{
    const cJSON *doc = document_of("cpp-submissions", NULL);
    const cJSON *item = cJSON_IsArray(doc) ? doc->child : doc;
    struct error err = ERROR_INIT;
    struct cpp_submission s = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_submission(item, &arena, &noted, &s, &err), 0);
    assert_string_equal(s.id, "4b5c6d7e-8f90-4a1b-8c2d-3e4f5a6b7c8d");
    assert_string_equal(s.type, "publish");
    assert_string_equal(s.state, "running");
    assert_string_equal(s.changed_at, "2018-09-10T11:12:13.141516Z");
    assert_string_equal(s.version, "636711110000000013"); /* more than 2^53 */
}

/* Errors: one line that has the reason. */
static void errors_have_their_reason_in_one_line(void **state)
{
    static const struct {
        const char *file;
        const char *has[4];
    } rows[] = {
        { "ingestion-error-text",
          { "ICH50417", "The request is not valid.", "Filter[0]",
            "This value is not allowed (value 'Sample')." } },
        { "ingestion-error-exception",
          { "Reading the product failed", "The request has validation errors.", "x-ms-publisherId",
            "A positive number is required here." } },
        { "graph-error-schema",
          { "badRequest", "Schema https://schema.example/configure/", "cannot be read" } },
        { "cpp-error-forbidden", { "Forbidden", "This user is not allowed to do that" } },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char line[ERROR_TEXT_MAX];
        json_error_message(body_of(rows[i].file), line, sizeof(line));
        if (strpbrk(line, "\r\n") != NULL) {
            fail_msg("%s: more than a line: %s", rows[i].file, line);
        }
        for (size_t j = 0; j < 4 && rows[i].has[j] != NULL; j++) {
            if (strstr(line, rows[i].has[j]) == NULL) {
                fail_msg("%s: \"%s\" is not in: %s", rows[i].file, rows[i].has[j], line);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(products_of_each_page, clear_both),
        cmocka_unit_test_teardown(product_that_was_created, clear_both),
        cmocka_unit_test_teardown(validation_says_code_and_text, clear_both),
        cmocka_unit_test_teardown(submissions_have_the_states_that_people_saw, clear_both),
        cmocka_unit_test_teardown(products_of_graph, clear_both),
        cmocka_unit_test_teardown(submissions_of_graph_have_the_states_that_clients_make_of_them,
                                  clear_both),
        cmocka_unit_test_teardown(submissions_of_the_documentation_have_their_members, clear_both),
        cmocka_unit_test_teardown(draft_of_graph_tells_of_nothing_submitted, clear_both),
        cmocka_unit_test_teardown(job_that_failed_in_a_review, clear_both),
        cmocka_unit_test_teardown(job_that_was_canceled, clear_both),
        cmocka_unit_test_teardown(offer_of_the_documentation, clear_both),
        cmocka_unit_test_teardown(offer_of_a_client, clear_both),
        cmocka_unit_test_teardown(submission_of_the_older_portal, clear_both),
        cmocka_unit_test_teardown(errors_have_their_reason_in_one_line, clear_both),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
