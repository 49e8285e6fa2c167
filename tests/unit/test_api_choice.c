/* test_api_choice.c - which APIs --api stands for, and what `auto` comes to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api_choice.h"

#define CPP 1u
#define INGESTION 2u
#define GRAPH 4u

static void words_and_lists(void **state)
{
    static const struct {
        const char *value;
        int rc;
        unsigned set;
    } rows[] = {
        { "auto", 0, 0 },         { "all", 0, CPP | INGESTION | GRAPH },
        { "graph", 0, GRAPH },    { "graph,ingestion", 0, INGESTION | GRAPH },
        { "cpp,cpp", 0, CPP },    { "", -1, 99 },
        { "cpp,", -1, 99 },       { "cpp,all", -1, 99 },
        { "auto,graph", -1, 99 }, { "cpp graph", -1, 99 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        unsigned set = 99;
        assert_int_equal(api_set_parse(rows[i].value, &set, &err), rows[i].rc);
        assert_int_equal(set, rows[i].set);
        assert_int_equal(err.code, rows[i].rc == 0 ? ERR_NONE : ERR_USAGE);
    }
}

static void auto_reads_what_the_token_is_for(void **state)
{
    (void)state;
    assert_int_equal(api_set_of_auto(true, "graph"), GRAPH);
    assert_int_equal(api_set_of_auto(true, "ingestion"), INGESTION);
    assert_int_equal(api_set_of_auto(true, NULL), CPP);
    assert_int_equal(api_set_of_auto(false, NULL), CPP | INGESTION | GRAPH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_lists),
        cmocka_unit_test(auto_reads_what_the_token_is_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
