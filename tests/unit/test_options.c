/* test_options.c - the table of options, and the values of every kind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options/options.h"
#include "options/settings_read.h"

#include "offerstat/render.h"

#include <stdio.h>
#include <string.h>

static struct error last;

/* Set one option in *s. */
static int set(struct settings *s, const char *name, const char *value)
{
    last = (struct error)ERROR_INIT;
    assert_non_null(option_find(name));
    return option_set(option_find(name), s, value, &last);
}

static int new_settings(void **state)
{
    static struct settings s;
    struct error err = ERROR_INIT;

    *state = &s;
    return settings_init(&s, &err);
}

static int free_settings(void **state)
{
    settings_free(*state);
    return 0;
}

static void every_kind_reaches_its_member(void **state)
{
    struct settings *s = *state;

    assert_int_equal(set(s, "quick", NULL), 0);
    assert_true(s->quick);
    assert_int_equal(set(s, "client-id", "id"), 0);
    assert_string_equal(s->client_id, "id");
    assert_int_equal(set(s, "token-file", "-"), 0);
    assert_string_equal(s->token_file, "-");
    assert_int_equal(set(s, "jobs", "7"), 0);
    assert_int_equal(s->jobs, 7);
    assert_int_equal(set(s, "stall-timeout", "1h30m"), 0);
    assert_int_equal(s->stall_timeout_ms, INT64_C(5400000));
    assert_int_equal(set(s, "api", "graph"), 0);
    assert_string_equal(s->api, "graph");
    assert_int_equal(set(s, "api", "all"), 0);
    assert_string_equal(s->api, API_ALL);
    assert_int_equal(set(s, "witness", "never"), 0);
    assert_int_equal(s->witness, WITNESS_NEVER);
    assert_int_equal(set(s, "time", "local"), 0);
    assert_int_equal(s->time, TIME_CHOICE_LOCAL);
    assert_int_equal(set(s, "require", "live"), 0); /* its words begin at the second value */
    assert_int_equal(s->policy.require, REQUIRE_LIVE);
    assert_int_equal(set(s, "output", "ndjson"), 0);
    assert_string_equal(s->format->name, "ndjson");
    assert_int_equal(set(s, "json", NULL), 0);
    assert_string_equal(s->format->name, "json");
}

static void lists_add_or_replace(void **state)
{
    struct settings *s = *state;

    assert_int_equal(set(s, "publisher", "a,b"), 0); /* one id: it is not split */
    assert_int_equal(set(s, "publisher", "c"), 0);
    assert_int_equal(s->publishers.count, 2);
    assert_string_equal(s->publishers.items[0], "a,b");
    assert_int_equal(set(s, "fields", "id,state"), 0);
    assert_int_equal(set(s, "fields", "name"), 0);
    assert_int_equal(s->fields.count, 1);
    assert_string_equal(s->fields.items[0], "name");
    assert_int_equal(set(s, "state", "failed,Pending-Signoff"), 0);
    assert_int_equal(set(s, "state", "none"), 0);
    assert_int_equal(s->filter.states,
                     1u << STATE_FAILED | 1u << STATE_PENDING_SIGNOFF | 1u << STATE_NONE);
    assert_int_equal(s->filter.not_states, 0);
    assert_int_equal(set(s, "live", "yes,preview"), 0);
    assert_int_equal(s->filter.lives, 1u << LIVE_YES | 1u << LIVE_PREVIEW);
}

static void sort_takes_a_minus(void **state)
{
    struct settings *s = *state;

    assert_int_equal(set(s, "sort", "-name"), 0);
    assert_string_equal(s->sort, "name");
    assert_true(s->sort_descending);
    assert_int_equal(set(s, "sort", "id"), 0);
    assert_false(s->sort_descending);
    assert_int_equal(set(s, "sort", "nothing"), -1);
}

static void bounds_hold_at_both_ends(void **state)
{
    static const struct {
        const char *name, *value;
        int rc;
    } facts[] = {
        { "jobs", "0", -1 },
        { "jobs", "1", 0 },
        { "jobs", "256", 0 },
        { "jobs", "257", -1 },
        { "jobs", "", -1 },
        { "jobs", "3x", -1 },
        { "jobs", "-3", -1 },
        { "jobs", "99999999999999999999", -1 },
        { "retries", "0", 0 },
        { "retries", "101", -1 },
        { "width", "0", 0 },
        { "width", "10001", -1 },
        { "limit", "0", -1 },
        { "limit", "1000000000", 0 },
        { "since", "7d", 0 },
        { "since", "1970-01-01", 0 },
        { "since", "1969-12-31", 0 },
        { "since", "7", -1 }, /* a unit is required */
        { "since", "0s", -1 },
        { "since", "", -1 },
        { "seller-id", "1", 0 },
        { "seller-id", "0", -1 },
        { "seller-id", "12345678901234567890", 0 },
        { "seller-id", "123456789012345678901", -1 },
        { "profile", "a-b_9", 0 },
        { "profile", "../x", -1 },
        { "profile", "", -1 },
        { "profile", "12345678901234567890123456789012", 0 },
        { "profile", "123456789012345678901234567890123", -1 },
        { "endpoint", "https://example.com/prefix", 0 },
        { "endpoint", "http://127.0.0.1:1", 0 },
        { "endpoint", "http://example.com", -1 },
        { "fields", "a,,b", -1 },
        { "fields", "a,", -1 },
        { "fields", "", -1 },
        { "publisher", "", -1 },
        { "type", "", 0 },
        { "auth", "auto", 0 },
        { "auth", "azure-cli", 0 },
        { "auth", "AUTO", -1 },
        { "fail-on", "canceled", 0 },
        { "fail-on", "canceled,none", -1 },
    };

    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        if (set(*state, facts[i].name, facts[i].value) != facts[i].rc) {
            fail_msg("--%s \"%s\": %s", facts[i].name, facts[i].value, last.text);
        }
        assert_int_equal(last.code, facts[i].rc == 0 ? ERR_NONE : ERR_USAGE);
    }
}

static void a_refused_number_changes_nothing(void **state)
{
    struct settings *s = *state;

    assert_int_equal(set(s, "jobs", "300"), -1);
    assert_int_equal(s->jobs, 16);
    assert_int_equal(set(s, "output", "xml"), -1);
    assert_string_equal(s->format->name, "table");
    assert_int_equal(set(s, "witness", "perhaps"), -1);
    assert_int_equal(s->witness, WITNESS_AUTO);
}

static void refusals_name_what_there_is(void **state)
{
    static const struct {
        const char *name, *value, *wanted;
    } facts[] = {
        { "jobs", "x", "expected a number from 1 to 256, found \"x\"" },
        { "time", "zzzzzz", "unknown value \"zzzzzz\"; there are auto, relative, utc, local" },
        { "require", "zzzz", "no requirement \"zzzz\"; there are idle, live" },
        { "state", "failed,faild", "no state \"faild\"; did you mean \"failed\"?" },
        { "api", "grph", "no API \"grph\"; did you mean \"graph\"?" },
        { "job", "", "the job's id is empty" },
    };

    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        assert_int_equal(set(*state, facts[i].name, facts[i].value), -1);
        assert_string_equal(last.text, facts[i].wanted);
    }
}

/* What the kinds need of their rows, so that a new row cannot forget it. */
static void rows_are_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        bool has_words = row->kind == OPTION_WORD || row->kind == OPTION_CHOICE ||
                         row->kind == OPTION_WORDS || row->kind == OPTION_FORMAT;
        bool is_switch = row->kind == OPTION_FLAG || row->fixed != NULL;
        const char *name = row->name;
        if (option_find(name) != row) {
            fail_msg("--%s occurs twice", name);
        }
        if (row->groups == 0 || row->help == NULL) {
            fail_msg("--%s has no group or no help", name);
        }
        if (has_words && (option_word(row, 0) == NULL || row->refusal == NULL)) {
            fail_msg("--%s has no words or no refusal", name);
        }
        if (row->kind == OPTION_NUMBER && row->low >= row->high) {
            fail_msg("--%s has no bounds", name);
        }
        if (row->kind == OPTION_SPECIAL && row->set == NULL) {
            fail_msg("--%s has no function", name);
        }
        if (is_switch != (row->argument == NULL)) {
            fail_msg("--%s: a switch takes no argument, all others do", name);
        }
        if (row->replaces != NULL && option_find(row->replaces) == NULL) {
            fail_msg("--%s replaces no row", name);
        }
        for (size_t j = 0; row->letter != 0 && j < i; j++) {
            assert_int_not_equal(option_rows[j].letter, row->letter);
        }
    }
}

static void words_end(void **state)
{
    const struct option_row *row = option_find("color");

    (void)state;
    assert_string_equal(option_word(row, 2), "never");
    assert_null(option_word(row, 3));
    assert_null(option_word(row, 99));
    assert_null(option_word(option_find("jobs"), 0));
    assert_string_equal(option_word(option_find("api"), 1), API_ALL);
    assert_null(option_word(option_find("api"), PORTAL_APIS + 2));
}

static void truth_of_switches(void **state)
{
    const struct option_row *debug = option_find("debug");

    (void)state;
    assert_int_equal(option_truth(debug, "Yes"), OPTION_ON);
    assert_int_equal(option_truth(debug, "1"), OPTION_ON);
    assert_int_equal(option_truth(debug, "OFF"), OPTION_OFF);
    assert_int_equal(option_truth(debug, "maybe"), OPTION_NO_TRUTH);
    assert_int_equal(option_truth(option_find("retries"), "0"), OPTION_ON); /* a value, no switch */
}

#define WITH_SETTINGS(f) cmocka_unit_test_setup_teardown(f, new_settings, free_settings)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_SETTINGS(every_kind_reaches_its_member),
        WITH_SETTINGS(lists_add_or_replace),
        WITH_SETTINGS(sort_takes_a_minus),
        WITH_SETTINGS(bounds_hold_at_both_ends),
        WITH_SETTINGS(a_refused_number_changes_nothing),
        WITH_SETTINGS(refusals_name_what_there_is),
        cmocka_unit_test(rows_are_whole),
        cmocka_unit_test(words_end),
        cmocka_unit_test(truth_of_switches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
