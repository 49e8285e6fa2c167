/* test_api_choice.c - which APIs --api stands for, and what `auto` comes to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options/api_choice.h"

#include "options/settings.h"

#include "offerstat/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CPP 1u
#define INGESTION 2u
#define GRAPH 4u
#define ALL (CPP | INGESTION | GRAPH)

/* Tokens for an API, unsigned: {"aud": "https://graph.microsoft.com"} and so on. */
#define FOR_GRAPH "eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20ifQ.x"
#define FOR_INGESTION                                                                              \
    "eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL2FwaS5wYXJ0bmVyLm1pY3Jvc29mdC5jb20ifQ.x"
#define FOR_ANOTHER "eyJhbGciOiJub25lIn0.eyJhdWQiOiJodHRwczovL21hbmFnZW1lbnQuYXp1cmUuY29tIn0.x"

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

static void what_is_read_by_flag_token_and_command(void **state)
{
    static const struct {
        const char *given, *token, *auth;
        bool reads_offers;
        unsigned apis;
        const char *api, *token_api;
        bool is_auto, finds_apis;
    } rows[] = {
        /* auto: the token's, else the default for one that names none, else every API */
        { "auto", NULL, NULL, true, ALL, "auto", NULL, true, true },
        { "auto", FOR_GRAPH, NULL, true, GRAPH, "graph", "graph", true, false },
        { "auto", FOR_INGESTION, "auto", true, INGESTION, "ingestion", "ingestion", true, false },
        { "auto", FOR_ANOTHER, "token", true, CPP, "cpp", NULL, true, false },
        { "auto", "opaque", NULL, true, CPP, "cpp", NULL, true, false },
        /* a token that --auth does not let be used names nothing */
        { "auto", FOR_GRAPH, "secret", true, ALL, "auto", NULL, true, true },
        /* a command that reads no offers asks one API */
        { "auto", NULL, NULL, false, CPP, "cpp", NULL, true, false },
        { "auto", FOR_GRAPH, NULL, false, CPP, "cpp", NULL, true, false },
        /* what is named is read, whatever the token is for */
        { "cpp", FOR_GRAPH, NULL, true, CPP, "cpp", NULL, false, false },
        { "all", FOR_GRAPH, NULL, true, ALL, "all", "graph", false, false },
        { "all", NULL, NULL, true, ALL, "all", NULL, false, false },
        { "cpp,ingestion", FOR_GRAPH, NULL, true, CPP | INGESTION, "cpp,ingestion", "graph", false,
          false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct settings s = { .api = rows[i].given, .token = rows[i].token, .auth = rows[i].auth };
        struct error err = ERROR_INIT;
        assert_int_equal(api_set_parse(s.api, &s.apis, &err), 0);
        assert_int_equal(api_choose(&s, rows[i].reads_offers, &err), 0);
        assert_int_equal(s.apis, rows[i].apis);
        assert_string_equal(s.api, rows[i].api);
        assert_int_equal(s.is_auto, rows[i].is_auto);
        assert_int_equal(s.finds_apis, rows[i].finds_apis);
        assert_int_equal(s.token_api == NULL, rows[i].token_api == NULL);
        if (s.token_api != NULL) {
            assert_string_equal(s.token_api, rows[i].token_api);
        }
        assert_null(s.piped_token);
    }
}

static void token_file_names_the_api(void **state)
{
    char file[] = "/tmp/test_api_choice.XXXXXX";
    static const char *const texts[] = { FOR_GRAPH "\n", "" };
    static const char *const apis[] = { "graph", "cpp" };
    int fd = mkstemp(file);

    (void)state;
    assert_true(fd >= 0);
    for (size_t i = 0; i <= 2; i++) {
        struct settings s = { .api = "auto", .token_file = file };
        struct error err = ERROR_INIT;
        if (i < 2) {
            assert_int_equal(ftruncate(fd, 0), 0);
            assert_int_equal(pwrite(fd, texts[i], strlen(texts[i]), 0), strlen(texts[i]));
        } else {
            unlink(file); /* as one that is empty, reported by the sign-in */
        }
        assert_int_equal(api_choose(&s, true, &err), 0);
        assert_string_equal(s.api, i < 2 ? apis[i] : "cpp");
        assert_null(s.piped_token);
    }
    close(fd);
}

/* It can be read once, so that it is kept for the sign-in, and refused here where there is none. */
static void token_of_a_pipe_is_kept(void **state)
{
    char path[64];
    int ends[2];

    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], FOR_INGESTION, strlen(FOR_INGESTION)), strlen(FOR_INGESTION));
    close(ends[1]);
    snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
    for (int empty = 0; empty < 2; empty++) {
        struct settings s = { .api = "auto", .token_file = path };
        struct error err = ERROR_INIT;
        assert_int_equal(api_choose(&s, true, &err), empty ? -1 : 0);
        if (empty) {
            assert_int_equal(err.code, ERR_USAGE);
        } else {
            assert_string_equal(s.api, "ingestion");
            assert_string_equal(s.piped_token, FOR_INGESTION);
        }
        secret_free(s.piped_token);
    }
    close(ends[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_lists),
        cmocka_unit_test(auto_reads_what_the_token_is_for),
        cmocka_unit_test(what_is_read_by_flag_token_and_command),
        cmocka_unit_test(token_file_names_the_api),
        cmocka_unit_test(token_of_a_pipe_is_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
