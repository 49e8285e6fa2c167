/* test_ingestion_decode.c - bodies of the Partner Center ingestion API as records. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/ingestion_decode.h"

#include "json_row.h"
#include "offerstat/utf8.h"

#include <stdio.h>
#include <string.h>

#define GUID "eaea608e-d780-4d0b-85ff-df0a525cc0ff"
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

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

/* Products. */

static int product(const char *text, struct offer *out, struct error *err)
{
    cJSON *item = json_row(text, ingestion_product_members, &parsed);

    return ingestion_decode_product(item, "contoso", &arena, out, err);
}

static void product_of_the_wire_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(product("{'resourceType':'AzureContainer','name':'offertest-000001-alias',"
                             "'externalIDs':[{'type':'AzureOfferId','value':'offertest-000001'}],"
                             "'isModularPublishing':true,'id':'" GUID "'}",
                             &o, &err),
                     0);
    assert_string_equal(o.product_id, GUID);
    assert_string_equal(o.id, "offertest-000001");
    assert_string_equal(o.name, "offertest-000001-alias");
    assert_string_equal(o.type, "AzureContainer");
    assert_string_equal(o.publisher, "contoso");
    assert_null(o.raw_status); /* a product has none */
    assert_int_equal(o.note_count, 0);
}

static void offer_id_is_the_external_id_of_that_type(void **state)
{
    static const struct {
        const char *name, *ids, *want;
    } rows[] = {
        { "the only one", "[{'type':'AzureOfferId','value':'a'}]", "a" },
        { "the last of several types",
          "[{'type':'StoreId','value':'9N'},{'type':'PackageId','value':'p'},"
          "{'type':'AzureOfferId','value':'a'}]",
          "a" },
        { "the first of several types",
          "[{'type':'AzureOfferId','value':'a'},{'type':'StoreId','value':'9N'}]", "a" },
        { "type in other letters", "[{'type':'azureofferid','value':'a'}]", "a" },
        { "type in capitals", "[{'type':'AZUREOFFERID','value':'A-b'}]", "A-b" },
        { "members in another order", "[{'value':'a','type':'AzureOfferId'}]", "a" },
        { "unknown members", "[{'type':'AzureOfferId','value':'a','since':[1]}]", "a" },
        { "the first of that type that has a value",
          "[{'type':'AzureOfferId','value':null},{'type':'AzureOfferId'},"
          "{'type':'AzureOfferId','value':''},{'type':'AzureOfferId','value':'a'}]",
          "a" },
        { "one without a type before it", "[{'value':'x'},{'type':'AzureOfferId','value':'a'}]",
          "a" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        char text[512];
        snprintf(text, sizeof(text), "{'id':'" GUID "','externalIDs':%s}", rows[i].ids);
        assert_int_equal(product(text, &o, &err), 0);
        expect_text(rows[i].name, "id", o.id, rows[i].want);
        expect_text(rows[i].name, "product", o.product_id, GUID);
        expect_number(rows[i].name, "notes", (long)o.note_count, 0);
    }
}

static void guid_stands_in_for_an_offer_id_with_a_note(void **state)
{
    static const char *const rows[] = {
        "{'id':'" GUID "'}",
        "{'id':'" GUID "','externalIDs':null}",
        "{'id':'" GUID "','externalIDs':[]}",
        "{'id':'" GUID "','externalIDs':[{}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'StoreId','value':'9N'}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferIdOfOld','value':'x'}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId'}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId','value':''}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId','value':null}]}",
        "{'id':'" GUID "','ExternalIds':[{'type':'AzureOfferId','value':'x'}]}",
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
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId','value':'a'}]}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId','value':'a'}],'name':null,"
        "'resourceType':null}",
        "{'id':'" GUID "','externalIDs':[{'type':'AzureOfferId','value':'a'}],'name':'',"
        "'resourceType':''}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        expect_number(rows[i], "result", product(rows[i], &o, &err), 0);
        expect_text(rows[i], "name", o.name, NULL);
        expect_text(rows[i], "type", o.type, NULL);
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
        { "{'externalIDs':[{'type':'AzureOfferId','value':'a'}]}",
          "expected a product, found an object without its members" },
        { "{'error':{'code':'x'}}", "expected a product, found an error document" },
        { "{'message':'no'}", "expected a product, found an error document" },
        { "{'id':'x','id':'y'}", "id: occurs twice" },
        { "{'id':'x','externalIDs':[{'type':'AzureOfferId','value':'a','value':'b'}]}",
          "externalIDs[0].value: occurs twice" },
        { "{'id':7}", "id: expected text, found a number" },
        { "[]", "expected an object, found an array" },
        { "null", "expected an object, found null" },
        { "'x'", "expected an object, found text" },
        { "{'id':'x','resourceType':{}}", "resourceType: expected text, found an object" },
        { "{'id':'x','externalIDs':{}}", "externalIDs: expected an array, found an object" },
        { "{'id':'x','externalIDs':'a'}", "externalIDs: expected an array, found text" },
        { "{'id':'x','externalIDs':['a']}", "externalIDs[0]: expected an object, found text" },
        { "{'id':'x','externalIDs':[{'type':1}]}",
          "externalIDs[0].type: expected text, found a number" },
        { "{'id':'x','externalIDs':[{},{'value':1}]}",
          "externalIDs[1].value: expected text, found a number" },
        { "{'id':'x','externalIDs':[{},{},null]}",
          "externalIDs[2]: expected an object, found null" },
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

static void broken_product_keeps_the_id_it_is_told_by(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    assert_int_equal(product("{'id':'" GUID "','resourceType':[]}", &o, &err), -1);
    assert_string_equal(o.product_id, GUID); /* by which the problem can be told */
}

/* Submissions. */

static int submission(const char *text, struct ingestion_submission *out, struct error *err)
{
    cJSON *item = json_row(text, ingestion_submission_members, &parsed);
    int rc;

    noted = (struct offer){ 0 };
    rc = ingestion_decode_submission(item, &arena, &noted, out, err);

    arena_wipe(&parsed); /* nothing of the record may need it any more */
    return rc;
}

static void submission_of_the_wire_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct ingestion_submission s = { 0 };

    (void)state;
    assert_int_equal(
        submission("{'resourceType':'Submission','state':'InProgress','substate':'Failed',"
                   "'targets':[{'type':'Scope','value':'Preview'}],'resources':[],"
                   "'publishOption':{'releaseTimeInUtc':'0001-01-01T00:00:00'},"
                   "'publishedTimeInUtc':'2022-08-04T13:53:31.2590809Z',"
                   "'pendingUpdateInfo':{'updateType':'Create','status':'Failed',"
                   "'href':'v1.0/ingestion/products/x/submissions/1/validations',"
                   "'failureReason':'Active validation errors'},"
                   "'releaseNumber':26,'friendlyName':'Submission 26','areResourcesReady':true,"
                   "'id':'1152921505697719189'}",
                   &s, &err),
        0);
    assert_string_equal(s.id, "1152921505697719189");
    assert_string_equal(s.state, "InProgress");
    assert_string_equal(s.substate, "Failed");
    assert_true(s.has_update);
    assert_string_equal(s.update_type, "Create");
    assert_string_equal(s.update_status, "Failed");
    assert_string_equal(s.failure_reason, "Active validation errors");
    assert_string_equal(s.release, "26");
    assert_string_equal(s.published_at, "2022-08-04T13:53:31.2590809Z");
}

static void id_and_release_are_text_or_a_number_of_any_length(void **state)
{
    static const struct {
        const char *written, *want;
    } rows[] = {
        { "'1152921505697719189'", "1152921505697719189" },
        { "1152921505697719189", "1152921505697719189" }, /* more than 2^53 */
        { "9007199254740993", "9007199254740993" },       /* 2^53 + 1 */
        { "9223372036854775807", "9223372036854775807" }, /* 2^63 - 1 */
        { "18446744073709551615", "18446744073709551615" },
        { "1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890" },
        { "0", "0" },
        { "'0'", "0" },
        { "26", "26" },
        { "999999999999999", "999999999999999" },
        { "''", NULL },
        { "null", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'id':%s,'state':'a','releaseNumber':%s}", rows[i].written,
                 rows[i].written);
        expect_number(rows[i].written, "result", submission(text, &s, &err), 0);
        expect_text(rows[i].written, "id", s.id, rows[i].want);
        expect_text(rows[i].written, "release", s.release, rows[i].want);
    }
}

static void substate_has_two_spellings(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{'substate':'InDraft'}", "InDraft" },
        { "{'subState':'InDraft'}", "InDraft" },
        { "{'substate':null,'subState':'InDraft'}", "InDraft" },
        { "{'substate':'','subState':'InDraft'}", "InDraft" },
        { "{'substate':'InDraft','subState':'inDraft'}", "InDraft" },
        { "{'state':'a'}", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        expect_number(rows[i].text, "result", submission(rows[i].text, &s, &err), 0);
        expect_text(rows[i].text, "substate", s.substate, rows[i].want);
    }
}

static void update_may_be_absent_null_or_partial(void **state)
{
    static const struct {
        const char *text;
        bool has;
        const char *type, *status, *reason;
    } rows[] = {
        { "{'state':'a'}", false, NULL, NULL, NULL },
        { "{'state':'a','pendingUpdateInfo':null}", false, NULL, NULL, NULL },
        { "{'pendingUpdateInfo':{}}", true, NULL, NULL, NULL },
        { "{'pendingUpdateInfo':{'updateType':'Create'}}", true, "Create", NULL, NULL },
        { "{'pendingUpdateInfo':{'status':'Running'}}", true, NULL, "Running", NULL },
        { "{'pendingUpdateInfo':{'updateType':null,'status':''}}", true, NULL, NULL, NULL },
        { "{'pendingUpdateInfo':{'updateType':'Create','status':'Completed'}}", true, "Create",
          "Completed", NULL },
        { "{'pendingUpdateInfo':{'updateType':'Create','status':'Failed','failureReason':'r'}}",
          true, "Create", "Failed", "r" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        expect_number(rows[i].text, "result", submission(rows[i].text, &s, &err), 0);
        expect_number(rows[i].text, "has update", s.has_update, rows[i].has);
        expect_text(rows[i].text, "type", s.update_type, rows[i].type);
        expect_text(rows[i].text, "status", s.update_status, rows[i].status);
        expect_text(rows[i].text, "reason", s.failure_reason, rows[i].reason);
    }
}

static void time_of_publication_is_none_in_the_years_1_and_1601(void **state)
{
    static const struct {
        const char *raw, *want;
    } rows[] = {
        { "'1601-01-01T00:00:00Z'", NULL },
        { "'1601-01-01T00:00:00'", NULL },
        { "'1601-01-01T00:00:00.0000000Z'", NULL },
        { "'0001-01-01T00:00:00'", NULL },
        { "'0001-01-01T00:00:00Z'", NULL },
        { "'0001-01-01'", NULL },
        { "'01/01/1601 00:00:00'", NULL },
        { "''", NULL },
        { "null", NULL },
        { "'2022-08-04T13:53:31.2590809Z'", "2022-08-04T13:53:31.2590809Z" },
        { "'2022-08-04T13:53:31.2590809'", "2022-08-04T13:53:31.2590809Z" },
        { "'2022-08-04T13:53:31.259Z'", "2022-08-04T13:53:31.259Z" },
        { "'2022-08-04T13:53:31Z'", "2022-08-04T13:53:31Z" },
        { "'2022-08-04T15:53:31.2590809+02:00'", "2022-08-04T13:53:31.2590809Z" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        char text[128];
        snprintf(text, sizeof(text), "{'state':'a','publishedTimeInUtc':%s}", rows[i].raw);
        expect_number(rows[i].raw, "result", submission(text, &s, &err), 0);
        expect_text(rows[i].raw, "published", s.published_at, rows[i].want);
    }
}

static void submission_may_lack_all_but_its_state(void **state)
{
    static const char *const rows[] = {
        "{'state':'InProgress'}",
        "{'id':null,'state':'InProgress','substate':null,'subState':null,'pendingUpdateInfo':null,"
        "'releaseNumber':null,'publishedTimeInUtc':null}",
        "{'id':'','state':'InProgress','substate':'','subState':'','releaseNumber':'',"
        "'publishedTimeInUtc':''}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { .id = "left over",
                                          .state = "left over",
                                          .substate = "left over",
                                          .release = "left over",
                                          .published_at = "left over" };
        expect_number(rows[i], "result", submission(rows[i], &s, &err), 0);
        expect_text(rows[i], "id", s.id, NULL);
        expect_text(rows[i], "state", s.state, "InProgress");
        expect_text(rows[i], "substate", s.substate, NULL);
        expect_text(rows[i], "release", s.release, NULL);
        expect_text(rows[i], "published", s.published_at, NULL);
        assert_false(s.has_update);
    }
}

static void broken_submission_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "[]", "expected an object, found an array" },
        { "7", "expected an object, found a number" },
        { "{}", "expected a submission, found an object without its members" },
        { "{'id':'1','state':null,'substate':''}",
          "expected a submission, found an object without its members" },
        { "{'error':{'code':'x'}}", "expected a submission, found an error document" },
        { "{'id':'1','state':'Published','substate':'InStore','error':{'code':'x'}}",
          "expected a submission, found an error document" },
        { "{'message':'no'}", "expected a submission, found an error document" },
        { "{'state':'InProgress','state':'Published'}", "state: occurs twice" },
        { "{'state':'a','substate':'InStore','substate':'Failed'}", "substate: occurs twice" },
        { "{'state':'a','substate':'InStore','subState':'Failed'}", "substate: occurs twice" },
        { "{'state':'a','pendingUpdateInfo':{'status':'Running','status':'Failed'}}",
          "pendingUpdateInfo.status: occurs twice" },
        { "{'state':'a','id':'1','id':'2'}", "id: occurs twice" },
        { "{'state':'a','id':true}", "id: expected text or a number, found true" },
        { "{'state':'a','id':{}}", "id: expected text or a number, found an object" },
        { "{'state':1}", "state: expected text, found a number" },
        { "{'substate':1}", "substate: expected text, found a number" },
        { "{'subState':[]}", "subState: expected text, found an array" },
        { "{'pendingUpdateInfo':'x'}", "pendingUpdateInfo: expected an object, found text" },
        { "{'pendingUpdateInfo':{'updateType':1}}",
          "pendingUpdateInfo.updateType: expected text, found a number" },
        { "{'pendingUpdateInfo':{'status':false}}",
          "pendingUpdateInfo.status: expected text, found false" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        expect_number(rows[i].text, "result", submission(rows[i].text, &s, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

static void odd_detail_of_a_submission_is_a_note(void **state)
{
    static const struct {
        const char *members, *note;
    } rows[] = {
        { "'releaseNumber':[]", "releaseNumber: expected text or a number, found an array" },
        { "'releaseNumber':1,'releaseNumber':2", "releaseNumber: occurs twice" },
        { "'publishedTimeInUtc':1", "publishedTimeInUtc: expected text, found a number" },
        { "'pendingUpdateInfo':{'failureReason':[]}",
          "pendingUpdateInfo.failureReason: expected text, found an array" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct ingestion_submission s = { 0 };
        char text[256], note[128];
        snprintf(text, sizeof(text), "{'state':'a','substate':'Failed',%s}", rows[i].members);
        snprintf(note, sizeof(note), "submissions: %s; left out", rows[i].note);
        expect_number(text, "result", submission(text, &s, &err), 0);
        expect_text(text, "substate", s.substate, "Failed");
        expect_number(text, "notes", (long)noted.note_count, 1);
        expect_text(text, "note", noted.notes[0].text, note);
    }
}

/* The combinations that were recorded, and the states that clients make of them. */
static void recorded_combinations_have_their_states(void **state)
{
    static const struct {
        const char *text;
        enum offer_state want;
    } rows[] = {
        { "{'id':'2','state':'InProgress','substate':'InDraft',"
          "'pendingUpdateInfo':{'updateType':'Create','status':'Running'}}",
          STATE_IN_PROGRESS },
        { "{'id':'2','state':'InProgress','substate':'InDraft',"
          "'pendingUpdateInfo':{'updateType':'Create','status':'Failed',"
          "'failureReason':'Active validation errors'}}",
          STATE_FAILED },
        { "{'id':'2','state':'InProgress','substate':'Submitted',"
          "'pendingUpdateInfo':{'updateType':'Create','status':'Completed'}}",
          STATE_IN_PROGRESS },
        { "{'id':'2','state':'InProgress','substate':'Failed',"
          "'pendingUpdateInfo':{'updateType':'Create','status':'Completed'}}",
          STATE_FAILED },
        { "{'id':'2','state':'Inprogress','subState':'Failed'}", STATE_FAILED },
        { "{'id':'2','state':'Published','substate':'InStore',"
          "'pendingUpdateInfo':{'updateType':'Create','status':'Completed'}}",
          STATE_NONE },
        { "{'id':'2','state':'Published','substate':'ReadyToPublish'}", STATE_PENDING_SIGNOFF },
        { "{'id':'2','state':'Published','substate':'Publishing'}", STATE_IN_PROGRESS },
        { "{'id':'2','state':'InProgress','substate':'Cancelled'}", STATE_CANCELED },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct ingestion_facts facts = { .depth = DEPTH_STATE };
        struct ingestion_submission s = { 0 };
        struct error err = ERROR_INIT;
        expect_number(rows[i].text, "result", submission(rows[i].text, &s, &err), 0);
        assert_int_equal(ingestion_add(&arena, &facts, &s), 0);
        expect_text(rows[i].text, "state", state_token(ingestion_decide(&facts).state),
                    state_token(rows[i].want));
    }
}

/* Workflowdetails. */

static int workflow(const char *text, struct offer *o, struct event *e, struct error *err)
{
    cJSON *item = json_row(text, NULL, &parsed);
    int rc = ingestion_decode_workflow(item, &arena, o, e, err);

    arena_wipe(&parsed);
    return rc;
}

static void workflow_of_the_wire_is_read(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    struct event e = { 0 };

    (void)state;
    assert_int_equal(workflow("{'type':'Push','state':'Success','targetEnvironment':'Preview',"
                              "'workflowSteps':[{'name':'Automated validation','state':'Success',"
                              "'startDateTimeInUtc':'2022-08-04T10:37:37.5038218',"
                              "'completeDateTimeInUtc':'2022-08-04T10:40:00.0000001'}],"
                              "'startDateTimeInUtc':'2022-08-04T10:37:37.4038218',"
                              "'completeDateTimeInUtc':'2022-08-04T10:51:26.8132496'}",
                              &o, &e, &err),
                     0);
    assert_string_equal(e.type, "Push");
    assert_string_equal(e.state, "Success");
    assert_string_equal(e.target, "Preview");
    assert_string_equal(e.started_at, "2022-08-04T10:37:37.4038218Z"); /* no zone: UTC */
    assert_string_equal(e.changed_at, "2022-08-04T10:51:26.8132496Z");
    assert_true(o.steps_known);
    assert_int_equal(o.step_count, 1);
    assert_string_equal(o.steps[0].name, "Automated validation");
    assert_string_equal(o.steps[0].raw_status, "Success");
    assert_int_equal(o.steps[0].status, STEP_COMPLETE);
    assert_int_equal(o.steps[0].progress, -1);
    assert_string_equal(o.steps[0].started_at, "2022-08-04T10:37:37.5038218Z");
    assert_string_equal(o.steps[0].completed_at, "2022-08-04T10:40:00.0000001Z");
    assert_null(o.steps[0].id);
    assert_null(o.steps[0].description);
    assert_int_equal(o.steps[0].message_count, 0);
    assert_int_equal(o.note_count, 0);
}

static void steps_of_all_pushes_stand_one_after_another(void **state)
{
    static const char *const pushes[] = {
        "{'targetEnvironment':'Preview','workflowSteps':["
        "{'name':'Automated validation','state':'Success'},"
        "{'name':'Preview Creation','state':'Success'},"
        "{'name':'Publisher Signoff','state':'InProgress',"
        "'startDateTimeInUtc':'2022-08-04T10:51:26.8132496'}]}",
        "{'targetEnvironment':'Live','workflowSteps':["
        "{'name':'Certification','state':'NotStarted','startDateTimeInUtc':null},"
        "{'name':'Publish','state':'NotStarted',"
        "'startDateTimeInUtc':'0001-01-01T00:00:00','completeDateTimeInUtc':'1601-01-01T00:00:00'}"
        "]}",
        "{'targetEnvironment':'Third','workflowSteps':[]}",
        "{'targetEnvironment':'Fourth','workflowSteps':[{'name':'More','state':'Failed'}]}",
    };
    static const struct {
        const char *name, *state;
        enum step_status status;
        const char *started;
    } want[] = {
        { "Automated validation", "Success", STEP_COMPLETE, NULL },
        { "Preview Creation", "Success", STEP_COMPLETE, NULL },
        { "Publisher Signoff", "InProgress", STEP_WAITING_SIGNOFF, "2022-08-04T10:51:26.8132496Z" },
        { "Certification", "NotStarted", STEP_NOT_STARTED, NULL },
        { "Publish", "NotStarted", STEP_NOT_STARTED, NULL },
        { "More", "Failed", STEP_REJECTED, NULL },
    };
    static const char *const targets[] = { "Preview", "Live", "Third", "Fourth" };
    static const size_t counts[] = { 3, 5, 5, 6 };
    struct error err = ERROR_INIT;
    struct offer o = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(pushes); i++) {
        struct event e = { 0 };
        assert_int_equal(workflow(pushes[i], &o, &e, &err), 0);
        assert_string_equal(e.target, targets[i]);
        assert_int_equal(o.step_count, counts[i]);
    }
    for (size_t i = 0; i < COUNT_OF(want); i++) {
        expect_text(want[i].name, "name", o.steps[i].name, want[i].name);
        expect_text(want[i].name, "state", o.steps[i].raw_status, want[i].state);
        expect_text(want[i].name, "status", step_status_token(o.steps[i].status),
                    step_status_token(want[i].status));
        expect_text(want[i].name, "started", o.steps[i].started_at, want[i].started);
        expect_text(want[i].name, "completed", o.steps[i].completed_at, NULL);
        expect_number(want[i].name, "progress", o.steps[i].progress, -1);
    }
    assert_int_equal(o.note_count, 0);
}

static void step_status_by_name_and_word(void **state)
{
    static const struct {
        const char *name, *word;
        enum step_status want;
    } rows[] = {
        { "Certification", "NotStarted", STEP_NOT_STARTED },
        { "Certification", "InProgress", STEP_IN_PROGRESS },
        { "Certification", "Success", STEP_COMPLETE },
        { "Certification", "success", STEP_COMPLETE },
        { "Publisher Signoff", "InProgress", STEP_WAITING_SIGNOFF },
        { "publisher signoff", "inprogress", STEP_WAITING_SIGNOFF },
        { "Publisher Signoff", "NotStarted", STEP_NOT_STARTED },
        { "Publisher Signoff", "Success", STEP_COMPLETE },
        { "Certification", "Failed", STEP_REJECTED },
        { "Certification", "Failure", STEP_REJECTED },
        { "Certification", "Error", STEP_REJECTED },
        { "Certification", "Canceled", STEP_CANCELED },
        { "Certification", "Cancelled", STEP_CANCELED },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'workflowSteps':[{'name':'%s','state':'%s'}]}", rows[i].name,
                 rows[i].word);
        assert_int_equal(workflow(text, &o, &e, &err), 0);
        expect_text(text, "status", step_status_token(o.steps[0].status),
                    step_status_token(rows[i].want));
        expect_text(text, "raw", o.steps[0].raw_status, rows[i].word);
        expect_number(text, "notes", (long)o.note_count, 0);
    }
}

static void unknown_step_state_is_warned_of(void **state)
{
    static const struct {
        const char *step, *name, *raw;
    } rows[] = {
        { "{'name':'Certification','state':'Hibernating'}", "Certification", "\"Hibernating\"" },
        { "{'state':'Hibernating'}", "?", "\"Hibernating\"" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { 0 };
        char text[256];
        snprintf(text, sizeof(text), "{'workflowSteps':[%s]}", rows[i].step);
        assert_int_equal(workflow(text, &o, &e, &err), 0);
        expect_number(rows[i].step, "status", o.steps[0].status, STEP_UNKNOWN);
        expect_number(rows[i].step, "notes", (long)o.note_count, 1);
        assert_true(o.notes[0].warning);
        assert_non_null(strstr(o.notes[0].text, rows[i].name));
        assert_non_null(strstr(o.notes[0].text, rows[i].raw));
    }
}

/* A note is cut where it is too long, but not in the middle of a character. */
static void note_on_a_long_name_is_made_of_whole_characters(void **state)
{
    (void)state;
    for (int shift = 0; shift < 2; shift++) {
        struct strbuf text = STRBUF_INIT(65536);
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { 0 };
        const char *note;
        strbuf_printf(&text, "{'workflowSteps':[{'name':'%s", shift ? "x" : "");
        for (int i = 0; i < 400; i++) {
            strbuf_puts(&text, "\xC3\xA9");
        }
        strbuf_puts(&text, "','state':'Hibernating'}]}");
        assert_int_equal(workflow(strbuf_text(&text), &o, &e, &err), 0);
        assert_int_equal(o.note_count, 1);
        note = o.notes[0].text;
        for (const char *p = note, *end = p + strlen(p); p < end; p += utf8_length(p, end)) {
            if (utf8_length(p, end) == 0) {
                fail_msg("shift %d: byte %td is in the middle of a character", shift, p - note);
            }
        }
        strbuf_clear(&text);
    }
}

static void update_that_is_absent_leaves_nothing_of_another(void **state)
{
    struct error err = ERROR_INIT;
    struct ingestion_submission s = { .has_update = true,
                                      .update_type = "left over",
                                      .update_status = "left over",
                                      .failure_reason = "left over" };

    (void)state;
    assert_int_equal(submission("{'state':'a'}", &s, &err), 0);
    assert_false(s.has_update);
    expect_text("absent", "type", s.update_type, NULL);
    expect_text("absent", "status", s.update_status, NULL);
    expect_text("absent", "reason", s.failure_reason, NULL);
}

static void every_odd_step_gets_its_own_note_over_all_pushes(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    struct event e = { 0 };

    (void)state;
    assert_int_equal(workflow("{'workflowSteps':[{'name':'A','state':'x'},"
                              "{'name':'B','state':'Success'},{'name':'C','state':'y'}]}",
                              &o, &e, &err),
                     0);
    assert_int_equal(workflow("{'workflowSteps':[{'name':'D','state':'z'}]}", &o, &e, &err), 0);
    assert_int_equal(o.step_count, 4);
    assert_int_equal(o.note_count, 3);
    assert_non_null(strstr(o.notes[0].text, "A: unknown status \"x\""));
    assert_non_null(strstr(o.notes[1].text, "C: unknown status \"y\""));
    assert_non_null(strstr(o.notes[2].text, "D: unknown status \"z\""));
}

static void push_may_have_no_steps(void **state)
{
    static const char *const rows[] = {
        "{'workflowSteps':[]}",
        "{'type':null,'state':null,'targetEnvironment':null,'workflowSteps':[],"
        "'startDateTimeInUtc':'0001-01-01T00:00:00','completeDateTimeInUtc':"
        "'1601-01-01T00:00:00Z'}",
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { .type = "left over",
                           .state = "left over",
                           .target = "left over",
                           .started_at = "left over",
                           .changed_at = "left over" };
        expect_number(rows[i], "result", workflow(rows[i], &o, &e, &err), 0);
        assert_true(o.steps_known);
        expect_number(rows[i], "steps", (long)o.step_count, 0);
        expect_number(rows[i], "notes", (long)o.note_count, 0);
        expect_text(rows[i], "type", e.type, NULL);
        expect_text(rows[i], "state", e.state, NULL);
        expect_text(rows[i], "target", e.target, NULL);
        expect_text(rows[i], "started", e.started_at, NULL);
        expect_text(rows[i], "completed", e.changed_at, NULL);
    }
}

static void broken_push_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "[]", "expected an object, found an array" },
        { "{}", "expected a push, found an object without its members" },
        { "{'workflowSteps':null}", "expected a push, found an object without its members" },
        { "{'error':'no'}", "expected a push, found an error document" },
        { "{'workflowSteps':[{'state':'Success'}],'error':{'code':'x'}}",
          "expected a push, found an error document" },
        { "{'workflowSteps':[],'state':1}", "state: expected text, found a number" },
        { "{'workflowSteps':[],'targetEnvironment':[]}",
          "targetEnvironment: expected text, found an array" },
        { "{'workflowSteps':[],'workflowSteps':[]}", "workflowSteps: occurs twice" },
        { "{'workflowSteps':[{}]}",
          "workflowSteps[0]: expected a step, found an object without its members" },
        { "{'workflowSteps':[{'state':'Success'},{'name':'Certification','state':null}]}",
          "workflowSteps[1]: expected a step, found an object without its members" },
        { "{'workflowSteps':[{'state':'Success','state':'Failed'}]}",
          "workflowSteps[0].state: occurs twice" },
        { "{'workflowSteps':{}}", "workflowSteps: expected an array, found an object" },
        { "{'workflowSteps':['x']}", "workflowSteps[0]: expected an object, found text" },
        { "{'workflowSteps':[{'state':'Success'},{'state':'a','name':1}]}",
          "workflowSteps[1].name: expected text, found a number" },
        { "{'workflowSteps':[{'state':'Success'},{'state':true}]}",
          "workflowSteps[1].state: expected text, found true" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { 0 };
        expect_number(rows[i].text, "result", workflow(rows[i].text, &o, &e, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

static void odd_detail_of_a_push_is_a_note(void **state)
{
    static const struct {
        const char *text, *note;
    } rows[] = {
        { "{'type':1,'workflowSteps':[{'state':'Failed'}]}",
          "type: expected text, found a number" },
        { "{'startDateTimeInUtc':1,'workflowSteps':[{'state':'Failed'}]}",
          "startDateTimeInUtc: expected text, found a number" },
        { "{'workflowSteps':[{'state':'Failed'}],'completeDateTimeInUtc':1}",
          "completeDateTimeInUtc: expected text, found a number" },
        { "{'workflowSteps':[{'state':'Failed','startDateTimeInUtc':1}]}",
          "workflowSteps[0].startDateTimeInUtc: expected text, found a number" },
        { "{'workflowSteps':[{'state':'Failed','completeDateTimeInUtc':{}}]}",
          "workflowSteps[0].completeDateTimeInUtc: expected text, found an object" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct offer o = { 0 };
        struct event e = { 0 };
        char note[128];
        snprintf(note, sizeof(note), "workflowdetails: %s; left out", rows[i].note);
        expect_number(rows[i].text, "result", workflow(rows[i].text, &o, &e, &err), 0);
        expect_number(rows[i].text, "status", o.steps[0].status, STEP_REJECTED);
        expect_number(rows[i].text, "notes", (long)o.note_count, 1);
        expect_text(rows[i].text, "note", o.notes[0].text, note);
    }
}

static void broken_push_leaves_the_steps_before_it(void **state)
{
    struct error err = ERROR_INIT;
    struct offer o = { 0 };
    struct event e = { 0 };

    (void)state;
    assert_int_equal(workflow("{'workflowSteps':[{'name':'A','state':'Success'}]}", &o, &e, &err),
                     0);
    assert_int_equal(
        workflow("{'workflowSteps':[{'name':'B','state':'Success'},{'state':1}]}", &o, &e, &err),
        -1);
    assert_int_equal(o.step_count, 1);
    assert_string_equal(o.steps[0].name, "A");
}

/* Validations. */

static int validation(const char *text, struct message *out, struct error *err)
{
    cJSON *item = json_row(text, NULL, &parsed);
    int rc;

    noted = (struct offer){ 0 };
    rc = ingestion_decode_validation(item, &arena, &noted, out, err);

    arena_wipe(&parsed);
    return rc;
}

static void validation_is_one_text(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "{'errorCode':'Resell-20007','severity':'Error',"
          "'message':'ResellerConfiguration module is missing..','resource':'Resell'}",
          "ResellerConfiguration module is missing.. (Resell-20007, Resell)" },
        { "{'errorCode':'E-1','message':'m'}", "m (E-1)" },
        { "{'severity':'Error','message':'m','resource':'Resell'}", "m (Resell)" },
        { "{'severity':'Error','message':'m'}", "m" },
        { "{'errorCode':'E-1'}", "E-1" },
        { "{'errorCode':'E-1','message':''}", "E-1" },
        { "{'errorCode':null,'severity':'Error','message':'m','resource':''}", "m" },
        { "{'severity':'Error','message':7}", NULL }, /* nothing to say, but a note */
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct message m = { 0 };
        expect_number(rows[i].text, "result", validation(rows[i].text, &m, &err), 0);
        expect_text(rows[i].text, "text", m.text, rows[i].want);
        expect_text(rows[i].text, "time", m.at, NULL);
        expect_number(rows[i].text, "links", (long)m.link_count, 0);
    }
}

static void severity_is_one_of_three(void **state)
{
    static const struct {
        const char *member;
        enum message_level want;
    } rows[] = {
        { ",'severity':'Informational'", LEVEL_INFORMATION },
        { ",'severity':'informational'", LEVEL_INFORMATION },
        { ",'severity':'Warning'", LEVEL_WARNING },
        { ",'severity':'warning'", LEVEL_WARNING },
        { ",'severity':'Error'", LEVEL_ERROR },
        { ",'severity':'error'", LEVEL_ERROR },
        { ",'severity':'something new'", LEVEL_INFORMATION },
        { ",'severity':null", LEVEL_INFORMATION },
        { "", LEVEL_INFORMATION },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct message m = { .level = LEVEL_WARNING };
        char text[128];
        snprintf(text, sizeof(text), "{'errorCode':'c','message':'m'%s}", rows[i].member);
        assert_int_equal(validation(text, &m, &err), 0);
        expect_text(rows[i].member, "level", level_token(m.level), level_token(rows[i].want));
    }
}

static void broken_validation_is_refused_and_its_member_named(void **state)
{
    static const struct {
        const char *text, *want;
    } rows[] = {
        { "'x'", "expected an object, found text" },
        { "{}", "expected a validation, found an object without its members" },
        { "{'resource':'x'}", "expected a validation, found an object without its members" },
        { "{'severity':'Error'}", "message: is missing" },
        { "{'errorCode':'','severity':'','message':''}",
          "expected a validation, found an object without its members" },
        { "{'message':'no'}", "expected a validation, found an error document" },
        { "{'statusCode':500,'message':'no'}", "expected a validation, found an error document" },
        { "{'error':{'code':'x'}}", "expected a validation, found an error document" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct message m = { 0 };
        expect_number(rows[i].text, "result", validation(rows[i].text, &m, &err), -1);
        expect_number(rows[i].text, "code", err.code, ERR_ANSWER);
        expect_text(rows[i].text, "error", err.text, rows[i].want);
    }
}

/* It explains a state, which others decide. */
static void odd_member_of_a_validation_is_a_note(void **state)
{
    static const struct {
        const char *text, *want, *note;
    } rows[] = {
        { "{'errorCode':1,'message':'m'}", "m", "errorCode: expected text, found a number" },
        { "{'severity':2,'message':'m'}", "m", "severity: expected text, found a number" },
        { "{'errorCode':'c','message':{}}", "c", "message: expected text, found an object" },
        { "{'errorCode':'c','resource':[]}", "c", "resource: expected text, found an array" },
        { "{'errorCode':'c','message':'a','message':'b'}", "c", "message: occurs twice" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct error err = ERROR_INIT;
        struct message m = { 0 };
        char note[128];
        snprintf(note, sizeof(note), "validations: %s; left out", rows[i].note);
        expect_number(rows[i].text, "result", validation(rows[i].text, &m, &err), 0);
        expect_text(rows[i].text, "text", m.text, rows[i].want);
        expect_number(rows[i].text, "notes", (long)noted.note_count, 1);
        expect_text(rows[i].text, "note", noted.notes[0].text, note);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(product_of_the_wire_is_read, clear_both),
        cmocka_unit_test_teardown(offer_id_is_the_external_id_of_that_type, clear_both),
        cmocka_unit_test_teardown(guid_stands_in_for_an_offer_id_with_a_note, clear_both),
        cmocka_unit_test_teardown(product_needs_its_id_only, clear_both),
        cmocka_unit_test_teardown(broken_product_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(broken_product_keeps_the_id_it_is_told_by, clear_both),
        cmocka_unit_test_teardown(submission_of_the_wire_is_read, clear_both),
        cmocka_unit_test_teardown(id_and_release_are_text_or_a_number_of_any_length, clear_both),
        cmocka_unit_test_teardown(substate_has_two_spellings, clear_both),
        cmocka_unit_test_teardown(update_may_be_absent_null_or_partial, clear_both),
        cmocka_unit_test_teardown(time_of_publication_is_none_in_the_years_1_and_1601, clear_both),
        cmocka_unit_test_teardown(submission_may_lack_all_but_its_state, clear_both),
        cmocka_unit_test_teardown(broken_submission_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(odd_detail_of_a_submission_is_a_note, clear_both),
        cmocka_unit_test_teardown(recorded_combinations_have_their_states, clear_both),
        cmocka_unit_test_teardown(workflow_of_the_wire_is_read, clear_both),
        cmocka_unit_test_teardown(steps_of_all_pushes_stand_one_after_another, clear_both),
        cmocka_unit_test_teardown(step_status_by_name_and_word, clear_both),
        cmocka_unit_test_teardown(unknown_step_state_is_warned_of, clear_both),
        cmocka_unit_test_teardown(note_on_a_long_name_is_made_of_whole_characters, clear_both),
        cmocka_unit_test_teardown(update_that_is_absent_leaves_nothing_of_another, clear_both),
        cmocka_unit_test_teardown(every_odd_step_gets_its_own_note_over_all_pushes, clear_both),
        cmocka_unit_test_teardown(push_may_have_no_steps, clear_both),
        cmocka_unit_test_teardown(broken_push_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(odd_detail_of_a_push_is_a_note, clear_both),
        cmocka_unit_test_teardown(broken_push_leaves_the_steps_before_it, clear_both),
        cmocka_unit_test_teardown(validation_is_one_text, clear_both),
        cmocka_unit_test_teardown(severity_is_one_of_three, clear_both),
        cmocka_unit_test_teardown(broken_validation_is_refused_and_its_member_named, clear_both),
        cmocka_unit_test_teardown(odd_member_of_a_validation_is_a_note, clear_both),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
