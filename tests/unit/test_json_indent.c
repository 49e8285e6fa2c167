/* test_json_indent.c - JSON for a person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "output/json_indent.h"

#include <string.h>

static void members_and_elements_have_lines_of_their_own(void **state)
{
    static const struct {
        const char *text, *indented;
    } rows[] = {
        { "{}", "{}" },
        { "[ ]", "[]" },
        { "{\"a\":1,\"b\":[true,null]}",
          "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    null\n  ]\n}" },
        { " {\n\t\"a\" : { } }\n", "{\n  \"a\": {}\n}" },
        { "[[],{}]", "[\n  [],\n  {}\n]" },
        { "[\"a,b:{}[] \\\" \\\\\",1]", "[\n  \"a,b:{}[] \\\" \\\\\",\n  1\n]" },
        { "[-1.50e+3, 12345678901234567890]", "[\n  -1.50e+3,\n  12345678901234567890\n]" },
        /* What is no JSON is not made worse. */
        { "<html> a, b", "<html> a, b" },
        { "", "" },
        { "  ", "  " },
        { "[\"cut", "[\n  \"cut" },
        { "[\"cut\\", "[\n  \"cut\\" },
        { "]]}", "]]}" },
        { "[1]]", "[\n  1\n]\n]" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf out = STRBUF_INIT(1024);
        json_indent(&out, rows[i].text, strlen(rows[i].text));
        assert_string_equal(strbuf_text(&out), rows[i].indented);
        strbuf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_elements_have_lines_of_their_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
