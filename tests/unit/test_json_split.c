/* test_json_split.c - a document cut into its elements, wherever the network cuts it first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "json/json.h"

#include <stdlib.h>
#include <string.h>

/* What the elements looked like, each in < >, and what the splitter thought of the whole. */
struct seen {
    struct strbuf text;
    size_t count;
    size_t fail_at;        /* the element whose callback fails, counted from 1 */
    bool parse;            /* elements are parsed where they stand, if they can be */
    size_t parsed;         /* elements that were parsed where they stand */
    const char *parsed_at; /* the last of them, until it is handed on */
};

static int on_element(void *user, size_t index, char *text, size_t len, struct error *err)
{
    struct seen *s = user;

    assert_int_equal(index, s->count);
    s->count++;
    assert_true(s->parsed_at == NULL || s->parsed_at == text);
    s->parsed_at = NULL;
    strbuf_puts(&s->text, "<");
    strbuf_append(&s->text, text, len);
    strbuf_puts(&s->text, ">");
    memset(text, '#', len); /* it may be written to */
    return s->count == s->fail_at ? error_set(err, ERR_OUTPUT, "enough") : 0;
}

static const char *on_parse(void *user, const char *text, size_t len)
{
    struct seen *s = user;
    struct arena a = { 0 };
    const char *after;
    bool ends = json_parse_element(text, len, NULL, &a, &after) != NULL;

    arena_clear(&a);
    if (!ends) {
        return NULL;
    }
    assert_null(s->parsed_at);
    s->parsed_at = text;
    s->parsed++;
    return after;
}

static struct json_split splitter(struct seen *seen)
{
    return (struct json_split){ .element = on_element,
                                .parse = seen->parse ? on_parse : NULL,
                                .user = seen,
                                .element_max = JSON_ELEMENT_MAX };
}

/* One piece, in memory of its very size. */
static int feed(struct json_split *s, const char *data, size_t len, struct error *err)
{
    char *copy = malloc(len > 0 ? len : 1);
    int rc;

    assert_non_null(copy);
    memcpy(copy, data, len);
    rc = json_split_feed(s, copy, len, err);
    free(copy);
    return rc;
}

/* The whole document with cuts at a and b (0 <= a <= b <= len). */
static int split_at(const char *doc, size_t len, size_t a, size_t b, struct seen *seen,
                    struct error *err)
{
    struct json_split s = splitter(seen);
    int rc = feed(&s, doc, a, err) == 0 && feed(&s, doc + a, b - a, err) == 0 &&
                     feed(&s, doc + b, len - b, err) == 0 && json_split_finish(&s, err) == 0
                 ? 0
                 : -1;

    json_split_clear(&s);
    return rc;
}

static void expect_split(const char *doc, size_t a, size_t b, const char *want)
{
    for (int parse = 0; parse < 2; parse++) {
        struct seen seen = { .text = STRBUF_INIT(65536), .parse = parse == 1 };
        struct error err = ERROR_INIT;

        if (split_at(doc, strlen(doc), a, b, &seen, &err) != 0) {
            fail_msg("%s cut at %zu and %zu: %s", doc, a, b, err.text);
        }
        if (strcmp(strbuf_text(&seen.text), want) != 0) {
            fail_msg("%s cut at %zu and %zu: %s", doc, a, b, strbuf_text(&seen.text));
        }
        strbuf_clear(&seen.text);
    }
}

static void expect_refusal(const char *doc, size_t len, size_t a, size_t b)
{
    char without[sizeof(((struct error *)NULL)->text)] = "";

    for (int parse = 0; parse < 2; parse++) {
        struct seen seen = { .text = STRBUF_INIT(65536), .parse = parse == 1 };
        struct error err = ERROR_INIT;

        if (split_at(doc, len, a, b, &seen, &err) != -1) {
            fail_msg("%s cut at %zu and %zu was accepted: %s", doc, a, b, strbuf_text(&seen.text));
        }
        assert_int_equal(err.code, ERR_ANSWER);
        assert_string_not_equal(err.text, "");
        if (parse == 1) {
            assert_string_equal(err.text, without);
        }
        strcpy(without, err.text);
        strbuf_clear(&seen.text);
    }
}

/* Documents and their elements; used for every way of cutting. */
static const struct {
    const char *doc, *want;
} documents[] = {
    { "[]", "" },
    { " [ ] ", "" },
    { "\xEF\xBB\xBF[1]", "<1>" }, /* a byte order mark */
    { "\xEF\xBB\xBF \n{\"a\":1}", "<{\"a\":1}>" },
    { "\r\n\t[\n]\n", "" },
    { "[{}]", "<{}>" },
    { "[{},{}]", "<{}><{}>" },
    { "[{\"id\":\"a\"},{\"id\":\"b\"},{\"id\":\"c\"}]",
      "<{\"id\":\"a\"}><{\"id\":\"b\"}><{\"id\":\"c\"}>" },
    { "{\"status\":\"running\",\"steps\":[{},[]]}",
      "<{\"status\":\"running\",\"steps\":[{},[]]}>" },
    { " {} \n", "<{}>" },
    { "[1,\"two\",null,true,[3,4],-5.5e1]", "<1><\"two\"><null><true><[3,4]><-5.5e1>" },
    { "[\"]\",\"[\",\"{}\",\",\"]", "<\"]\"><\"[\"><\"{}\"><\",\">" },
    { "[\"\\\"\",\"\\\\\",\"\\\\\\\"],[\"]", "<\"\\\"\"><\"\\\\\"><\"\\\\\\\"],[\">" },
    { "[{\"a\":\"\\u005d\\\\\"},{\"]\":\"}\"}]", "<{\"a\":\"\\u005d\\\\\"}><{\"]\":\"}\"}>" },
    { "[[[[]],{\"a\":{\"b\":[{}]}}],[]]", "<[[[]],{\"a\":{\"b\":[{}]}}]><[]>" },
    { "[\"\xED\x95\x9C\",\"\xC3\xA9\"]", "<\"\xED\x95\x9C\"><\"\xC3\xA9\">" },
};
#define DOCUMENT_COUNT (sizeof(documents) / sizeof(documents[0]))

static void elements_are_found_at_every_pair_of_cuts(void **state)
{
    (void)state;
    for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
        size_t len = strlen(documents[i].doc);
        for (size_t a = 0; a <= len; a++) {
            for (size_t b = a; b <= len; b++) {
                expect_split(documents[i].doc, a, b, documents[i].want);
            }
        }
    }
}

static void elements_are_found_byte_by_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < DOCUMENT_COUNT; i++) {
        struct seen seen = { .text = STRBUF_INIT(65536) };
        struct json_split s = splitter(&seen);
        struct error err = ERROR_INIT;
        for (const char *p = documents[i].doc; *p != '\0'; p++) {
            assert_int_equal(feed(&s, p, 1, &err), 0);
            assert_int_equal(feed(&s, "", 0, &err), 0);
        }
        assert_int_equal(json_split_finish(&s, &err), 0);
        assert_string_equal(strbuf_text(&seen.text), documents[i].want);
        json_split_clear(&s);
        strbuf_clear(&seen.text);
    }
}

/* Blanks before an element are none of its own; blanks after it may come along. */
static void elements_that_came_whole_are_parsed_where_they_stand(void **state)
{
    static const struct {
        const char *doc;
        size_t cut, parsed;
        const char *want;
    } rows[] = {
        { "[{\"a\":1} , 2,\"x\" ]", 18, 3, "<{\"a\":1} ><2><\"x\" >" },
        { "[{\"a\":1},{\"b\":2},{\"c\":3}]", 13, 2, "<{\"a\":1}><{\"b\":2}><{\"c\":3}>" },
        { "[12,3]", 2, 1, "<12><3>" },               /* more of a number may come */
        { "[{},3]", 3, 1, "<{}><3>" },               /* what follows is not there */
        { "[[1],tru,{}]", 12, 2, "<[1]><tru><{}>" }, /* no JSON */
        { "[[1] 2,{}]", 10, 1, "<[1] 2><{}>" },      /* the beginning alone is JSON */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seen seen = { .text = STRBUF_INIT(65536), .parse = true };
        struct error err = ERROR_INIT;
        size_t len = strlen(rows[i].doc);

        assert_int_equal(split_at(rows[i].doc, len, rows[i].cut, len, &seen, &err), 0);
        assert_string_equal(strbuf_text(&seen.text), rows[i].want);
        assert_int_equal(seen.parsed, rows[i].parsed);
        strbuf_clear(&seen.text);
    }
}

static void blanks_between_elements_do_not_make_elements(void **state)
{
    const char doc[] = " [ \n {\"a\": 1} \t, \r\n 2 , \"x y\" \n ] \n";
    const size_t len = sizeof(doc) - 1;

    (void)state;
    for (size_t a = 0; a <= len; a++) {
        for (size_t b = a; b <= len; b++) {
            struct seen seen = { .text = STRBUF_INIT(1024) };
            struct error err = ERROR_INIT;
            assert_int_equal(split_at(doc, len, a, b, &seen, &err), 0);
            assert_int_equal(seen.count, 3);
            assert_non_null(strstr(seen.text.data, "<{\"a\": 1}"));
            assert_non_null(strstr(seen.text.data, "<2"));
            assert_non_null(strstr(seen.text.data, "<\"x y\""));
            strbuf_clear(&seen.text);
        }
    }
}

static void truncated_document_is_refused_at_every_length(void **state)
{
    static const char *const docs[] = {
        "[{\"id\":\"a\\\"]\"},{\"id\":[1,2]},3]",
        "{\"status\":\"running\",\"steps\":[{\"id\":\"}\"}]}",
        "[]",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        size_t len = strlen(docs[i]);
        for (size_t kept = 0; kept < len; kept++) {
            for (size_t a = 0; a <= kept; a++) {
                expect_refusal(docs[i], kept, a, a);
            }
        }
    }
}

static void truncated_document_tells_how_much_was_whole(void **state)
{
    struct seen seen = { .text = STRBUF_INIT(1024) };
    struct error err = ERROR_INIT;
    const char doc[] = "[{},{},{\"id";

    (void)state;
    assert_int_equal(split_at(doc, sizeof(doc) - 1, 3, 7, &seen, &err), -1);
    assert_int_equal(seen.count, 2);
    assert_non_null(strstr(err.text, "2 whole elements"));
    strbuf_clear(&seen.text);
}

static void empty_document_is_refused(void **state)
{
    static const char *const docs[] = { "", " ", "\r\n\r\n" };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        expect_refusal(docs[i], strlen(docs[i]), 0, 0);
    }
}

static void html_is_named_as_such(void **state)
{
    static const char *const docs[] = { "<!DOCTYPE html><html>[]</html>", "\n <html>" };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        struct seen seen = { .text = STRBUF_INIT(1024) };
        struct error err = ERROR_INIT;
        assert_int_equal(split_at(docs[i], strlen(docs[i]), 1, 2, &seen, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_non_null(strstr(err.text, "HTML"));
        assert_int_equal(seen.count, 0);
    }
}

static void what_is_neither_array_nor_object_is_refused(void **state)
{
    static const char *const docs[] = {
        "null",
        "\"text\"",
        "42",
        "true",
        "Service unavailable",
        "]",
        "}",
        ",",
        ":",
        "\x1f\x8b\x08",
        "\x80",
        "\xEF\xBB",
        "\xEF[]",
        "\xEF\xBB[]",
        "\xEF\xBB\xBF",
        "\xEF\xBB\xBF\xEF\xBB\xBF[]",
        " \xEF\xBB\xBF[]",
        "[\xEF\xBB\xBF",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        size_t len = strlen(docs[i]);
        for (size_t a = 0; a <= len; a++) {
            expect_refusal(docs[i], len, a, a);
        }
    }
    expect_refusal("\0[]", 3, 0, 0);
}

static void what_a_document_begins_with_is_named(void **state)
{
    static const struct {
        const char *doc, *why;
    } rows[] = {
        { "!", "expected a JSON array or object, found '!'" },
        { " ~", "expected a JSON array or object, found '~'" },
        { "\x7F", "expected a JSON array or object, found byte 0x7F" },
        { "\x1F", "expected a JSON array or object, found byte 0x1F" },
        { "\x80", "expected a JSON array or object, found byte 0x80" },
        { "\xEF\xBB[]", "expected a JSON array or object, found byte 0xEF" },
        { "\xEF\xBB\xBF\xEF[]", "expected a JSON array or object, found byte 0xEF" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seen seen = { .text = STRBUF_INIT(1024) };
        struct error err = ERROR_INIT;
        assert_int_equal(split_at(rows[i].doc, strlen(rows[i].doc), 1, 1, &seen, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_string_equal(err.text, rows[i].why);
    }
}

static void brackets_that_do_not_fit_are_refused(void **state)
{
    static const char *const docs[] = {
        "[{]}",      "[[}]",          "[}",           "[{}}]", "{]", "{\"a\":[}",
        "{\"a\":1]", "[{\"a\":[1}]]", "[1,{\"a\":]]",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        size_t len = strlen(docs[i]);
        for (size_t a = 0; a <= len; a++) {
            expect_refusal(docs[i], len, a, a);
        }
    }
}

static void missing_elements_are_refused(void **state)
{
    static const char *const docs[] = { "[,]", "[1,]", "[,1]", "[1,,2]", "[ , ]", "[{},\n]" };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        size_t len = strlen(docs[i]);
        for (size_t a = 0; a <= len; a++) {
            expect_refusal(docs[i], len, a, a);
        }
    }
}

static void trailing_garbage_is_refused(void **state)
{
    static const char *const docs[] = {
        "[]x", "[] []", "[{}]]", "{}{}", "{},", "{}]", "[1]\n<html>", "{} }", "[1],",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(docs) / sizeof(docs[0]); i++) {
        size_t len = strlen(docs[i]);
        for (size_t a = 0; a <= len; a++) {
            expect_refusal(docs[i], len, a, a);
        }
    }
    expect_refusal("[]\0", 3, 0, 0);
}

/* `levels` brackets around nothing, as an element of a list or as the document itself. */
static char *nested(unsigned levels, char open, char close, bool in_list)
{
    size_t at = 0;
    char *doc = malloc(2 * (size_t)levels + 3);

    assert_non_null(doc);
    if (in_list) {
        doc[at++] = '[';
    }
    memset(doc + at, open, levels);
    memset(doc + at + levels, close, levels);
    at += 2 * (size_t)levels;
    if (in_list) {
        doc[at++] = ']';
    }
    doc[at] = '\0';
    return doc;
}

static void depth_of_an_element_is_limited_to_64(void **state)
{
    static const struct {
        char open, close;
        bool in_list;
    } shapes[] = { { '[', ']', true }, { '{', '}', true }, { '{', '}', false } };

    (void)state;
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
        char *fits = nested(64, shapes[i].open, shapes[i].close, shapes[i].in_list);
        char *deep = nested(65, shapes[i].open, shapes[i].close, shapes[i].in_list);
        struct seen seen = { .text = STRBUF_INIT(1024) };
        struct error err = ERROR_INIT;
        for (size_t a = 0; a <= strlen(fits); a++) {
            assert_int_equal(split_at(fits, strlen(fits), a, a, &seen, &err), 0);
            seen.count = 0;
        }
        for (size_t a = 0; a <= strlen(deep); a++) {
            expect_refusal(deep, strlen(deep), a, a);
        }
        strbuf_clear(&seen.text);
        free(fits);
        free(deep);
    }
}

/* A list whose second element is a text of `size` bytes in all. */
static char *large(size_t size, size_t *len)
{
    char *doc = malloc(size + 16);

    assert_non_null(doc);
    memcpy(doc, "[{},", 4);
    memset(doc + 4, 'a', size);
    doc[4] = '"';
    doc[4 + size - 1] = '"';
    memcpy(doc + 4 + size, ",{}]", 5);
    *len = size + 8;
    return doc;
}

static int split_large(size_t size, size_t piece, struct seen *seen, struct error *err)
{
    struct json_split s = splitter(seen);
    size_t len;
    char *doc = large(size, &len);
    int rc = 0;

    for (size_t at = 0; rc == 0 && at < len; at += piece) {
        rc = json_split_feed(&s, doc + at, piece < len - at ? piece : len - at, err);
    }
    rc = rc == 0 ? json_split_finish(&s, err) : rc;
    json_split_clear(&s);
    free(doc);
    return rc;
}

static void element_is_limited_to_one_mebibyte(void **state)
{
    static const size_t pieces[] = { SIZE_MAX / 2, 1048576, 1048575, 524288, 65536, 16384, 1000 };

    (void)state;
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        struct seen seen = { .text = STRBUF_INIT(2 * JSON_ELEMENT_MAX) };
        struct error err = ERROR_INIT;
        assert_int_equal(split_large(1048576, pieces[i], &seen, &err), 0);
        assert_int_equal(seen.count, 3);
        seen.count = 0;
        assert_int_equal(split_large(1048577, pieces[i], &seen, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_non_null(strstr(err.text, "1024 KiB"));
        assert_non_null(strstr(err.text, "[1]"));
        assert_int_equal(seen.count, 1);
        strbuf_clear(&seen.text);
    }
}

static void text_without_end_does_not_fill_memory(void **state)
{
    struct seen seen = { .text = STRBUF_INIT(16) };
    struct json_split s = splitter(&seen);
    struct error err = ERROR_INIT;
    char piece[4096];
    size_t given = 2;

    (void)state;
    assert_int_equal(feed(&s, "[\"", 2, &err), 0);
    memset(piece, 'a', sizeof(piece));
    while (given < 4 * JSON_ELEMENT_MAX && json_split_feed(&s, piece, sizeof(piece), &err) == 0) {
        given += sizeof(piece);
    }
    assert_in_range(given, JSON_ELEMENT_MAX - sizeof(piece), JSON_ELEMENT_MAX + sizeof(piece));
    assert_int_equal(err.code, ERR_ANSWER);
    assert_true(s.carry.cap <= 2 * JSON_ELEMENT_MAX);
    json_split_clear(&s);
    strbuf_clear(&seen.text);
}

static void elements_nobody_wants_are_checked_and_not_kept(void **state)
{
    static const struct {
        const char *doc;
        int want;
    } rows[] = {
        { "{\"definition\":{\"plans\":[]}}", 0 },
        { "[{},[]]", 0 },
        { "[]", 0 },
        { "{\"a\":[}", -1 },
        { "{\"a\":", -1 },
        { "<html>", -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        for (size_t a = 0; a <= strlen(rows[i].doc); a++) {
            struct json_split s = { .element_max = 4 };
            struct error err = ERROR_INIT;
            int rc = feed(&s, rows[i].doc, a, &err) == 0 &&
                             feed(&s, rows[i].doc + a, strlen(rows[i].doc) - a, &err) == 0 &&
                             json_split_finish(&s, &err) == 0
                         ? 0
                         : -1;
            assert_int_equal(rc, rows[i].want);
            assert_null(s.carry.data);
            json_split_clear(&s);
        }
    }
}

static void failing_callback_ends_the_document(void **state)
{
    const char doc[] = "[1,2,3]";

    (void)state;
    for (size_t a = 0; a < sizeof(doc); a++) {
        struct seen seen = { .text = STRBUF_INIT(64), .fail_at = 2 };
        struct error err = ERROR_INIT;
        assert_int_equal(split_at(doc, sizeof(doc) - 1, a, a, &seen, &err), -1);
        assert_int_equal(err.code, ERR_OUTPUT);
        assert_string_equal(err.text, "enough");
        assert_int_equal(seen.count, 2);
        strbuf_clear(&seen.text);
    }
}

static void failing_callback_ends_a_single_object(void **state)
{
    struct seen seen = { .text = STRBUF_INIT(64), .fail_at = 1 };
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(split_at("{}", 2, 1, 1, &seen, &err), -1);
    assert_int_equal(err.code, ERR_OUTPUT);
    strbuf_clear(&seen.text);
}

static void reset_forgets_everything(void **state)
{
    /* a text of nothing comes first: an escape left over would swallow its end */
    const char doc[] = "[{\"\":\"x\\\\y\"},[1]]";

    (void)state;
    for (size_t kept = 0; kept < sizeof(doc); kept++) {
        struct seen seen = { .text = STRBUF_INIT(64) };
        struct json_split s = splitter(&seen);
        struct error err = ERROR_INIT;
        assert_int_equal(feed(&s, doc, kept, &err), 0);
        json_split_reset(&s);
        seen.count = 0;
        strbuf_reset(&seen.text);
        assert_int_equal(feed(&s, doc, sizeof(doc) - 1, &err), 0);
        assert_int_equal(json_split_finish(&s, &err), 0);
        assert_string_equal(strbuf_text(&seen.text), "<{\"\":\"x\\\\y\"}><[1]>");
        json_split_clear(&s);
        strbuf_clear(&seen.text);
    }
}

static void a_list_is_limited_to_a_million_elements(void **state)
{
    struct json_split s = { .element = NULL, .element_max = JSON_ELEMENT_MAX };
    struct error err = ERROR_INIT;
    char piece[] = "[1,1,1,1,1,1,1,1";

    (void)state;
    assert_int_equal(json_split_feed(&s, piece, 16, &err), 0); /* seven whole ones */
    memcpy(piece, ",1,1,1,1,1,1,1,1", 16);
    for (size_t count = 7; count + 8 <= JSON_COUNT_MAX; count += 8) {
        assert_int_equal(json_split_feed(&s, piece, 16, &err), 0);
    }
    assert_int_equal(json_split_feed(&s, piece, 16, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_string_equal(err.text, "the list has more than 1000000 elements");
    json_split_clear(&s);
}

static int on_rest(void *user, char *text, size_t len, bool has_list, struct error *err)
{
    struct seen *s = user;

    (void)err;
    strbuf_puts(&s->text, has_list ? "|list " : "|none ");
    strbuf_append(&s->text, text, len);
    return 0;
}

static int split_page(const char *doc, size_t a, size_t b, struct seen *seen, struct error *err)
{
    struct json_split s = splitter(seen);
    size_t len = strlen(doc);
    int rc;

    s.list = "value";
    s.rest = on_rest;
    rc = feed(&s, doc, a, err) == 0 && feed(&s, doc + a, b - a, err) == 0 &&
                 feed(&s, doc + b, len - b, err) == 0
             ? json_split_finish(&s, err)
             : -1;
    json_split_clear(&s);
    return rc;
}

static void expect_page(const char *doc, size_t a, size_t b, bool parse, const char *want)
{
    struct seen seen = { .text = STRBUF_INIT(65536), .parse = parse };
    struct error err = ERROR_INIT;

    if (split_page(doc, a, b, &seen, &err) != 0 || strcmp(strbuf_text(&seen.text), want) != 0) {
        fail_msg("%s cut at %zu and %zu: %s%s", doc, a, b, err.text, strbuf_text(&seen.text));
    }
    strbuf_clear(&seen.text);
}

/* Pages, and what is made of them; used for every pair of cuts. */
static void pages_are_taken_apart_at_every_pair_of_cuts(void **state)
{
    static const struct {
        const char *doc, *want;
    } pages[] = {
        { "{\"value\":[]}", "|list {\"value\":[]}" },
        { " { \"value\" : [ ] } ", "|list { \"value\" : [] }" },
        { "{\"nextLink\":\"a?b\",\"value\":[{\"id\":\"x\"},2]}",
          "<{\"id\":\"x\"}><2>|list {\"nextLink\":\"a?b\",\"value\":[]}" },
        { "{\"value\":[1, [\"]\"] ,{}] , \"@nextLink\":\"l\"}",
          "<1><[\"]\"] ><{}>|list {\"value\":[] , \"@nextLink\":\"l\"}" },
        { "{\"id\":\"bare\"}", "|none {\"id\":\"bare\"}" },
        { "{\"value\":null}", "|none {\"value\":null}" },
        { "{\"other\":[1,2],\"in\":{\"value\":[3]}}",
          "|none {\"other\":[1,2],\"in\":{\"value\":[3]}}" },
        { "{\"a\":[{\"value\":[1]}],\"value\":[4]}",
          "<4>|list {\"a\":[{\"value\":[1]}],\"value\":[]}" },
        { "{\"xvalue\":[1],\"x\\\"value\":[2],\"x,\\\"value\":[3]}",
          "|none {\"xvalue\":[1],\"x\\\"value\":[2],\"x,\\\"value\":[3]}" },
        { "{\"Value\":[1]}", "|none {\"Value\":[1]}" },
        { "{}", "|none {}" },
        /* No JSON, which is for whoever parses the page; but no list of it. */
        { "{\"value\" [1]}", "|none {\"value\" [1]}" },
        { "{\"a\":0 \"value\":[1]}", "|none {\"a\":0 \"value\":[1]}" },
        { "{:[1]}", "|none {:[1]}" },
        { "{[1]}", "|none {[1]}" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        size_t len = strlen(pages[i].doc);
        for (size_t a = 0; a <= len; a++) {
            for (size_t b = a; b <= len; b++) {
                expect_page(pages[i].doc, a, b, false, pages[i].want);
                expect_page(pages[i].doc, a, b, true, pages[i].want);
            }
        }
    }
}

static void what_is_no_page_is_refused(void **state)
{
    static const struct {
        const char *doc, *why;
    } rows[] = {
        { "[]", "expected a JSON object, found an array" },
        { "\"text\"", "expected a JSON array or object, found '\"'" },
        { "{\"value\":[1]", "the answer ends in the middle, after 1 whole element" },
        { "{\"value\":[1", "the answer ends in the middle, after 0 whole elements" },
        { "{\"value\":[1,]}", "element [1] is missing" },
        { "{\"value\":[1}", "element [0]: '}' closes nothing" },
        { "{\"value\":[],\"value\":[1]}", "\"value\" occurs twice" },
        { "{\"value\":[]} x", "something follows the end of the document" },
        { "", "the answer is empty" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct seen seen = { .text = STRBUF_INIT(65536) };
        struct error err = ERROR_INIT;
        assert_int_equal(split_page(rows[i].doc, 0, 0, &seen, &err), -1);
        assert_int_equal(err.code, ERR_ANSWER);
        assert_string_equal(err.text, rows[i].why);
        strbuf_clear(&seen.text);
    }
}

/* A page of so many bytes without its list. */
static int split_wide_page(size_t len, struct error *err)
{
    static const char head[] = "{\"value\":[1],\"x\":\"", tail[] = "\"}";
    struct seen seen = { .text = STRBUF_INIT(2 * JSON_ELEMENT_MAX) };
    size_t fill = len - strlen("{\"value\":[],\"x\":\"") - strlen(tail);
    char *doc = malloc(len + 2);
    int rc;

    assert_non_null(doc);
    memset(stpcpy(doc, head), 'x', fill);
    strcpy(doc + strlen(head) + fill, tail);
    rc = split_page(doc, 0, len / 2, &seen, err);
    free(doc);
    strbuf_clear(&seen.text);
    return rc;
}

static void what_stands_around_a_list_is_limited_to_one_mebibyte(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(split_wide_page(JSON_ELEMENT_MAX, &err), 0);
    assert_int_equal(split_wide_page(JSON_ELEMENT_MAX + 1, &err), -1);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_string_equal(err.text, "the object around the list is larger than 1024 KiB");
}

static void what_stands_around_a_list_does_not_fill_memory(void **state)
{
    struct seen seen = { .text = STRBUF_INIT(65536) };
    struct json_split s = splitter(&seen);
    struct error err = ERROR_INIT;
    static const char head[] = "{\"value\":[],\"x\":\"";
    static char piece[4096];
    int rc = feed(&s, "", 0, &err);

    (void)state;
    s.list = "value";
    s.rest = on_rest;
    assert_int_equal(feed(&s, head, strlen(head), &err), 0);
    memset(piece, 'x', sizeof(piece));
    for (size_t i = 0; rc == 0 && i < 1000; i++) {
        rc = feed(&s, piece, sizeof(piece), &err);
    }
    assert_int_equal(rc, -1);
    assert_string_equal(err.text, "the object around the list is larger than 1024 KiB");
    json_split_clear(&s);
    strbuf_clear(&seen.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_are_found_at_every_pair_of_cuts),
        cmocka_unit_test(elements_are_found_byte_by_byte),
        cmocka_unit_test(elements_that_came_whole_are_parsed_where_they_stand),
        cmocka_unit_test(blanks_between_elements_do_not_make_elements),
        cmocka_unit_test(truncated_document_is_refused_at_every_length),
        cmocka_unit_test(truncated_document_tells_how_much_was_whole),
        cmocka_unit_test(empty_document_is_refused),
        cmocka_unit_test(html_is_named_as_such),
        cmocka_unit_test(what_is_neither_array_nor_object_is_refused),
        cmocka_unit_test(what_a_document_begins_with_is_named),
        cmocka_unit_test(brackets_that_do_not_fit_are_refused),
        cmocka_unit_test(missing_elements_are_refused),
        cmocka_unit_test(trailing_garbage_is_refused),
        cmocka_unit_test(depth_of_an_element_is_limited_to_64),
        cmocka_unit_test(element_is_limited_to_one_mebibyte),
        cmocka_unit_test(text_without_end_does_not_fill_memory),
        cmocka_unit_test(elements_nobody_wants_are_checked_and_not_kept),
        cmocka_unit_test(failing_callback_ends_the_document),
        cmocka_unit_test(failing_callback_ends_a_single_object),
        cmocka_unit_test(a_list_is_limited_to_a_million_elements),
        cmocka_unit_test(reset_forgets_everything),
        cmocka_unit_test(pages_are_taken_apart_at_every_pair_of_cuts),
        cmocka_unit_test(what_is_no_page_is_refused),
        cmocka_unit_test(what_stands_around_a_list_is_limited_to_one_mebibyte),
        cmocka_unit_test(what_stands_around_a_list_does_not_fill_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
