/* test_pages.c - lists in pages: where the next one is, what comes of each, and that they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rest/error_body.h"
#include "rest/pages.h"

#include "fake_transport.h"
#include "json_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENDPOINT "https://portal.example"
#define FIRST ENDPOINT "/v1.0/ingestion/products"
#define ANSWERS_MAX 12
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* One walk and everything that was told of it, in `log`: "0=a" for an element by its index, "0!"
 * for one that is not JSON, "|" for a page that is whole, "~" for one that is read again,
 * and "end" or "code: text". */
struct bench {
    struct fake_transport net;
    struct fetcher fetcher;
    struct arena bodies;
    struct strbuf log;
    struct error err;
    size_t count, dones; /* elements, ends */
    bool silent;         /* elements are counted alone */
    bool keep;           /* elements cannot be taken back */
    size_t fail_at;      /* the element of this index is refused; 0: none */
};

static int on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                      struct error *err)
{
    struct bench *b = user;

    assert_int_equal(b->dones, 0);
    b->count++;
    if (b->fail_at != 0 && index == b->fail_at) {
        return error_set(err, ERR_OUTPUT, "no room");
    }
    if (b->silent) {
        return 0;
    }
    if (item == NULL) {
        assert_int_equal(bad->code, ERR_ANSWER);
        strbuf_printf(&b->log, "%zu! ", index);
    } else {
        const cJSON *id = cJSON_IsObject(item) ? cJSON_GetObjectItem(item, "id") : item;
        strbuf_printf(&b->log, "%zu=%s ", index,
                      cJSON_IsString(id) ? id->valuestring : json_kind(id));
    }
    return 0;
}

static int on_restart(void *user)
{
    struct bench *b = user;

    strbuf_puts(&b->log, "~ ");
    return b->keep ? -1 : 0;
}

static void on_page(void *user)
{
    struct bench *b = user;

    if (!b->silent) {
        strbuf_puts(&b->log, "| ");
    }
}

static void on_done(void *user, const struct error *err)
{
    struct bench *b = user;

    b->dones++;
    if (err == NULL) {
        strbuf_puts(&b->log, "end");
    } else {
        b->err = *err;
        strbuf_printf(&b->log, "%s: %s", error_word(err->code), err->text);
    }
}

static void fill(struct bench *b)
{
    fake_init(&b->net);
    b->log = (struct strbuf)STRBUF_INIT((size_t)1024 * 1024);
    b->fetcher = (struct fetcher){ .transport = &b->net.base,
                                   .describe = json_error_describe,
                                   .policy = { .retries = 2, .base_ms = 500, .cap_ms = 30000 },
                                   .deadline_ms = 600000 };
}

static void clear(struct bench *b)
{
    strbuf_clear(&b->log);
    arena_clear(&b->bodies);
    fake_clear(&b->net);
}

/* Begin anew, for the next row of a table. */
static void renew(struct bench *b)
{
    clear(b);
    *b = (struct bench){ 0 };
    fill(b);
}

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof(*b));

    *state = b;
    if (b != NULL) {
        fill(b);
    }
    return b != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    clear(b);
    free(b);
    return 0;
}

static struct pages spec_of(struct bench *b)
{
    return (struct pages){ .url = FIRST,
                           .endpoint = ENDPOINT,
                           .user = b,
                           .element = on_element,
                           .restart = on_restart,
                           .page = on_page,
                           .done = on_done };
}

/* The next request, whatever it asks for, is answered so; ' stands for ". */
static void answer_next(struct bench *b, long status, const char *body)
{
    fake_answer(&b->net, (struct fake_answer){ .path = "",
                                               .status = status,
                                               .body = json_quoted(&b->bodies, body),
                                               .times = 1 });
}

static void walk(struct bench *b, const struct pages *spec)
{
    struct error err = ERROR_INIT;

    assert_int_equal(pages_start(&b->fetcher, spec, &err), 0);
    assert_int_equal(b->dones, 0); /* never from within the start */
    (void)b->net.base.run(&b->net.base, &err);
    assert_int_equal(b->dones, 1);
}

static void expect_log(const char *row, const struct bench *b, const char *want)
{
    expect_text(row, "log", strbuf_text(&b->log), want);
}

/* Where the next page is. */

static void next_page_is_found_by_its_link(void **state)
{
    static const struct {
        const char *name, *endpoint, *first, *link, *want;
    } rows[] = {
        { "relative without a slash", ENDPOINT, FIRST,
          "'nextLink':'v1.0/ingestion/products?$skipToken=eyJM/+=='",
          ENDPOINT "/v1.0/ingestion/products?$skipToken=eyJM/+==" },
        { "relative with a slash", ENDPOINT, FIRST,
          "'nextLink':'/v1.0/ingestion/products?$skipToken=x'",
          ENDPOINT "/v1.0/ingestion/products?$skipToken=x" },
        { "relative, below an endpoint with a prefix", ENDPOINT "/pc",
          ENDPOINT "/pc/v1.0/ingestion/products", "'nextLink':'v1.0/ingestion/products?a=b'",
          ENDPOINT "/pc/v1.0/ingestion/products?a=b" },
        { "relative with the prefix of the endpoint", ENDPOINT "/pc",
          ENDPOINT "/pc/v1.0/ingestion/products", "'nextLink':'/pc/v1.0/ingestion/products?a=b'",
          ENDPOINT "/pc/v1.0/ingestion/products?a=b" },
        { "relative where the endpoint has a port", "https://portal.example:8443",
          "https://portal.example:8443/x", "'nextLink':'v1.0/x?a=b'",
          "https://portal.example:8443/v1.0/x?a=b" },
        { "a query alone", ENDPOINT "/pc", ENDPOINT "/pc/v1.0/ingestion/products?top=5",
          "'nextLink':'?a=b'", ENDPOINT "/pc/v1.0/ingestion/products?a=b" },
        { "a query alone that forgets the filter", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'?a=b'", FIRST "?a=b&$filter=a" },
        { "a link with a fragment", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'v1.0/ingestion/products?a=b#c?$filter=d'", FIRST "?a=b&$filter=a" },
        { "a query alone with a fragment", ENDPOINT, FIRST "?$filter=a", "'nextLink':'?a=b#c'",
          FIRST "?a=b&$filter=a" },
        { "absolute on the same origin", ENDPOINT, FIRST,
          "'@nextLink':'" ENDPOINT "/rp/product-ingestion/product?$skip=2'",
          ENDPOINT "/rp/product-ingestion/product?$skip=2" },
        { "@odata.nextLink", ENDPOINT, FIRST, "'@odata.nextLink':'v1.0/x?a=b'",
          ENDPOINT "/v1.0/x?a=b" },
        { "@nextLink", ENDPOINT, FIRST, "'@nextLink':'v1.0/x?a=b'", ENDPOINT "/v1.0/x?a=b" },
        { "a link that is null before one that is not", ENDPOINT, FIRST,
          "'nextLink':null,'@odata.nextLink':'','@nextLink':'v1.0/x?a=b'", ENDPOINT "/v1.0/x?a=b" },
        { "a link and a token", ENDPOINT, FIRST, "'continuationToken':'t','nextLink':'v1.0/x?a=b'",
          ENDPOINT "/v1.0/x?a=b" },
        { "a link with a blank", ENDPOINT, FIRST, "'nextLink':'v1.0/x?a=b c'",
          ENDPOINT "/v1.0/x?a=b%20c" },
        { "a token after an address without a query", ENDPOINT, FIRST, "'continuationToken':'abc'",
          FIRST "?continuationToken=abc" },
        { "a token after an address with a query", ENDPOINT, FIRST "?$maxpagesize=200",
          "'continuationToken':'abc'", FIRST "?$maxpagesize=200&continuationToken=abc" },
        { "a link that forgets the filter", ENDPOINT, FIRST "?$filter=a%20eq%20'b'",
          "'nextLink':'v1.0/ingestion/products?$skipToken=x'",
          FIRST "?$skipToken=x&$filter=a%20eq%20'b'" },
        { "a link that forgets the filter and has no query", ENDPOINT, FIRST "?top=5&$filter=a&x=y",
          "'nextLink':'v1.0/ingestion/products'", FIRST "?$filter=a" },
        { "a link with the filter in other letters", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'v1.0/ingestion/products?%24Filter=a&$skipToken=x'",
          FIRST "?%24Filter=a&$skipToken=x" },
        { "a link with another word that ends so", ENDPOINT, FIRST "?%24filter=a",
          "'nextLink':'v1.0/ingestion/products?my$filter=b'", FIRST "?my$filter=b&%24filter=a" },
        { "a link to another path", ENDPOINT, FIRST "?$filter=a", "'nextLink':'v1.0/x?a=b'",
          ENDPOINT "/v1.0/x?a=b" },
        { "a link to another path of the same length", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'v1.0/ingestion/partners?a=b'", ENDPOINT "/v1.0/ingestion/partners?a=b" },
        { "a link to a path below", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'v1.0/ingestion/products/x?a=b'", FIRST "/x?a=b" },
        { "a link with another word as long as the filter's", ENDPOINT, FIRST "?$filter=a",
          "'nextLink':'v1.0/ingestion/products?cursor1=b'", FIRST "?cursor1=b&$filter=a" },
        { "a link that forgets the offer", ENDPOINT, FIRST "?externalId=a&$version=1",
          "'@nextLink':'v1.0/ingestion/products?$skip=2'", FIRST "?$skip=2&externalId=a" },
        { "a token that has to be encoded", ENDPOINT, FIRST "?a=b",
          "'continuationToken':'a+b/c=d&e f#%'",
          FIRST "?a=b&continuationToken=a%2Bb%2Fc%3Dd%26e%20f%23%25" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int after = 0; after < 2; after++) { /* it stands before the list, or after it */
            struct pages spec;
            char body[512];
            renew(b);
            spec = spec_of(b);
            spec.url = rows[i].first;
            spec.endpoint = rows[i].endpoint;
            snprintf(body, sizeof(body), "{%s%s'value':['a']%s%s}", after ? "" : rows[i].link,
                     after ? "" : ",", after ? "," : "", after ? rows[i].link : "");
            answer_next(b, 200, body);
            answer_next(b, 200, "{'value':['b']}");
            walk(b, &spec);
            expect_log(rows[i].name, b, "0=a | 1=b | end");
            expect_number(rows[i].name, "requests", (long)b->net.sent, 2);
            expect_text(rows[i].name, "first", b->net.urls[0], rows[i].first);
            expect_text(rows[i].name, "second", b->net.urls[1], rows[i].want);
        }
    }
}

static void token_goes_behind_the_first_address_each_time(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    spec.url = FIRST "?a=b";
    answer_next(b, 200, "{'value':['a'],'continuationToken':'1'}");
    answer_next(b, 200, "{'value':['b'],'continuationToken':'2'}");
    answer_next(b, 200, "{'value':['c'],'continuationToken':null}");
    walk(b, &spec);
    expect_log("three pages", b, "0=a | 1=b | 2=c | end");
    assert_string_equal(b->net.urls[1], FIRST "?a=b&continuationToken=1");
    assert_string_equal(b->net.urls[2], FIRST "?a=b&continuationToken=2");
}

static void page_without_a_link_is_the_last(void **state)
{
    static const char *const rows[] = {
        "{'value':['a']}",
        "{'value':['a'],'nextLink':null}",
        "{'value':['a'],'nextLink':''}",
        "{'value':['a'],'@odata.nextLink':null,'@nextLink':null,'continuationToken':null}",
        "{'value':['a'],'continuationToken':''}",
        "{'value':['a'],'NextLink':'v1.0/x','prevLink':'v1.0/y'}",
        "{'value':['a'],'paging':{'nextLink':'v1.0/x'}}",
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pages spec;
        renew(b);
        spec = spec_of(b);
        answer_next(b, 200, rows[i]);
        walk(b, &spec);
        expect_log(rows[i], b, "0=a | end");
        expect_number(rows[i], "requests", (long)b->net.sent, 1);
    }
}

static void next_page_of_another_origin_is_refused_and_not_asked(void **state)
{
    static const struct {
        const char *name, *member, *link;
    } rows[] = {
        { "another host", "nextLink", "https://elsewhere.example/v1.0/x" },
        { "without a scheme", "nextLink", "//elsewhere.example/v1.0/x" },
        { "@odata.nextLink", "@odata.nextLink", "https://elsewhere.example/v1.0/x" },
        { "@nextLink", "@nextLink", "https://elsewhere.example/v1.0/x" },
        { "a longer host", "nextLink", "https://portal.example.elsewhere.example/x" },
        { "another port", "nextLink", "https://portal.example:444/x" },
        { "in the clear", "nextLink", "http://portal.example/x" },
        { "another scheme", "nextLink", "ftp://portal.example/x" },
        { "a user in front of the host", "nextLink", "https://portal.example@elsewhere.example/" },
        { "a user of the same host", "nextLink", "https://someone@portal.example/" },
        { "backslashes", "nextLink", "https:\\\\\\\\elsewhere.example/x" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int later = 0; later < 2; later++) {
            struct pages spec;
            char body[256], begin[64];
            renew(b);
            spec = spec_of(b);
            spec.end_is_404 = true; /* which changes nothing */
            snprintf(body, sizeof(body), "{'value':['x'],'%s':'%s'}", rows[i].member, rows[i].link);
            if (later) {
                answer_next(b, 200, "{'value':[],'nextLink':'second'}");
            }
            answer_next(b, 200, body);
            fake_answer(&b->net, (struct fake_answer){ .path = "", .status = 200, .body = "{}" });
            walk(b, &spec);
            snprintf(begin, sizeof(begin), "%s%s: points to ", later ? "page 2: " : "",
                     rows[i].member);
            expect_number(rows[i].name, "code", b->err.code, ERR_ANSWER);
            if (strncmp(b->err.text, begin, strlen(begin)) != 0) {
                fail_msg("%s: %s", rows[i].name, b->err.text);
            }
            expect_number(rows[i].name, "requests", (long)b->net.sent, later ? 2 : 1);
            expect_number(rows[i].name, "to the portal", (long)fake_requests(&b->net, ENDPOINT "/"),
                          later ? 2 : 1);
            expect_number(rows[i].name, "elsewhere",
                          (long)fake_requests(&b->net, "elsewhere.example"), 0);
        }
    }
}

/* What comes of the pages. */

static void products_of_uneven_pages_are_counted_through(void **state)
{
    static const int sizes[] = { 1, 4, 5, 2, 1, 4, 5, 3, 2 }; /* as recorded */
    struct bench *b = *state;
    struct pages spec = spec_of(b);
    struct strbuf body = STRBUF_INIT(65536), want = STRBUF_INIT(65536);
    int index = 0;

    for (size_t page = 0; page < COUNT_OF(sizes); page++) {
        strbuf_reset(&body);
        strbuf_puts(&body, "{");
        if (page + 1 < COUNT_OF(sizes)) {
            strbuf_printf(&body,
                          "'nextLink':'v1.0/ingestion/products?$skipToken=eyJMYXN0SWQ%zu==',",
                          page + 2);
        }
        strbuf_puts(&body, "'value':[");
        for (int i = 0; i < sizes[page]; i++, index++) {
            strbuf_printf(&body, "%s{'id':'p%d'}", i > 0 ? "," : "", index);
            strbuf_printf(&want, "%d=p%d ", index, index);
        }
        strbuf_puts(&body, "]}");
        strbuf_puts(&want, "| ");
        answer_next(b, 200, strbuf_text(&body));
    }
    strbuf_puts(&want, "end");
    walk(b, &spec);
    assert_int_equal(index, 27);
    expect_log("27 products", b, strbuf_text(&want));
    assert_int_equal(b->net.sent, 9);
    assert_string_equal(b->net.urls[0], FIRST);
    assert_string_equal(b->net.urls[8], FIRST "?$skipToken=eyJMYXN0SWQ9==");
    strbuf_clear(&body);
    strbuf_clear(&want);
}

static void pages_may_be_empty_and_lead_on(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    answer_next(b, 200, "{'nextLink':'p2','value':[]}");
    answer_next(b, 200, "{'value':[ ],'nextLink':'p3'}");
    answer_next(b, 200, "{'nextLink':'p4','value':['a','b']}");
    answer_next(b, 200, "{'nextLink':'p5','value':[]}");
    answer_next(b, 200, "{'nextLink':'p6','value':['c']}");
    answer_next(b, 200, "{'value':[]}");
    walk(b, &spec);
    expect_log("six pages", b, "| | 0=a 1=b | | 2=c | | end");
    assert_int_equal(b->net.sent, 6);
}

static void element_that_is_not_json_counts_and_the_walk_goes_on(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    spec.page = NULL; /* this callback may be missing */
    answer_next(b, 200, "{'nextLink':'p2','value':['a',nonsense,'b']}");
    answer_next(b, 200, "{'value':[01,'c']}");
    walk(b, &spec);
    expect_log("two pages", b, "0=a 1! 2=b 3! 4=c end");
}

static void members_of_elements_are_chosen_and_links_are_not(void **state)
{
    static const char *const members[] = { "id", NULL };
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    spec.members = members; /* nextLink is none of them */
    answer_next(b, 200, "{'nextLink':'p2','value':[{'name':[[1]],'id':'a'}]}");
    answer_next(b, 200, "{'value':[{'name':'x'}]}");
    walk(b, &spec);
    expect_log("two pages", b, "0=a | 1=null | end");
}

static void header_is_sent_with_every_page(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    spec.header = "x-ms-publisherId: 12345";
    answer_next(b, 200, "{'value':[],'nextLink':'p2'}");
    answer_next(b, 200, "{'value':[],'nextLink':'p3'}");
    answer_next(b, 200, "{'value':[]}");
    walk(b, &spec);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(b->net.headers[i], "x-ms-publisherId: 12345");
    }
}

static void walk_without_pages_reads_the_bare_list(void **state)
{
    static const struct {
        const char *name, *body, *want;
    } rows[] = {
        { "a list", "['a','b']", "0=a 1=b | end" },
        { "no elements", "[]", "| end" },
        { "a page", "{'value':['a'],'nextLink':'p2'}",
          "answer: expected a JSON array, found an object" },
        { "an object", "{'id':'a'}", "answer: expected a JSON array, found an object" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pages spec;
        renew(b);
        spec = spec_of(b);
        spec.array = true;
        answer_next(b, 200, rows[i].body);
        walk(b, &spec);
        expect_log(rows[i].name, b, rows[i].want);
        expect_number(rows[i].name, "requests", (long)b->net.sent, 1);
    }
}

static void object_without_a_list_is_bare_or_refused(void **state)
{
    static const struct {
        const char *body, *want, *want_bare;
    } rows[] = {
        { "{'id':'product/x'}", "answer: value: is missing", "0=product/x | end" },
        { "{}", "answer: value: is missing", "answer: value: is missing" },
        { "{'Value':[]}", "answer: value: is missing", "answer: value: is missing" },
        { "{'resources':['a'],'in':{'value':['b']}}", "answer: value: is missing",
          "answer: value: is missing" },
        { "{'value':7}", "answer: value: expected an array, found a number",
          "answer: value: expected an array, found a number" },
        { "{'value':{}}", "answer: value: expected an array, found an object",
          "answer: value: expected an array, found an object" },
        { "{'value':'a'}", "answer: value: expected an array, found text",
          "answer: value: expected an array, found text" },
        { "{'value':null}", "answer: value: is missing", "answer: value: is missing" },
        { "{'value':['a'],'value':null}", "0=a answer: value: occurs twice",
          "0=a answer: value: occurs twice" },
        { "{'nextLink':'a','value':[],'nextLink':'b'}", "answer: nextLink: occurs twice",
          "answer: nextLink: occurs twice" },
        { "{'error':{'code':'x'}}", "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'message':'no'}", "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'value':[],'error':{'code':'x'}}", "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'value':[],'errors':[{'code':'x'}]}",
          "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'value':[],'errors':'x'}", "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'value':[],'error':null,'message':'no'}",
          "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'faultCode':50000,'value':[]}", "answer: expected a page, found an error document",
          "answer: expected a page, found an error document" },
        { "{'value':[],'error':null,'errors':[],'message':''}", "| end", "| end" },
        { "{'value':[],'errors':{}}", "| end", "| end" },
        { "{'value':[],'errors':null}", "| end", "| end" },
        { "{'value':[],'errors':''}", "| end", "| end" },
        { "{'value':['a'],'message':'well'}", "0=a | end", "0=a | end" },
        { "{'value':['a'],'errors':[1]}", "0=a answer: expected a page, found an error document",
          "0=a answer: expected a page, found an error document" },
        { "['a']", "answer: expected a JSON object, found an array",
          "answer: expected a JSON object, found an array" },
        { "[]", "answer: expected a JSON object, found an array",
          "answer: expected a JSON object, found an array" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (int bare = 0; bare < 2; bare++) {
            struct pages spec;
            renew(b);
            spec = spec_of(b);
            spec.may_be_bare = bare == 1;
            answer_next(b, 200, rows[i].body);
            walk(b, &spec);
            expect_log(rows[i].body, b, bare ? rows[i].want_bare : rows[i].want);
            expect_number(rows[i].body, "requests", (long)b->net.sent, 1);
        }
    }
}

static void answer_without_a_body_is_no_list(void **state)
{
    static const struct {
        bool array;
        const char *want;
    } rows[] = {
        { .array = false, .want = "answer: the answer is empty" },
        { .array = true, .want = "answer: the answer is empty" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pages spec;
        renew(b);
        spec = spec_of(b);
        spec.array = rows[i].array;
        answer_next(b, 200, "");
        walk(b, &spec);
        expect_log(rows[i].want, b, rows[i].want);
    }
}

/* What goes wrong. */

static void error_on_a_later_page_names_the_page(void **state)
{
    static const struct {
        const char *name;
        long status;
        const char *body, *text;
        enum error_code code;
    } rows[] = {
        { "no object", 200, "['a']", "expected a JSON object, found an array", ERR_ANSWER },
        { "no list", 200, "{}", "value: is missing", ERR_ANSWER },
        { "list of another type", 200, "{'value':7}", "value: expected an array, found a number",
          ERR_ANSWER },
        { "link of another type", 200, "{'value':[],'nextLink':7}",
          "nextLink: expected text, found a number", ERR_ANSWER },
        { "link is an object", 200, "{'value':[],'@nextLink':{}}",
          "@nextLink: expected text, found an object", ERR_ANSWER },
        { "link is a list", 200, "{'value':[],'@odata.nextLink':[]}",
          "@odata.nextLink: expected text, found an array", ERR_ANSWER },
        { "token of another type", 200, "{'value':[],'continuationToken':7}",
          "continuationToken: expected text, found a number", ERR_ANSWER },
        { "cut", 200, "{'value':['a'", "the answer ends in the middle, after 0 whole elements",
          ERR_ANSWER },
        { "empty", 200, "", "the answer is empty", ERR_ANSWER },
        { "HTML", 200, "<html>",
          "expected JSON, found HTML (a sign-in page, or a proxy on the way?)", ERR_ANSWER },
        { "not found", 404, "", "HTTP 404", ERR_NOT_FOUND },
        { "forbidden", 403, "{'error':{'code':'forbidden','message':'no'}}",
          "HTTP 403: forbidden: no", ERR_AUTH },
        { "refused", 400, "'ICH50400 - Unable to complete request.'",
          "HTTP 400: ICH50400 - Unable to complete request.", ERR_ANSWER },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        for (size_t page = 1; page < 4; page++) {
            struct pages spec;
            char want[256];
            renew(b);
            spec = spec_of(b);
            for (size_t j = 1; j < page; j++) {
                char body[64];
                snprintf(body, sizeof(body), "{'value':[],'nextLink':'p%zu'}", j + 1);
                answer_next(b, 200, body);
            }
            answer_next(b, rows[i].status, rows[i].body);
            walk(b, &spec);
            snprintf(want, sizeof(want), "page %zu: %s", page, rows[i].text);
            expect_text(rows[i].name, "error", b->err.text, page > 1 ? want : rows[i].text);
            expect_number(rows[i].name, "code", b->err.code, rows[i].code);
            expect_number(rows[i].name, "HTTP", b->err.http, rows[i].status);
            expect_number(rows[i].name, "requests", (long)b->net.sent, (long)page);
        }
    }
}

static void page_that_is_not_there_ends_the_list_where_it_may(void **state)
{
    static const struct {
        const char *name;
        bool end_is_404;
        long first, later;
        const char *want, *link; /* link: NULL, the list's own path */
    } rows[] = {
        { "404 on a later page", true, 200, 404, "0=a | end", NULL },
        { "404 on a later page, which is no end", false, 200, 404,
          "0=a | not_found: page 2: HTTP 404", NULL },
        { "404 on the first page", true, 404, 0, "not_found: HTTP 404", NULL },
        { "404 on the first page, which is no end", false, 404, 0, "not_found: HTTP 404", NULL },
        { "404 on another path", true, 200, 404, "0=a | not_found: page 2: HTTP 404", "p2" },
        { "404 on another path of the same length", true, 200, 404,
          "0=a | not_found: page 2: HTTP 404", "v1.0/ingestion/partners?p=2" },
        { "404 on a path below", true, 200, 404, "0=a | not_found: page 2: HTTP 404",
          "v1.0/ingestion/products/x?p=2" },
        { "410 on a later page", true, 200, 410, "0=a | answer: page 2: HTTP 410", NULL },
        { "400 on a later page", true, 200, 400, "0=a | answer: page 2: HTTP 400", NULL },
        { "403 on a later page", true, 200, 403, "0=a | auth: page 2: HTTP 403", NULL },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pages spec;
        char body[128];
        renew(b);
        spec = spec_of(b);
        spec.end_is_404 = rows[i].end_is_404;
        snprintf(body, sizeof(body), "{'value':['a'],'nextLink':'%s'}",
                 rows[i].link != NULL ? rows[i].link : "v1.0/ingestion/products?p=2");
        answer_next(b, rows[i].first, rows[i].first == 200 ? body : "");
        answer_next(b, rows[i].later, "");
        walk(b, &spec);
        expect_log(rows[i].name, b, rows[i].want);
        expect_number(rows[i].name, "requests", (long)b->net.sent, rows[i].first == 200 ? 2 : 1);
    }
}

/* The third page of four fails once; nothing that came before it is asked or given again. */
static void page_that_fails_for_a_while_is_asked_again_alone(void **state)
{
    static const struct {
        const char *name;
        enum transport_result result;
        long status;
        const char *body, *want;
    } rows[] = {
        { "502", TRANSPORT_OK, 502, "", "0=a | 1=b | 2=c 3=d | 4=e | end" },
        { "503", TRANSPORT_OK, 503, "{}", "0=a | 1=b | 2=c 3=d | 4=e | end" },
        { "429", TRANSPORT_OK, 429, "", "0=a | 1=b | 2=c 3=d | 4=e | end" },
        { "no connection", TRANSPORT_CONNECT, 0, NULL, "0=a | 1=b | 2=c 3=d | 4=e | end" },
        { "cut before its first byte", TRANSPORT_CUT, 200, "", "0=a | 1=b | 2=c 3=d | 4=e | end" },
        { "cut after its first element", TRANSPORT_CUT, 200,
          "{\"nextLink\":\"elsewhere\",\"value\":[\"c\",\"d",
          "0=a | 1=b | 2=c ~ 2=c 3=d | 4=e | end" },
        { "cut when it was whole", TRANSPORT_CUT, 200,
          "{\"nextLink\":\"elsewhere\",\"value\":[\"c\",\"d\",\"x\"]}",
          "0=a | 1=b | 2=c 3=d 4=x ~ 2=c 3=d | 4=e | end" },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        static const char *const asked[] = { FIRST, ENDPOINT "/p2", ENDPOINT "/p3", ENDPOINT "/p3",
                                             ENDPOINT "/p4" };
        struct pages spec;
        renew(b);
        spec = spec_of(b);
        answer_next(b, 200, "{'value':['a'],'nextLink':'p2'}");
        answer_next(b, 200, "{'value':['b'],'nextLink':'p3'}");
        fake_answer(&b->net, (struct fake_answer){ .path = "",
                                                   .result = rows[i].result,
                                                   .status = rows[i].status,
                                                   .body = rows[i].body,
                                                   .times = 1 });
        answer_next(b, 200, "{'value':['c','d'],'nextLink':'p4'}");
        answer_next(b, 200, "{'value':['e']}");
        walk(b, &spec);
        expect_log(rows[i].name, b, rows[i].want);
        expect_number(rows[i].name, "requests", (long)b->net.sent, COUNT_OF(asked));
        for (size_t j = 0; j < COUNT_OF(asked); j++) {
            expect_text(rows[i].name, "asked", b->net.urls[j], asked[j]);
        }
    }
}

static void page_that_is_empty_when_asked_again_counts_for_nothing(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    answer_next(b, 200, "{'value':['a'],'nextLink':'p2'}");
    fake_answer(&b->net, (struct fake_answer){ .path = "",
                                               .result = TRANSPORT_CUT,
                                               .status = 200,
                                               .body = "{\"value\":[\"b\",\"c\"",
                                               .times = 1 });
    answer_next(b, 200, "{'value':[],'nextLink':'p3'}");
    answer_next(b, 200, "{'value':['d']}");
    walk(b, &spec);
    expect_log("three pages", b, "0=a | 1=b ~ | 1=d | end");
}

/* What the callbacks change: a count, and an array in an arena. */
struct told {
    struct arena *arena;
    size_t count;
    const char **ids;
};

static int told_on_element(void *user, size_t index, const cJSON *item, const struct error *bad,
                           struct error *err)
{
    struct told *t = user;

    (void)index;
    (void)bad;
    t->ids = arena_grow(t->arena, t->ids, t->count, sizeof(*t->ids));
    if (t->ids == NULL) {
        return error_memory(err);
    }
    t->ids[t->count++] = arena_strdup(t->arena, item->valuestring);
    return 0;
}

static void told_on_done(void *user, const struct error *err)
{
    (void)user;
    (void)err;
}

/* At every cut of the page, and where the last try fails as well. */
static void page_that_is_read_again_replaces_itself_alone(void **state)
{
    struct bench *b = *state;

    for (int fails = 0; fails < 2; fails++) {
        for (size_t cut = 1; cut <= strlen("{\"value\":[\"c\",\"d\"]}"); cut++) {
            struct error err = ERROR_INIT;
            struct told t = { .arena = &b->bodies };
            struct pages spec;
            char half[64];
            renew(b);
            spec = spec_of(b);
            spec.user = &t;
            spec.results = &t;
            spec.results_size = sizeof(t);
            spec.element = told_on_element;
            spec.restart = NULL;
            spec.page = NULL;
            spec.done = told_on_done;
            answer_next(b, 200, "{'value':['a','b'],'nextLink':'p2'}");
            snprintf(half, sizeof(half), "%.*s", (int)cut, "{\"value\":[\"c\",\"d\"]}");
            fake_answer(&b->net, (struct fake_answer){ .path = "",
                                                       .result = TRANSPORT_CUT,
                                                       .status = 200,
                                                       .body = half,
                                                       .times = fails ? 0 : 1 });
            answer_next(b, 200, "{'value':['c','d']}");
            assert_int_equal(pages_start(&b->fetcher, &spec, &err), 0);
            assert_int_equal(b->net.base.run(&b->net.base, &err), 0);
            assert_int_equal(t.count, fails ? 2 : 4);
            for (size_t i = 0; i < t.count; i++) {
                assert_string_equal(t.ids[i], ((const char *[]){ "a", "b", "c", "d" })[i]);
            }
        }
    }
}

static void page_that_cannot_be_taken_back_is_not_asked_again(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    b->keep = true;
    answer_next(b, 200, "{'value':['a'],'nextLink':'p2'}");
    fake_answer(&b->net, (struct fake_answer){ .path = "",
                                               .result = TRANSPORT_CUT,
                                               .status = 200,
                                               .body = "{\"value\":[\"b\",\"c",
                                               .times = 1 });
    answer_next(b, 200, "{'value':['b']}");
    walk(b, &spec);
    assert_int_equal(b->net.sent, 2);
    assert_int_equal(b->err.code, ERR_ANSWER);
    assert_ptr_equal(strstr(b->err.text, "page 2: the answer broke off"), b->err.text);
}

static void page_that_fails_every_time_ends_the_walk(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    spec.end_is_404 = true;
    answer_next(b, 200, "{'value':['a'],'nextLink':'p2'}");
    fake_answer(&b->net, (struct fake_answer){ .path = "/p2", .status = 502 });
    walk(b, &spec);
    assert_int_equal(b->err.code, ERR_SERVICE);
    assert_int_equal(b->err.http, 502);
    assert_ptr_equal(strstr(b->err.text, "page 2: HTTP 502 (3 tries"), b->err.text);
    assert_int_equal(b->net.sent, 4);
}

static void element_that_is_refused_ends_the_walk(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    b->fail_at = 2;
    answer_next(b, 200, "{'value':['a'],'nextLink':'p2'}");
    answer_next(b, 200, "{'value':['b','c','d'],'nextLink':'p3'}");
    answer_next(b, 200, "{'value':['e']}");
    walk(b, &spec);
    expect_log("the third element", b, "0=a | 1=b output: page 2: no room");
    assert_int_equal(b->net.sent, 2);
}

static void walk_that_cannot_begin_has_no_end(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);
    struct error err = ERROR_INIT;

    b->net.stopped = true; /* the transport takes no request */
    assert_int_equal(pages_start(&b->fetcher, &spec, &err), -1);
    assert_int_equal(err.code, ERR_BUG);
    assert_int_equal(b->dones, 0);
}

/* That lists end. */

static void page_that_comes_again_ends_the_walk(void **state)
{
    static const struct {
        const char *name;
        const char *links[5]; /* of each page, to the next */
        const char *want;
        long requests;
    } rows[] = {
        { "a page after itself",
          { "v1.0/ingestion/products" },
          "page 2 is page 1 again: the list has no end",
          1 },
        { "a page after itself, absolute",
          { FIRST },
          "page 2 is page 1 again: the list has no end",
          1 },
        { "a loop of two",
          { "p2", "v1.0/ingestion/products" },
          "page 3 is page 1 again: the list has no end",
          2 },
        { "a loop of two that are not the first",
          { "p2", "p3", "p2" },
          "page 4 is page 2 again: the list has no end",
          3 },
        { "a page after itself, later",
          { "p2", "p3", "p4", "/p4" },
          "page 5 is page 4 again: the list has no end",
          4 },
    };
    struct bench *b = *state;

    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        struct pages spec;
        renew(b);
        spec = spec_of(b);
        spec.end_is_404 = true;
        for (size_t j = 0; j < 5 && rows[i].links[j] != NULL; j++) {
            char body[256];
            snprintf(body, sizeof(body), "{'value':['a'],'nextLink':'%s'}", rows[i].links[j]);
            answer_next(b, 200, body);
        }
        walk(b, &spec);
        expect_number(rows[i].name, "code", b->err.code, ERR_ANSWER);
        expect_text(rows[i].name, "error", b->err.text, rows[i].want);
        expect_number(rows[i].name, "requests", (long)b->net.sent, rows[i].requests);
    }
}

static void token_that_comes_again_ends_the_walk(void **state)
{
    struct bench *b = *state;
    struct pages spec = spec_of(b);

    fake_answer(&b->net,
                (struct fake_answer){ .path = "",
                                      .status = 200,
                                      .body = "{\"value\":[],\"continuationToken\":\"same\"}" });
    walk(b, &spec);
    expect_log("one token", b, "| | answer: page 3 is page 2 again: the list has no end");
    assert_int_equal(b->net.sent, 2);
}

/* An account whose every page has `size` elements, but for the last. */
struct account {
    char *body;
    size_t size, last;
    size_t pages; /* 0: there is always one more */
};

static const char *write_page(void *user, const char *url)
{
    struct account *account = user;
    const char *at = strstr(url, "?page=");
    size_t page = at != NULL ? strtoul(at + 6, NULL, 10) : 1;
    bool ends = page == account->pages;
    size_t size = ends ? account->last : account->size, len;

    free(account->body);
    account->body = malloc(2 * size + 128);
    assert_non_null(account->body);
    len =
        ends ? (size_t)sprintf(account->body, "{\"value\":[")
             : (size_t)sprintf(account->body, "{\"nextLink\":\"x?page=%zu\",\"value\":[", page + 1);
    for (size_t i = 0; i < size; i++) {
        account->body[len++] = '0';
        account->body[len++] = ',';
    }
    len -= size > 0 ? 1 : 0; /* the last comma */
    memcpy(account->body + len, "]}", 3);
    return account->body;
}

static void walk_account(struct bench *b, struct account *account)
{
    struct pages spec = spec_of(b);

    b->silent = true;
    fake_answer(&b->net, (struct fake_answer){
                             .path = "", .status = 200, .write = write_page, .user = account });
    walk(b, &spec);
    free(account->body);
}

static void list_without_an_end_is_given_up_after_so_many_pages(void **state)
{
    struct bench *b = *state;
    struct account endless = { .size = 1 }, whole = { .size = 1, .pages = PAGES_MAX, .last = 0 };

    walk_account(b, &endless);
    expect_log("endless", b, "answer: the list has more than 10000 pages");
    assert_int_equal(b->net.sent, PAGES_MAX);
    assert_int_equal(b->count, PAGES_MAX);
    renew(b);
    walk_account(b, &whole);
    expect_log("as many as there may be", b, "end");
    assert_int_equal(b->net.sent, PAGES_MAX);
}

/* Elements of one byte, since a million of them are parsed. */
static void list_of_too_many_elements_in_all_is_refused(void **state)
{
    struct bench *b = *state;
    struct account full = { .size = JSON_COUNT_MAX / 4, .pages = 4, .last = JSON_COUNT_MAX / 4 },
                   over = { .size = JSON_COUNT_MAX / 2, .pages = 3, .last = 1 };

    walk_account(b, &full);
    expect_log("a million", b, "end");
    assert_int_equal(b->count, JSON_COUNT_MAX);
    renew(b);
    walk_account(b, &over);
    expect_log("a million and one", b, "answer: page 3: the list has more than 1000000 elements");
    assert_int_equal(b->count, JSON_COUNT_MAX);
}

#define WALK(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(next_page_is_found_by_its_link),
        WALK(token_goes_behind_the_first_address_each_time),
        WALK(page_without_a_link_is_the_last),
        WALK(next_page_of_another_origin_is_refused_and_not_asked),
        WALK(products_of_uneven_pages_are_counted_through),
        WALK(pages_may_be_empty_and_lead_on),
        WALK(element_that_is_not_json_counts_and_the_walk_goes_on),
        WALK(members_of_elements_are_chosen_and_links_are_not),
        WALK(header_is_sent_with_every_page),
        WALK(walk_without_pages_reads_the_bare_list),
        WALK(object_without_a_list_is_bare_or_refused),
        WALK(answer_without_a_body_is_no_list),
        WALK(error_on_a_later_page_names_the_page),
        WALK(page_that_is_not_there_ends_the_list_where_it_may),
        WALK(page_that_fails_for_a_while_is_asked_again_alone),
        WALK(page_that_is_empty_when_asked_again_counts_for_nothing),
        WALK(page_that_is_read_again_replaces_itself_alone),
        WALK(page_that_cannot_be_taken_back_is_not_asked_again),
        WALK(page_that_fails_every_time_ends_the_walk),
        WALK(element_that_is_refused_ends_the_walk),
        WALK(walk_that_cannot_begin_has_no_end),
        WALK(page_that_comes_again_ends_the_walk),
        WALK(token_that_comes_again_ends_the_walk),
        WALK(list_without_an_end_is_given_up_after_so_many_pages),
        WALK(list_of_too_many_elements_in_all_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
