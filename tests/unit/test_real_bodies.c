/* test_real_bodies.c - recorded, quoted and documented answers of the three APIs.  They stand
 * beside the checkout and are none of the project's: without them every test is skipped. */
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
#define BODY_ROOM ((size_t)64 * 1024)

static struct arena parsed, arena;

static int clear_both(void **state)
{
    (void)state;
    arena_clear(&parsed);
    arena_clear(&arena);
    return 0;
}

/* The content of a file, in the arena; the test is skipped where there is none. */
static char *body_of(const char *name)
{
    char path[1024], *body = arena_alloc(&arena, BODY_ROOM);
    size_t len;
    FILE *in;

    snprintf(path, sizeof(path), "%s/%s", REAL_BODIES, name);
    in = fopen(path, "rb");
    if (in == NULL) {
        print_message("no %s: skipped\n", path);
        arena_clear(&arena);
        skip();
    }
    assert_non_null(body);
    len = fread(body, 1, BODY_ROOM - 1, in);
    fclose(in);
    assert_true(len > 0 && len < BODY_ROOM - 1);
    return body;
}

static cJSON *document_of(const char *name, const char *const *members)
{
    struct strbuf scratch = STRBUF_INIT(4 * JSON_ELEMENT_MAX);
    struct error err = ERROR_INIT;
    char *body = body_of(name);
    cJSON *doc = json_parse(body, strlen(body), members, &scratch, &parsed, &err);

    strbuf_clear(&scratch);
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

static int on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
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

static void on_done(void *user, const struct error *err)
{
    struct walked *w = user;

    w->failed = err != NULL;
    if (err != NULL) {
        w->err = *err;
    }
}

/* Every byte comes alone, and the page behind this one is not there. */
static void walk(struct walked *w, const char *url, const char *const *members)
{
    const struct pages spec = { .url = url,
                                .endpoint = ENDPOINT,
                                .user = w,
                                .end_is_404 = true,
                                .members = members,
                                .element = on_element,
                                .done = on_done };
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

static void products_of_the_recorded_pages(void **state)
{
    static const struct {
        const char *file;
        size_t count;
        struct product_row products[4];
        bool leads_on;
    } rows[] = {
        { "pc-products-page01.json",
          1,
          { { "8faa69e0-0de3-4c4e-ad7e-617ac7f6591b", "bobjennytest", "bobjennytest",
              "AzureApplication" } },
          true },
        { "pc-products-page02.json",
          4,
          { { "5f6e7a0c-0e30-418f-a107-39891409a3fb", "modm", "modm",
              "AzureThirdPartyVirtualMachine" },
            { "7b9e81ba-145c-418a-8d70-9ee13b700174", "bobjacoffer", "bobjacoffer",
              "AzureApplication" },
            { "144bd43d-5115-40a0-ae24-e8899778c08d", "bobjennytest3", "bobjennytest3",
              "AzureApplication" },
            { "0cdd1eea-1ac5-42cb-84f8-62d5dca1717b", "clitestl7cw56zyi4qpwxzly",
              "clitestl7cw56zyi4qpwxzly Alias", "AzureApplication" } },
          true },
        { "pc-products-page09.json",
          2,
          { { "b1d5db4c-a7af-423a-b202-238ef4a41198", "simplebicep", "simplebicep",
              "AzureApplication" },
            { "f5cf4433-f3b6-47f5-a8b8-dbe6025e50b6", "clitesteh5b4gi2m5s4h5mfr",
              "clitesteh5b4gi2m5s4h5mfr Alias", "AzureContainer" } },
          false },
        { "pc-products-filter-externalid.json",
          1,
          { { "eaea608e-d780-4d0b-85ff-df0a525cc0ff", "offertest-000001", "offertest-000001-alias",
              "AzureContainer" } },
          false },
    };
    static const char begin[] = ENDPOINT "/v1.0/ingestion/products?$skipToken=eyJMYXN0SWQiOiJbe1";

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
    static const struct product_row want = { "eaea608e-d780-4d0b-85ff-df0a525cc0ff",
                                             "offertest-000001", "offertest-000001-alias",
                                             "AzureContainer" };
    struct products got = { .count = 0 };

    (void)state;
    take_ingestion_product(&got, document_of("pc-product-create-201.json", NULL));
    expect_products("pc-product-create-201.json", &got, &want, 1);
}

static void take_validation(void *user, const cJSON *item)
{
    struct error err = ERROR_INIT;

    assert_int_equal(ingestion_decode_validation(item, &arena, user, &err), 0);
}

static void validation_says_code_text_and_resource(void **state)
{
    struct message m = { 0 };
    struct walked w = { .name = "pc-validations-error-resell.json",
                        .take = take_validation,
                        .user = &m };

    (void)state;
    walk(&w, ENDPOINT "/v1.0/x", NULL);
    assert_int_equal(w.count, 1);
    assert_int_equal(m.level, LEVEL_ERROR);
    assert_non_null(strstr(m.text, "ResellerConfiguration module is missing.."));
    assert_non_null(strstr(m.text, "Resell-20007"));
}

/* Submissions were pasted as PowerShell renders them: "name   : value" a line, and objects as
 * "@{name=value; name=value}".  Back to the object that was rendered, as far as it is read. */
static cJSON *rendered(const char *name)
{
    static const struct {
        const char *line, *member;
    } texts[] = {
        { "state ", "state" },
        { "substate ", "substate" },
        { "publishedTimeInUtc ", "publishedTimeInUtc" },
        { "releaseNumber ", "releaseNumber" },
        { "id ", "id" },
    };
    static const char *const updates[] = { "updateType", "status", "failureReason" };
    char *body = body_of(name), *rest = NULL;
    cJSON *item = cJSON_CreateObject();
    cJSON *update = cJSON_AddObjectToObject(item, "pendingUpdateInfo");

    for (char *line = strtok_r(body, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        bool in_update = strncmp(line, "pendingUpdateInfo", 17) == 0;
        char *value = strstr(line, ": ");
        for (size_t i = 0; value != NULL && i < COUNT_OF(texts); i++) {
            if (strncmp(line, texts[i].line, strlen(texts[i].line)) == 0) {
                cJSON_AddStringToObject(item, texts[i].member, value + 2);
            }
        }
        for (size_t i = 0; in_update && i < COUNT_OF(updates); i++) {
            char key[32], text[64];
            const char *at;
            snprintf(key, sizeof(key), "%s=", updates[i]);
            at = strstr(line, key);
            if (at != NULL) {
                at += strlen(key);
                snprintf(text, sizeof(text), "%.*s", (int)strcspn(at, ";}"), at);
                cJSON_AddStringToObject(update, updates[i], text);
            }
        }
    }
    return item;
}

static void submissions_have_the_states_that_people_saw(void **state)
{
    static const struct {
        const char *file, *id, *release, *published, *update, *reason;
        enum offer_state want;
        enum offer_live live;
    } rows[] = {
        { "pc-submission-indraft-create-failed-validation.txt", "1152921505697738991", "1", NULL,
          "Failed", "Active validation errors", STATE_FAILED, LIVE_NO },
        { "pc-submission-inprogress-failed.txt", "1152921505697719189", "26", NULL, "Completed",
          NULL, STATE_FAILED, LIVE_NO },
        { "pc-submission-submitted.txt", "1152921505697797881", NULL, NULL, "Completed", NULL,
          STATE_IN_PROGRESS, LIVE_NO },
        { "pc-submission-published-instore.txt", "1152921505695125040", "28",
          "2022-08-04T13:53:31.2590809Z", "Completed", NULL, STATE_NONE, LIVE_YES },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        cJSON *item = rendered(rows[i].file);
        struct ingestion_facts facts = { .depth = DEPTH_STATE };
        struct ingestion_submission s = { 0 };
        struct error err = ERROR_INIT;
        struct ruling r;
        int rc = ingestion_decode_submission(item, &arena, &s, &err);
        cJSON_Delete(item);
        expect_number(rows[i].file, "result", rc, 0);
        expect_text(rows[i].file, "id", s.id, rows[i].id);
        expect_text(rows[i].file, "release", s.release, rows[i].release);
        expect_text(rows[i].file, "published", s.published_at, rows[i].published);
        expect_text(rows[i].file, "update", s.update_type, "Create");
        expect_text(rows[i].file, "update status", s.update_status, rows[i].update);
        expect_text(rows[i].file, "reason", s.failure_reason, rows[i].reason);
        ingestion_add(&facts, &s);
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
        { "ffffffff-ffff-ffff-ffff-ffffffffffff", "example-product", "Example Product",
          "azureVirtualMachine" },
        { "12345678-abcd-efgh-1234-12345678901", "product_external_id_example", "product_example",
          "azureVirtualMachine" },
    };
    struct products got = { .count = 0 };
    struct walked w = { .name = "graph-product-cloudpub.json",
                        .take = take_graph_product,
                        .user = &got };
    const cJSON *tree;

    (void)state;
    walk(&w, ENDPOINT "/product", graph_product_members);
    assert_string_equal(w.next, "");
    tree = document_of("graph-resource-tree-doc-preview-product.json", NULL);
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
    const struct message *messages;
    struct error err = ERROR_INIT;
    size_t count = 0;

    assert_true(s->count < COUNT_OF(s->each));
    if (graph_decode_submission(item, &arena, &s->each[s->count], &messages, &count, &err) != 0) {
        fail_msg("element %zu: %s", s->count, err.text);
    }
    s->messages += count;
    graph_add(&s->facts, &s->each[s->count++]);
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
        { "graph-submission-list-doc-live-and-preview.json", 3, STATE_PENDING_SIGNOFF, LIVE_YES },
        { "graph-submissions-suse-live-succeeded.json", 1, STATE_NONE, LIVE_YES },
        { "graph-submissions-suse-preview-running.json", 1, STATE_IN_PROGRESS, LIVE_NO },
        { "graph-submissions-suse-preview-succeeded.json", 1, STATE_PENDING_SIGNOFF, LIVE_PREVIEW },
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
        { .id = "1152921515689847470",
          .target = "live",
          .status = "completed",
          .result = "succeeded",
          .created = "2022-01-25T07:13:06.4408032Z" },
        { .id = "1152921515689848683",
          .target = "preview",
          .status = "completed",
          .result = "succeeded",
          .created = "2022-02-04T20:07:22.4220588Z" },
    };
    struct submissions got = { .count = 0 };
    struct walked w = { .name = "graph-submission-list-doc-live-and-preview.json",
                        .take = take_graph_submission,
                        .user = &got };

    (void)state;
    walk(&w, ENDPOINT "/submission/x", graph_submission_members);
    assert_int_equal(got.count, COUNT_OF(want));
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        expect_text("documentation", "id", got.each[i].id, want[i].id);
        expect_text("documentation", "target", got.each[i].target, want[i].target);
        expect_text("documentation", "status", got.each[i].status, want[i].status);
        expect_text("documentation", "result", got.each[i].result, want[i].result);
        expect_text("documentation", "created", got.each[i].created, want[i].created);
        expect_text("documentation", "lifecycle", got.each[i].lifecycle, NULL);
    }
}

static void draft_of_graph_tells_of_nothing_submitted(void **state)
{
    struct submissions got = { .facts = { .depth = DEPTH_STATE } };
    struct ruling r;

    (void)state;
    take_graph_submission(
        &got, document_of("graph-submission-cloudpub-draft.json", graph_submission_members));
    r = graph_decide(&got.facts);
    assert_string_equal(got.each[0].id, "0");
    assert_string_equal(got.each[0].target, "draft");
    assert_string_equal(got.each[0].lifecycle, "generallyAvailable");
    assert_null(got.each[0].status);
    assert_true(graph_is_draft(&got.each[0]));
    assert_int_equal(r.state, STATE_NONE);
    assert_int_equal(r.live, LIVE_NO);
}

static void job_that_failed_in_certification(void **state)
{
    cJSON *item = document_of("graph-configure-status-cloudpub-failed-certification.json", NULL);
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(graph_decode_job(item, &arena, &e, &err), 0);
    arena_wipe(&parsed);
    assert_string_equal(e.id, "aa0a0000-0e00-00aa-aa00-a00000000a00");
    assert_string_equal(e.state, "completed/failed");
    assert_string_equal(e.started_at, "2022-06-13T09:59:34.3049612Z");
    assert_string_equal(e.changed_at, "2022-06-13T10:00:39.866244Z");
    assert_int_equal(e.message_count, 3);
    for (size_t i = 0; i < 3; i++) {
        static const char *const texts[] = { "Operation failed", "Certification",
                                             "Issues found during Certification." };
        static const char *const codes[] = { "internalServerError", "invalidState",
                                             "invalidState" };
        assert_int_equal(e.messages[i].level, LEVEL_ERROR);
        assert_non_null(strstr(e.messages[i].text, texts[i]));
        assert_non_null(strstr(e.messages[i].text, codes[i]));
    }
}

static void job_that_was_canceled(void **state)
{
    cJSON *item = document_of("graph-configure-status-doc-cancelled.json", NULL);
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(graph_decode_job(item, &arena, &e, &err), 0);
    assert_string_equal(e.id, "d4261631-c583-4949-a612-5150882632e9"); /* jobID */
    assert_string_equal(e.state, "completed/cancelled");
    assert_null(e.started_at); /* the page's "2022-03-01-T13:32:43.123456Z" is no time */
    assert_string_equal(e.changed_at, "2022-03-01T17:34:21.5225132Z");
    assert_int_equal(e.message_count, 0);
}

/* Cloud Partner Portal. */

static void offer_of_the_documentation(void **state)
{
    const cJSON *list = document_of("cpp-offers-list-doc-published.json", NULL);
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_true(cJSON_IsArray(list));
    assert_int_equal(cpp_decode_offer(list->child, NULL, &arena, &o, &err), 0);
    assert_string_equal(o.id, "059afc24-07de-4126-b004-4e42a51816fe");
    assert_string_equal(o.publisher, "contoso");
    assert_string_equal(o.type, "microsoft-azure-virtualmachines");
    assert_string_equal(o.name, "Contoso Virtual Machine");
    assert_string_equal(o.version, "1");
    assert_string_equal(o.raw_status, "published");
    assert_string_equal(o.changed_at, "2017-05-23T23:33:47.8802283Z");
}

static void offer_of_a_client(void **state)
{
    const cJSON *item = document_of("cpp-offer-get-vm.json", cpp_offer_members);
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_offer(item, NULL, &arena, &o, &err), 0);
    assert_string_equal(o.id, "test");
    assert_string_equal(o.name, "displayText");
    assert_string_equal(o.version, "9");
    assert_string_equal(o.changed_at, "2019-10-30T22:03:51.2917913Z");
    assert_string_equal(o.raw_status, "succeeded");
}

static void submission_of_the_older_portal(void **state)
{
    const cJSON *doc = document_of("cpp-submissions-doc-running.json", NULL);
    const cJSON *item = cJSON_IsArray(doc) ? doc->child : doc;
    struct error err = ERROR_INIT;
    struct cpp_submission s = { 0 };

    (void)state;
    assert_int_equal(cpp_decode_submission(item, &arena, &s, &err), 0);
    assert_string_equal(s.id, "5a63deb5-925b-4ee0-938b-7c86fbf287c5");
    assert_string_equal(s.type, "publish");
    assert_string_equal(s.state, "running");
    assert_string_equal(s.changed_at, "2018-03-26T21:46:01.179948Z");
    assert_string_equal(s.version, "636576975611768314"); /* more than 2^53 */
}

/* Errors: one line that has the reason. */
static void errors_have_their_reason_in_one_line(void **state)
{
    static const struct {
        const char *file;
        const char *has[4];
    } rows[] = {
        { "pc-error-400-producttypefilter.json",
          { "ICH50400", "Request validation failed.", "ProductTypeFilter[0]",
            "The field is invalid (value 'Application')." } },
        { "pc-error-400-publisherid-header.txt",
          { "Product request failed", "One or more validation errors occurred.", "x-ms-publisherId",
            "PublisherId is a required header, and must be a positive number." } },
        { "graph-error-400-schema-host.json",
          { "badRequest", "Schema https://product-ingestion.azureedge.net/schema/configure/",
            "could not be accessed" } },
        { "cpp-error-403-forbidden.json",
          { "Forbidden", "User does not have the required permissions" } },
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
        cmocka_unit_test_teardown(products_of_the_recorded_pages, clear_both),
        cmocka_unit_test_teardown(product_that_was_created, clear_both),
        cmocka_unit_test_teardown(validation_says_code_text_and_resource, clear_both),
        cmocka_unit_test_teardown(submissions_have_the_states_that_people_saw, clear_both),
        cmocka_unit_test_teardown(products_of_graph, clear_both),
        cmocka_unit_test_teardown(submissions_of_graph_have_the_states_that_clients_make_of_them,
                                  clear_both),
        cmocka_unit_test_teardown(submissions_of_the_documentation_have_their_members, clear_both),
        cmocka_unit_test_teardown(draft_of_graph_tells_of_nothing_submitted, clear_both),
        cmocka_unit_test_teardown(job_that_failed_in_certification, clear_both),
        cmocka_unit_test_teardown(job_that_was_canceled, clear_both),
        cmocka_unit_test_teardown(offer_of_the_documentation, clear_both),
        cmocka_unit_test_teardown(offer_of_a_client, clear_both),
        cmocka_unit_test_teardown(submission_of_the_older_portal, clear_both),
        cmocka_unit_test_teardown(errors_have_their_reason_in_one_line, clear_both),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
