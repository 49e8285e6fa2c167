/* test_render_json.c - documents for scripts, and the ids alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "render_to.h"
#include "sample.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const struct render_options list = { .view = VIEW_LIST, .header = true };

static cJSON *must_parse(char *text)
{
    const char *end = NULL;
    cJSON *doc = cJSON_ParseWithOpts(text, &end, 0);

    assert_non_null(doc);
    assert_string_equal(end, "\n");
    free(text);
    return doc;
}

static void check_text(const cJSON *object, const char *key, const char *wanted)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    if (wanted == NULL) {
        assert_true(cJSON_IsNull(item));
    } else {
        assert_non_null(cJSON_GetStringValue(item));
        assert_string_equal(item->valuestring, wanted);
    }
}

static int number(const cJSON *object, const char *key)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

    assert_true(cJSON_IsNumber(item));
    return item->valueint;
}

static void every_key_is_there_in_order(void **state)
{
    static const char *const keys[] = { "id",        "name",     "type",      "publisher",
                                        "state",     "label",    "live",      "action",
                                        "rule",      "basis",    "rawStatus", "version",
                                        "changedAt", "url",      "productId", "step",
                                        "steps",     "messages", "notes",     "sources",
                                        "since",     "estimate", NULL };
    struct report r;
    const cJSON *item;
    cJSON *doc;
    size_t i = 0;

    (void)state;
    sample_report(&r);
    doc = must_parse(must_render("json", list, &r));
    item = cJSON_GetArrayItem(cJSON_GetObjectItem(doc, "offers"), 0)->child;
    for (; item != NULL; item = item->next, i++) {
        if (keys[i] == NULL) {
            fail_msg("the document has \"%s\", the list of this test has not", item->string);
        }
        assert_string_equal(item->string, keys[i]);
    }
    assert_null(keys[i]);
    cJSON_Delete(doc);
    report_clear(&r);
}

static void values_are_tokens_and_raw_words(void **state)
{
    struct report r;
    cJSON *doc, *o, *step;

    (void)state;
    sample_report(&r);
    doc = must_parse(must_render("json", list, &r));
    o = cJSON_GetArrayItem(cJSON_GetObjectItem(doc, "offers"), 0);
    check_text(o, "state", "failed");
    check_text(o, "label", "Publish failed");
    check_text(o, "type", "microsoft-azure-virtualmachines");
    check_text(o, "changedAt", "2026-01-02T03:04:05Z");
    check_text(o, "url",
               "https://partner.microsoft.com/dashboard/commercial-marketplace/offers/"
               "1a2b3c4d-0000-4000-8000-00000000abcd/overview");
    step = cJSON_GetObjectItem(o, "step");
    assert_int_equal(number(step, "index"), 2);
    assert_int_equal(number(step, "total"), 3);
    check_text(step, "status", "rejected");
    step = cJSON_GetArrayItem(cJSON_GetObjectItem(o, "steps"), 2);
    check_text(step, "name", NULL);
    assert_true(cJSON_IsNull(cJSON_GetObjectItem(step, "progress")));
    check_text(step, "estimated", "< 1 day");
    step = cJSON_GetArrayItem(
        cJSON_GetObjectItem(cJSON_GetArrayItem(cJSON_GetObjectItem(o, "steps"), 1), "messages"), 0);
    check_text(step, "level", "error");
    check_text(step, "text", "See item 42.\nThen try again.");
    check_text(cJSON_GetArrayItem(cJSON_GetObjectItem(step, "links"), 0), "href",
               "https://example.com/42");
    assert_int_equal(number(doc, "schemaVersion"), 1);
    check_text(doc, "generatedAt", "2026-01-02T03:00:00Z");
    check_text(doc, "api", "cpp");
    assert_int_equal(number(cJSON_GetObjectItem(doc, "summary"), "failed"), 1);
    assert_int_equal(number(cJSON_GetObjectItem(doc, "summary"), "unknown"), 0);
    assert_true(cJSON_IsTrue(cJSON_GetObjectItem(doc, "complete")));
    cJSON_Delete(doc);
    report_clear(&r);
}

static void what_is_missing_is_null_never_empty(void **state)
{
    static const struct offer bare = { .id = "x" };
    static const char *const nulls[] = { "name",  "type",      "publisher", "rule",
                                         "basis", "rawStatus", "version",   "changedAt",
                                         "url",   "productId", "step",      "steps" };
    struct report r = REPORT_INIT;
    cJSON *doc, *o;

    (void)state;
    assert_int_equal(offer_list_add(&r.offers, &bare), 0);
    doc = must_parse(must_render("json", list, &r));
    o = cJSON_GetArrayItem(cJSON_GetObjectItem(doc, "offers"), 0);
    for (size_t i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++) {
        check_text(o, nulls[i], NULL);
    }
    cJSON_Delete(doc);
    report_clear(&r);
}

static void errors_carry_code_exit_offer_and_request(void **state)
{
    struct report r = REPORT_INIT;
    struct error err = ERROR_INIT;
    cJSON *doc, *e;

    (void)state;
    error_set(&err, ERR_SERVICE, "HTTP 502");
    strcpy(err.request_id, "abc");
    assert_int_equal(report_problem(&r, &err, "contoso", "vm"), 0);
    doc = must_parse(must_render("json", list, &r));
    e = cJSON_GetArrayItem(cJSON_GetObjectItem(doc, "errors"), 0);
    check_text(e, "code", "service");
    assert_int_equal(number(e, "exit"), 5);
    check_text(e, "message", "HTTP 502");
    check_text(e, "offer", "vm");
    check_text(e, "requestId", "abc");
    assert_true(cJSON_IsFalse(cJSON_GetObjectItem(doc, "complete")));
    cJSON_Delete(doc);
    report_clear(&r);
}

static void fields_choose_keys_in_the_order_given(void **state)
{
    static const char *const fields[] = { "state", "ID", "raw-status" };
    struct render_options options = list;
    struct report r;
    char *text;

    (void)state;
    options.fields = fields;
    options.field_count = 3;
    sample_report(&r);
    text = must_render("json", options, &r);
    assert_non_null(
        strstr(text, "{\"state\":\"failed\",\"id\":\"contoso-vm\",\"rawStatus\":\"failed\"}"));
    free(text);
    report_clear(&r);
}

static void ndjson_is_one_object_a_line(void **state)
{
    static const char *const fields[] = { "id" };
    struct render_options options = list;
    struct error err = ERROR_INIT;
    struct report r;
    char *text;

    (void)state;
    options.fields = fields;
    options.field_count = 1;
    sample_report(&r);
    error_set(&err, ERR_ANSWER, "bad");
    assert_int_equal(report_problem(&r, &err, NULL, NULL), 0);
    text = must_render("ndjson", options, &r);
    assert_string_equal(
        text, "{\"kind\":\"offer\",\"id\":\"contoso-vm\"}\n"
              "{\"kind\":\"error\",\"code\":\"answer\",\"exit\":6,\"message\":\"bad\","
              "\"publisher\":null,\"offer\":null,\"requestId\":null}\n"
              "{\"kind\":\"summary\",\"schemaVersion\":1,\"generatedAt\":\"2026-01-02T03:00:00Z\","
              "\"api\":\"cpp\",\"total\":1,\"none\":0,\"in_progress\":0,\"failed\":1,"
              "\"canceled\":0,\"pending_signoff\":0,\"delisted\":0,\"unknown\":0,\"unread\":0,"
              "\"complete\":false}\n");
    free(text);
    report_clear(&r);
}

static void name_prints_ids_alone(void **state)
{
    struct report r;
    char *text;

    (void)state;
    sample_report(&r);
    text = must_render("name", list, &r);
    assert_string_equal(text, "contoso-vm\n");
    free(text);
    report_clear(&r);
}

static void publishers_have_their_own_documents(void **state)
{
    static const struct publisher p = { "contoso", "Contoso Ltd.", NULL };
    struct render_options options = { .view = VIEW_PUBLISHERS };
    struct report r = REPORT_INIT;
    char *text;

    (void)state;
    r.api = "cpp";
    assert_int_equal(report_publisher(&r, &p), 0);
    text = must_render("json", options, &r);
    assert_string_equal(
        text, "{\"schemaVersion\":1,\"generatedAt\":\"1970-01-01T00:00:00Z\",\"api\":\"cpp\",\n"
              "\"publishers\":[\n{\"id\":\"contoso\",\"name\":\"Contoso Ltd.\",\"sellerId\":null}],"
              "\n\"complete\":true,\n\"errors\":[]}\n");
    free(text);
    text = must_render("ndjson", options, &r);
    assert_string_equal(
        text, "{\"kind\":\"publisher\",\"id\":\"contoso\",\"name\":\"Contoso Ltd.\","
              "\"sellerId\":null}\n{\"kind\":\"summary\",\"schemaVersion\":1,"
              "\"generatedAt\":\"1970-01-01T00:00:00Z\",\"api\":\"cpp\",\"complete\":true}\n");
    free(text);
    text = must_render("name", options, &r);
    assert_string_equal(text, "contoso\n");
    free(text);
    report_clear(&r);
}

static void a_full_disk_is_an_output_error(void **state)
{
    struct render_options options = list;
    struct error err = ERROR_INIT;
    struct render *render = NULL;
    struct report r;

    (void)state;
    options.out = fopen("/dev/full", "w");
    assert_non_null(options.out);
    sample_report(&r);
    assert_int_equal(render_open(render_format_find("json"), &options, &render, &err), 0);
    assert_int_equal(render_finish(render, &r, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
    render_close(render);
    fclose(options.out);
    report_clear(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_there_in_order),
        cmocka_unit_test(values_are_tokens_and_raw_words),
        cmocka_unit_test(what_is_missing_is_null_never_empty),
        cmocka_unit_test(errors_carry_code_exit_offer_and_request),
        cmocka_unit_test(fields_choose_keys_in_the_order_given),
        cmocka_unit_test(ndjson_is_one_object_a_line),
        cmocka_unit_test(name_prints_ids_alone),
        cmocka_unit_test(publishers_have_their_own_documents),
        cmocka_unit_test(a_full_disk_is_an_output_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
