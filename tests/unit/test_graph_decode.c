/* test_graph_decode.c - bodies of the Product Ingestion API as records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/graph_decode.h"

#include "json_row.h"
#include "offerstat/utf8.h"

#include <stdio.h>
#include <string.h>

#define GUID "12345678-abcd-4f01-8234-123456789012"
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define ERRORS_KEPT 100 /* of one job or submission */

/* Documents that a test looks at, and what is made of them.  Wiping the first before looking at the
 * record shows what of it was not copied. */
static struct offer noted; /* gets the notes on what is left out */
static struct arena parsed, arena;

static int clear_both(void **state)
{
    (void)state;
    arena_clear(&parsed);
    arena_clear(&arena);
    return 0;
}

/* "error: text" of every message, one a line. */
static void lines_of(const struct message *messages, size_t count, char *out, size_t size)
{
    size_t len = 0;

    out[0] = '\0';
    for (size_t i = 0; i < count && len < size; i++) {
        len += (size_t)snprintf(out + len, size - len, "%s%s: %s", i > 0 ? "\n" : "",
                                level_token(messages[i].level),
                                messages[i].text != NULL ? messages[i].text : "(nothing)");
    }
}

static void expect_messages(const char *row, const struct message *messages, size_t count,
                            const char *want)
{
    char got[2048];

    lines_of(messages, count, got, sizeof(got));
    expect_text(row, "messages", got, want);
    for (size_t i = 0; i < count; i++) {
        expect_text(row, "time", messages[i].at, NULL);
        expect_number(row, "links", (long)messages[i].link_count, 0);
    }
}

/* Products. */

static int product(const char *text, struct offer *out, struct error *err)
{
    cJSON *item = json_row(text, graph_product_members, &parsed);

    return graph_decode_product(item, "contoso", &arena, out, err);
}

static void product_of_a_client_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(product("{'$schema':'https://schema.example/product/2022-03-01-preview3',"
                             "'id':'product/" GUID "','identity':{'externalId':'example-product'},"
                             "'type':'azureVirtualMachine','alias':'Example Product',"
                             "'lifecycleState':'generallyAvailable'}",
                             &o, &err),
                     0);
    assert_string_equal(o.product_id, GUID);
    assert_string_equal(o.id, "example-product");
    assert_string_equal(o.name, "Example Product");
    assert_string_equal(o.type, "azureVirtualMachine");
    assert_string_equal(o.raw_status, "generallyAvailable");
    assert_string_equal(o.publisher, "contoso");
    assert_int_equal(o.note_count, 0);
}

static void product_id_is_the_guid_of_the_path(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "product/" GUID, GUID },
        { "product/" GUID "/0", GUID },
        { GUID, GUID },
        { "https://graph.example/rp/product-ingestion/product/" GUID, GUID },
        { "/" GUID, GUID },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'id':'%s','identity':{'externalId':'a'}}", rows[i].raw);
        expect_number(rows[i].raw, "result", product(text, &o, &err), 0);
        expect_text(rows[i].raw, "product", o.product_id, rows[i].want);
        expect_text(rows[i].raw, "id", o.id, "a");
    }
}

static void external_id_has_three_spellings(void **state)
{
    static const struct {
        const char *identity, *want;
    } rows[] = {
        { "{'externalId':'a'}", "a" },
        { "{'externalID':'a'}", "a" },
        { "{'externalid':'a'}", "a" },
        { "{'externalId':null,'externalID':'a'}", "a" },
        { "{'externalId':'','externalid':'a'}", "a" },
        { "{'externalid':'c','externalID':'b','externalId':'a'}", "a" },
        { "{'owner':'x','externalId':'a'}", "a" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'id':'product/" GUID "','identity':%s}", rows[i].identity);
        expect_number(rows[i].identity, "result", product(text, &o, &err), 0);
        expect_text(rows[i].identity, "id", o.id, rows[i].want);
        expect_number(rows[i].identity, "notes", (long)o.note_count, 0);
    }
}

static void guid_stands_in_for_an_offer_id_with_a_note(void **state)
{
    static const char *const rows[] = {
        "{'id':'product/" GUID "'}",
        "{'id':'product/" GUID "','identity':null}",
        "{'id':'product/" GUID "','identity':{}}",
        "{'id':'product/" GUID "','identity':{'externalId':null}}",
        "{'id':'product/" GUID "','identity':{'externalId':''}}",
        "{'id':'product/" GUID "','externalId':'a'}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        expect_number(rows[i], "result", product(rows[i], &o, &err), 0);
        expect_text(rows[i], "id", o.id, GUID);
        expect_text(rows[i], "product", o.product_id, GUID);
        expect_number(rows[i], "notes", (long)o.note_count, 1);
        assert_false(o.notes[0].warning);
        assert_non_null(strstr(o.notes[0].text, "GUID"));
    }
}

static void product_needs_its_id_only(void **state)
{
    static const char *const rows[] = {
        "{'id':'product/" GUID "'}",
        "{'id':'product/" GUID "','alias':null,'type':null,'lifecycleState':null}",
        "{'id':'product/" GUID "','alias':'','type':'','lifecycleState':''}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        expect_number(rows[i], "result", product(rows[i], &o, &err), 0);
        expect_text(rows[i], "name", o.name, NULL);
        expect_text(rows[i], "type", o.type, NULL);
        expect_text(rows[i], "lifecycle", o.raw_status, NULL);
    }
}

static void broken_product_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{}", "expected a product, found an object without its members" },
        { "{'id':null}", "expected a product, found an object without its members" },
        { "{'id':''}", "expected a product, found an object without its members" },
        { "{'error':{'code':'x'}}", "expected a product, found an error document" },
        { "{'id':'x','id':'y'}", "id: occurs twice" },
        { "{'id':'x','lifecycleState':'deleted','lifecycleState':'x'}",
          "lifecycleState: occurs twice" },
        { "{'id':'product/'}", "id: is missing" },
        { "{'identity':{'externalId':'a'}}",
          "expected a product, found an object without its members" },
        { "{'id':7}", "id: expected text, found a number" },
        { "[]", "expected an object, found an array" },
        { "null", "expected an object, found null" },
        { "{'id':'x','type':[]}", "type: expected text, found an array" },
        { "{'id':'x','lifecycleState':true}", "lifecycleState: expected text, found true" },
        { "{'id':'x','identity':'a'}", "identity: expected an object, found text" },
        { "{'id':'x','identity':{'externalId':1}}",
          "identity.externalId: expected text, found a number" },
        { "{'id':'x','identity':{'externalID':{}}}",
          "identity.externalID: expected text, found an object" },
        { "{'id':'x','identity':{'externalid':false}}",
          "identity.externalid: expected text, found false" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        expect_number(rows[i].text, "result", product(rows[i].text, &o, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

/* Submissions. */

struct decoded {
    struct graph_submission s;
    const struct message *messages;
    size_t count;
};

static int submission(const char *text, struct decoded *out, struct error *err)
{
    cJSON *item = json_row(text, graph_submission_members, &parsed);
    int rc;

    noted = (struct offer){ 0 };
    rc = graph_decode_submission(item, &arena, &noted, &out->s, err);
    out->messages = out->s.messages;
    out->count = out->s.message_count;
    arena_wipe(&parsed); /* nothing of the record may need it any more */
    return rc;
}

static void submission_of_the_documentation_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct decoded d = { 0 };

    (void)state;
    assert_int_equal(submission("{'$schema':'https://schema.example/submission',"
                                "'id':'submission/" GUID "/1152921515689847470',"
                                "'product':'product/" GUID "','target':{'targetType':'live'},"
                                "'status':'completed','result':'succeeded',"
                                "'created':'2022-01-25T07:13:06.4408032Z',"
                                "'lifecycleState':'deprecated'}",
                                &d, &err),
                     0);
    assert_string_equal(d.s.id, "1152921515689847470"); /* more than 2^53 */
    assert_string_equal(d.s.target, "live");
    assert_string_equal(d.s.status, "completed");
    assert_string_equal(d.s.result, "succeeded");
    assert_string_equal(d.s.created, "2022-01-25T07:13:06.4408032Z");
    assert_string_equal(d.s.lifecycle, "deprecated");
    assert_int_equal(d.count, 0);
}

static void submission_id_is_the_number_behind_the_guid(void **state)
{
    static const struct {
        const char *member, *want;
    } rows[] = {
        { "'id':'submission/" GUID "/1152921515689847470'", "1152921515689847470" },
        { "'id':'submission/" GUID "/0'", "0" },
        { "'id':'submission/12345678-abcd-efgh-1234-12345688901/0'", "0" }, /* a digit short */
        { "'id':'18446744073709551616'", "18446744073709551616" },
        { "'id':null", NULL },
        { "'id':''", NULL },
        { "'status':'running'", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct decoded d = { .s.id = "left over" };
        char text[256];
        snprintf(text, sizeof(text), "{'target':{'targetType':'live'},%s}", rows[i].member);
        expect_number(rows[i].member, "result", submission(text, &d, &err), 0);
        expect_text(rows[i].member, "id", d.s.id, rows[i].want);
    }
}

static void draft_has_neither_status_nor_result(void **state)
{
    static const char *const rows[] = {
        "{'id':'submission/" GUID "/0','product':'product/" GUID
        "','target':{'targetType':'draft'}}",
        "{'id':'submission/" GUID "/0','target':{'targetType':'draft'},"
        "'lifecycleState':'generallyAvailable'}",
        "{'id':'submission/" GUID "/0','target':null}",
        "{'id':'submission/" GUID "/0'}",
        "{'target':{'targetType':'draft'},'status':null,'result':null,'created':null}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct graph_facts facts = { .depth = DEPTH_STATE };
        struct error err = ERROR_INIT;
        struct decoded d = { .s.status = "left over", .s.result = "left over" };
        expect_number(rows[i], "result", submission(rows[i], &d, &err), 0);
        expect_text(rows[i], "status", d.s.status, NULL);
        expect_text(rows[i], "result", d.s.result, NULL);
        expect_text(rows[i], "created", d.s.created, NULL);
        expect_number(rows[i], "draft", graph_is_draft(&d.s), true);
        assert_int_equal(graph_add(&arena, &facts, &d.s), 0);
        expect_text(rows[i], "rule", graph_decide(&facts).rule, "graph-G8");
    }
}

static void submission_may_lack_all_but_a_target(void **state)
{
    static const char *const rows[] = {
        "{'id':'','target':{},'status':'','result':'','created':'','lifecycleState':'',"
        "'validations':[]}",
        "{'target':{'targetType':null,'targetId':'x'},'created':'0001-01-01T00:00:00'}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        static const struct message left_over = { .text = "left over" };
        struct error err = ERROR_INIT;
        struct decoded d = { .s = { .id = "left over",
                                    .target = "left over",
                                    .status = "left over",
                                    .result = "left over",
                                    .lifecycle = "left over",
                                    .created = "left over",
                                    .deprecates_at = "left over",
                                    .messages = &left_over,
                                    .message_count = 1 } };
        expect_number(rows[i], "result", submission(rows[i], &d, &err), 0);
        expect_text(rows[i], "id", d.s.id, NULL);
        expect_text(rows[i], "target", d.s.target, NULL);
        expect_text(rows[i], "date", d.s.deprecates_at, NULL);
        expect_text(rows[i], "status", d.s.status, NULL);
        expect_text(rows[i], "result", d.s.result, NULL);
        expect_text(rows[i], "created", d.s.created, NULL);
        expect_text(rows[i], "lifecycle", d.s.lifecycle, NULL);
        expect_number(rows[i], "messages", (long)d.count, 0);
        assert_null(d.messages);
    }
}

static void creation_has_0_to_7_digits_and_may_lack_its_zone(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "2022-01-25T07:13:06.4408032Z", "2022-01-25T07:13:06.4408032Z" },
        { "2022-01-25T07:13:06.4408032", "2022-01-25T07:13:06.4408032Z" },
        { "2022-01-25T07:13:06.44Z", "2022-01-25T07:13:06.44Z" },
        { "2022-01-25T07:13:06Z", "2022-01-25T07:13:06Z" },
        { "0001-01-01T00:00:00", NULL },
        { "1601-01-01T00:00:00Z", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct decoded d = { 0 };
        char text[128];
        snprintf(text, sizeof(text), "{'id':'1','created':'%s'}", rows[i].raw);
        expect_number(rows[i].raw, "result", submission(text, &d, &err), 0);
        expect_text(rows[i].raw, "created", d.s.created, rows[i].want);
    }
}

static void schedule_of_a_deprecation_is_read(void **state)
{
    static const struct {
        const char *schedule, *want;
    } rows[] = {
        { "{'date':'2026-12-31T00:00:00.0000000Z','reason':'other'}",
          "2026-12-31T00:00:00.0000000Z" },
        { "{'date':'2026-12-31'}", "2026-12-31T00:00:00Z" },
        { "{'date':null}", NULL },
        { "{'date':'soon'}", NULL },
        { "{'dateOffset':'P90D'}", NULL },
        { "{}", NULL },
        { "null", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        char text[200];
        struct decoded d = { 0 };
        struct error err = ERROR_INIT;
        snprintf(text, sizeof(text), "{'id':'submission/g/1','deprecationSchedule':%s}",
                 rows[i].schedule);
        expect_number(text, "result", submission(text, &d, &err), 0);
        expect_text(text, "date", d.s.deprecates_at, rows[i].want);
    }
}

static void validations_are_messages_with_levels(void **state)
{
    static const struct {
        const char *validations, *want;
    } rows[] = {
        { "[{'code':'c','level':'error','message':'m'}]", "error: m (c)" },
        { "[{'code':'c','level':'Error','message':'m'}]", "error: m (c)" },
        { "[{'code':'c','level':'critical','message':'m'}]", "error: m (c)" },
        { "[{'code':'c','level':'warning','message':'m'}]", "warning: m (c)" },
        { "[{'code':'c','level':'information','message':'m'}]", "information: m (c)" },
        { "[{'code':'c','level':'informational','message':'m'}]", "information: m (c)" },
        { "[{'message':'m','level':'warning'}]", "warning: m" },
        { "[{'code':'c','level':'warning'}]", "warning: c" },
        { "[{'code':'c','message':'m'}]", "error: m (c)" }, /* an error unless told otherwise */
        { "[{'level':'warning'},{'message':'m','level':'warning','resourceId':'plan/x'},{}]",
          "warning: m" },
        { "[{'message':'a','level':'error'},{'message':'b','level':'warning'}]",
          "error: a\nwarning: b" },
        { "[]", "" },
        { "null", "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct decoded d = { 0 };
        char text[512];
        snprintf(text, sizeof(text), "{'status':'running','validations':%s}", rows[i].validations);
        expect_number(rows[i].validations, "result", submission(text, &d, &err), 0);
        expect_messages(rows[i].validations, d.messages, d.count, rows[i].want);
    }
}

static void broken_submission_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "[]", "expected an object, found an array" },
        { "null", "expected an object, found null" },
        { "{'id':[]}", "id: expected text, found an array" },
        { "{'target':'live'}", "target: expected an object, found text" },
        { "{'target':{'targetType':1}}", "target.targetType: expected text, found a number" },
        { "{'status':1}", "status: expected text, found a number" },
        { "{}", "expected a submission, found an object without its members" },
        { "{'result':'succeeded'}", "expected a submission, found an object without its members" },
        { "{'error':{'code':'x'}}", "expected a submission, found an error document" },
        { "{'id':'1','target':{'targetType':'live'},'status':'completed','result':'succeeded',"
          "'error':{'code':'x'}}",
          "expected a submission, found an error document" },
        { "{'message':'no'}", "expected a submission, found an error document" },
        { "{'status':'a','status':'b'}", "status: occurs twice" },
        { "{'id':'1','result':'succeeded','result':'failed'}", "result: occurs twice" },
        { "{'target':{'targetType':'live','targetType':'draft'}}",
          "target.targetType: occurs twice" },
        { "{'id':'1','result':true}", "result: expected text, found true" },
        { "{'id':'1','lifecycleState':{}}", "lifecycleState: expected text, found an object" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct decoded d = { 0 };
        expect_number(rows[i].text, "result", submission(rows[i].text, &d, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

static void odd_detail_of_a_submission_is_a_note(void **state)
{
    static const struct {
        const char *members, *note;
    } rows[] = {
        { "'created':1", "created: expected text, found a number" },
        { "'created':null,'created':null", "created: occurs twice" },
        { "'validations':{}", "validations: expected an array, found an object" },
        { "'validations':['x']", "validations[0]: expected an object, found text" },
        { "'validations':[{'level':7,'message':'m'}]",
          "validations[0].level: expected text, found a number" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct decoded d = { 0 };
        char text[256], note[128];
        snprintf(text, sizeof(text), "{'id':'1','status':'completed',%s}", rows[i].members);
        snprintf(note, sizeof(note), "submissions: %s; left out", rows[i].note);
        expect_number(text, "result", submission(text, &d, &err), 0);
        expect_text(text, "status", d.s.status, "completed");
        expect_number(text, "notes", (long)noted.note_count, 1);
        expect_text(text, "note", noted.notes[0].text, note);
    }
}

/* Jobs. */

static int job(const char *text, struct event *out, struct error *err)
{
    cJSON *item = json_row(text, NULL, &parsed);
    int rc = graph_decode_job(item, &arena, out, err);

    arena_wipe(&parsed);
    return rc;
}

static void job_of_the_documentation_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(job("{'$schema':'https://schema.example/configure-status','jobId':'" GUID
                         "','jobStatus':'completed','jobResult':'succeeded',"
                         "'jobStart':'2022-06-13T09:59:34.3049612Z',"
                         "'jobEnd':'2022-06-13T10:00:39.866244Z',"
                         "'resourceUri':'https://resource.example','errors':[]}",
                         &e, &err),
                     0);
    assert_string_equal(e.kind, "job");
    assert_string_equal(e.type, "configure");
    assert_string_equal(e.id, GUID);
    assert_string_equal(e.state, "completed/succeeded");
    assert_string_equal(e.started_at, "2022-06-13T09:59:34.3049612Z");
    assert_string_equal(e.changed_at, "2022-06-13T10:00:39.866244Z");
    assert_null(e.target);
    assert_int_equal(e.message_count, 0);
}

static void job_id_has_two_spellings(void **state)
{
    static const struct {
        const char *members, *want;
    } rows[] = {
        { "'jobId':'a'", "a" },
        { "'jobID':'a'", "a" },
        { "'jobId':null,'jobID':'a'", "a" },
        { "'jobID':'b','jobId':'a'", "a" },
        { "'jobEnd':null", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { .id = "left over" };
        char text[128];
        snprintf(text, sizeof(text), "{'jobStatus':'running',%s}", rows[i].members);
        expect_number(rows[i].members, "result", job(text, &e, &err), 0);
        expect_text(rows[i].members, "id", e.id, rows[i].want);
    }
}

static void job_state_is_status_and_result(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{'jobStatus':'notStarted','jobResult':'pending'}", "notStarted/pending" },
        { "{'jobStatus':'running','jobResult':'pending'}", "running/pending" },
        { "{'jobStatus':'completed','jobResult':'succeeded'}", "completed/succeeded" },
        { "{'jobStatus':'completed','jobResult':'failed'}", "completed/failed" },
        { "{'jobStatus':'completed','jobResult':'cancelled'}", "completed/cancelled" },
        { "{'jobStatus':'running'}", "running" },
        { "{'jobStatus':'running','jobResult':null}", "running" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        expect_number(rows[i].text, "result", job(rows[i].text, &e, &err), 0);
        expect_text(rows[i].text, "state", e.state, rows[i].want);
    }
}

/* Printed as it is, so that no character may be cut in two: whatever the length of its words. */
static void job_state_is_made_of_whole_characters(void **state)
{
    (void)state;
    for (int len = 30; len < 40; len++) {
        struct strbuf text = STRBUF_INIT(65536);
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        strbuf_puts(&text, "{'jobStatus':'x");
        for (int i = 0; i < len; i++) {
            strbuf_puts(&text, "\xC3\xA9");
        }
        strbuf_puts(&text, "'}");
        assert_int_equal(job(strbuf_text(&text), &e, &err), 0);
        for (const char *p = e.state, *end = p + strlen(p); p < end; p += utf8_length(p, end)) {
            if (utf8_length(p, end) == 0) {
                fail_msg("%d letters: byte %td is in the middle of a character", len, p - e.state);
            }
        }
        strbuf_clear(&text);
    }
}

/* As json_error_message, which goes into such an object. */
static void details_of_an_object_in_place_of_a_list_are_messages_too(void **state)
{
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(job("{'jobStatus':'completed','errors':[{'message':'1','details':"
                         "{'message':'1.1','level':'warning','details':[{'message':'1.1.1'}]}}]}",
                         &e, &err),
                     0);
    expect_messages("an object", e.messages, e.message_count,
                    "error: 1\nwarning: 1.1\nerror: 1.1.1");
}

/* With the path of the object, as everywhere (json.h: "steps[3]"). */
/* A job has no notes, so the first message says what was left out. */
static void odd_detail_of_a_job_is_a_message(void **state)
{
    static const struct {
        const char *members, *want;
    } rows[] = {
        { "'jobStart':1", "jobStart: expected text, found a number" },
        { "'jobEnd':{}", "jobEnd: expected text, found an object" },
        { "'errors':{}", "errors: expected an array, found an object" },
        { "'errors':'x'", "errors: expected an array, found text" },
        { "'errors':[{},'x']", "errors[1]: expected an object, found text" },
        { "'errors':[{},{'code':1}]", "errors[1].code: expected text, found a number" },
        { "'errors':[{},{},{'message':[]}]", "errors[2].message: expected text, found an array" },
        { "'errors':[{'details':7}]", "errors[0].details: expected an array, found a number" },
        { "'errors':[{'details':[{'details':[{'message':1}]}]}]",
          "errors[0].details[0].details[0].message: expected text, found a number" },
        { "'errors':[{'details':{'code':1}}]",
          "errors[0].details.code: expected text, found a number" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        char text[256], want[128];
        snprintf(text, sizeof(text), "{'jobStatus':'completed','jobResult':'failed',%s}",
                 rows[i].members);
        snprintf(want, sizeof(want), "%s; left out", rows[i].want);
        expect_number(rows[i].members, "result", job(text, &e, &err), 0);
        expect_text(rows[i].members, "state", e.state, "completed/failed");
        expect_number(rows[i].members, "messages", (long)e.message_count, 1);
        expect_text(rows[i].members, "message", e.messages[0].text, want);
    }
}

static void odd_details_of_a_job_come_before_its_errors(void **state)
{
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    assert_int_equal(job("{'jobStatus':'completed','jobStart':1,'jobEnd':2,'errors':[{'message':"
                         "'a'},{'message':'b'},{'message':'c'}]}",
                         &e, &err),
                     0);
    expect_messages("both", e.messages, e.message_count,
                    "warning: jobStart: expected text, found a number; left out\n"
                    "warning: jobEnd: expected text, found a number; left out\n"
                    "error: a\nerror: b\nerror: c");
}

static void job_that_is_not_over_has_no_end(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "'0001-01-01'", NULL },
        { "'0001-01-01T00:00:00'", NULL },
        { "'0001-01-01T00:00:00Z'", NULL },
        { "null", NULL },
        { "''", NULL },
        { "'2022-03-01-T13:32:43.123456Z'", NULL },       /* the page's own slips */
        { "'2022-03-01-preview2T13:32:43.1234Z'", NULL }, /* are no times */
        { "'2022-03-01T17:34:21.5225132Z'", "2022-03-01T17:34:21.5225132Z" },
        { "'2022-03-01T17:34:21.5225132'", "2022-03-01T17:34:21.5225132Z" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'jobStatus':'running','jobEnd':%s,'jobStart':%s}",
                 rows[i].raw, rows[i].raw);
        expect_number(rows[i].raw, "result", job(text, &e, &err), 0);
        expect_text(rows[i].raw, "end", e.changed_at, rows[i].want);
        expect_text(rows[i].raw, "start", e.started_at, rows[i].want);
    }
}

static void errors_of_every_depth_are_messages_from_the_outside_in(void **state)
{
    static const struct {
        const char *errors, *want;
    } rows[] = {
        { "null", "" },
        { "[]", "" },
        { "[{}]", "" },
        { "[{'resourceId':'plan/x'}]", "" },
        { "[{'code':'c','message':'m'}]", "error: m (c)" },
        { "[{'code':'c'}]", "error: c" },
        { "[{'message':'m'}]", "error: m" },
        { "[{'code':'c','message':'m','details':null}]", "error: m (c)" },
        { "[{'code':'c','message':'m','details':[]}]", "error: m (c)" },
        { "[{'code':'a','message':'1'},{'code':'b','message':'2'}]", "error: 1 (a)\nerror: 2 (b)" },
        { "[{'resourceId':'submission/2','code':'internalServerError','message':'Operation failed',"
          "'details':[{'code':'invalidState','message':'Certification','details':["
          "{'code':'invalidState','message':'Issues found during Certification.'}]}]}]",
          "error: Operation failed (internalServerError)\nerror: Certification (invalidState)\n"
          "error: Issues found during Certification. (invalidState)" },
        { "[{'details':[{'details':[{'details':[{'message':'deep'}]}]}]}]", "error: deep" },
        { "[{'message':'1','details':[{'message':'1.1'},{'message':'1.2','details':["
          "{'message':'1.2.1'}]},{'message':'1.3'}]},{'message':'2'}]",
          "error: 1\nerror: 1.1\nerror: 1.2\nerror: 1.2.1\nerror: 1.3\nerror: 2" },
        { "[{'message':'1','details':{'code':'c','message':'in an object'}},{'message':'2'}]",
          "error: 1\nerror: in an object (c)\nerror: 2" },
        { "[{'message':'1','details':{}}]", "error: 1" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        char text[1024];
        snprintf(text, sizeof(text), "{'jobStatus':'completed','jobResult':'failed','errors':%s}",
                 rows[i].errors);
        expect_number(rows[i].errors, "result", job(text, &e, &err), 0);
        expect_messages(rows[i].errors, e.messages, e.message_count, rows[i].want);
    }
}

static void errors_are_followed_as_deep_as_an_answer_may_be(void **state)
{
    enum { LEVELS = 30 }; /* two brackets each, below JSON_DEPTH_MAX */
    struct strbuf text = STRBUF_INIT(65536);
    struct error err = ERROR_INIT;
    struct event e = { 0 };

    (void)state;
    strbuf_puts(&text, "{'jobStatus':'completed','errors':[");
    for (int i = 0; i < LEVELS; i++) {
        strbuf_printf(&text, "{'message':'%d'%s", i, i + 1 < LEVELS ? ",'details':[" : "}");
    }
    for (int i = 1; i < LEVELS; i++) {
        strbuf_puts(&text, "]}");
    }
    strbuf_puts(&text, "]}");
    assert_int_equal(job(strbuf_text(&text), &e, &err), 0);
    assert_int_equal(e.message_count, LEVELS);
    assert_string_equal(e.messages[0].text, "0");
    assert_string_equal(e.messages[LEVELS - 1].text, "29");
    strbuf_clear(&text);
}

static void more_errors_than_anybody_reads_are_left_out(void **state)
{
    static const struct {
        const char *name, *head, *each, *tail;
    } rows[] = {
        { "side by side", "[{'message':'0'}", ",{'message':'x'}", "]" },
        { "in one another's details", "[{'message':'0','details':[{'message':'1'}",
          ",{'message':'x'}", "]}]" },
        { "with details of their own", "[{'message':'0'}",
          ",{'message':'x','details':[{'message':'y'}]}", "]" },
        { "with an object of details", "[{'message':'0'}",
          ",{'message':'x','details':{'message':'y'}}", "]" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct strbuf text = STRBUF_INIT((size_t)1024 * 1024);
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        strbuf_printf(&text, "{'jobStatus':'completed','errors':%s", rows[i].head);
        for (int j = 0; j < 5000; j++) {
            strbuf_puts(&text, rows[i].each);
        }
        strbuf_printf(&text, "%s}", rows[i].tail);
        expect_number(rows[i].name, "result", job(strbuf_text(&text), &e, &err), 0);
        expect_number(rows[i].name, "messages", (long)e.message_count, ERRORS_KEPT);
        expect_text(rows[i].name, "the first", e.messages[0].text, "0");
        assert_non_null(e.messages[ERRORS_KEPT - 1].text);
        strbuf_clear(&text);
    }
}

static void broken_job_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "[]", "expected an object, found an array" },
        { "{}", "expected the status of a job, found an object without its members" },
        { "{'value':[]}", "expected the status of a job, found an object without its members" },
        { "{'jobId':'a','jobStatus':null}",
          "expected the status of a job, found an object without its members" },
        { "{'error':{'code':'x'}}", "expected the status of a job, found an error document" },
        { "{'jobStatus':'running','jobResult':'a','jobResult':'b'}", "jobResult: occurs twice" },
        { "{'jobStatus':1}", "jobStatus: expected text, found a number" },
        { "{'jobStatus':'running','jobId':1}", "jobId: expected text, found a number" },
        { "{'jobStatus':'running','jobID':1}", "jobID: expected text, found a number" },
        { "{'jobStatus':'running','jobResult':[]}", "jobResult: expected text, found an array" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct event e = { 0 };
        expect_number(rows[i].text, "result", job(rows[i].text, &e, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(product_of_a_client_is_read, clear_both),
        cmocka_unit_test_teardown(product_id_is_the_guid_of_the_path, clear_both),
        cmocka_unit_test_teardown(external_id_has_three_spellings, clear_both),
        cmocka_unit_test_teardown(guid_stands_in_for_an_offer_id_with_a_note, clear_both),
        cmocka_unit_test_teardown(product_needs_its_id_only, clear_both),
        cmocka_unit_test_teardown(broken_product_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(submission_of_the_documentation_is_read, clear_both),
        cmocka_unit_test_teardown(submission_id_is_the_number_behind_the_guid, clear_both),
        cmocka_unit_test_teardown(draft_has_neither_status_nor_result, clear_both),
        cmocka_unit_test_teardown(submission_may_lack_all_but_a_target, clear_both),
        cmocka_unit_test_teardown(creation_has_0_to_7_digits_and_may_lack_its_zone, clear_both),
        cmocka_unit_test_teardown(schedule_of_a_deprecation_is_read, clear_both),
        cmocka_unit_test_teardown(validations_are_messages_with_levels, clear_both),
        cmocka_unit_test_teardown(broken_submission_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(odd_detail_of_a_submission_is_a_note, clear_both),
        cmocka_unit_test_teardown(job_of_the_documentation_is_read, clear_both),
        cmocka_unit_test_teardown(job_id_has_two_spellings, clear_both),
        cmocka_unit_test_teardown(job_state_is_status_and_result, clear_both),
        cmocka_unit_test_teardown(job_state_is_made_of_whole_characters, clear_both),
        cmocka_unit_test_teardown(details_of_an_object_in_place_of_a_list_are_messages_too,
                                  clear_both),
        cmocka_unit_test_teardown(odd_detail_of_a_job_is_a_message, clear_both),
        cmocka_unit_test_teardown(odd_details_of_a_job_come_before_its_errors, clear_both),
        cmocka_unit_test_teardown(job_that_is_not_over_has_no_end, clear_both),
        cmocka_unit_test_teardown(errors_of_every_depth_are_messages_from_the_outside_in,
                                  clear_both),
        cmocka_unit_test_teardown(errors_are_followed_as_deep_as_an_answer_may_be, clear_both),
        cmocka_unit_test_teardown(more_errors_than_anybody_reads_are_left_out, clear_both),
        cmocka_unit_test_teardown(broken_job_is_refused_and_its_member_named, clear_both),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
