/* test_select.c - which offers the arguments mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/select.h"

#include <string.h>

struct listed {
    const char *publisher, *id, *name;
};

static const struct listed account[] = {
    { "contoso", "contoso-vm", "Contoso VM" },
    { "contoso", "contoso-vm-2", "Twin" },
    { "contoso", "backup", "Twin" },
    { "fabrikam", "contoso-vm", "Fabrikam's / own" },
    { "fabrikam", "solo", NULL },
};
#define COUNT (sizeof(account) / sizeof(account[0]))

/* One letter an offer: y selected, n not. */
static void check(enum select_mode mode, const char *argument, const char *wanted)
{
    struct selection s;
    enum selected first[COUNT];
    char found[COUNT + 1] = "";

    assert_int_equal(selection_init(&s, mode, &argument, 1), 0);
    for (size_t i = 0; i < COUNT; i++) {
        first[i] = selection_test(&s, account[i].publisher, account[i].id, account[i].name);
    }
    for (size_t i = 0; i < COUNT; i++) {
        bool yes = first[i] == SELECTED_YES ||
                   (first[i] == SELECTED_LATER && selection_resolve(&s, account[i].name));
        found[i] = yes ? 'y' : 'n';
    }
    assert_string_equal(found, wanted);
    selection_clear(&s);
}

static void without_arguments_all_are_meant(void **state)
{
    struct selection s;
    struct error err;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, NULL, 0), 0);
    assert_int_equal(selection_test(&s, "p", "id", NULL), SELECTED_YES);
    assert_false(selection_missing(&s, 0, &err));
    selection_clear(&s);
}

static void offers_are_exact_ids_names_paths_or_globs(void **state)
{
    static const struct {
        const char *argument, *wanted;
    } rows[] = {
        { "contoso-vm", "ynnyn" },
        { "CONTOSO-VM", "ynnyn" },
        { "contoso", "nnnnn" },
        { "Contoso VM", "ynnnn" }, /* a unique name */
        { "contoso vm", "ynnnn" },
        { "Twin", "nnnnn" }, /* not unique */
        { "fabrikam/contoso-vm", "nnnyn" },
        { "Fabrikam/*", "nnnyy" },
        { "contoso-*", "yynyn" },
        { "contoso-vm-[0-9]", "nynnn" },
        { "b?ckup", "nnynn" },
        { "Fabrikam's / own", "nnnyn" }, /* a name with a slash of its own */
        { "/solo", "nnnnn" },
        { "solo/", "nnnnn" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check(SELECT_EXACT, rows[i].argument, rows[i].wanted);
    }
}

static void patterns_are_parts_as_well(void **state)
{
    static const struct {
        const char *argument, *wanted;
    } rows[] = {
        { "vm", "yynyn" }, { "TWIN", "nyynn" }, { "fabrikam/vm", "nnnyn" },
        { "ol", "nnnny" }, { "zzz", "nnnnn" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        check(SELECT_PATTERN, rows[i].argument, rows[i].wanted);
    }
}

static void every_argument_must_match_something(void **state)
{
    const char *const arguments[] = { "solo", "contosovm", "Twin", "Tuin", "quite-other" };
    struct selection s;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, arguments, 5), 0);
    for (size_t i = 0; i < COUNT; i++) {
        (void)selection_test(&s, account[i].publisher, account[i].id, account[i].name);
    }
    assert_true(selection_missing(&s, 0, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "no offer \"contosovm\"; did you mean \"contoso-vm\"?"));
    assert_true(selection_missing(&s, 1, &err));
    assert_non_null(strstr(err.text, "several offers are named \"Twin\" (one is contoso-vm-2)"));
    assert_true(selection_missing(&s, 2, &err));
    assert_non_null(strstr(err.text, "did you mean \"Twin\"?"));
    assert_true(selection_missing(&s, 3, &err));
    assert_non_null(strstr(err.text, "no offer \"quite-other\""));
    assert_null(strstr(err.text, "did you mean"));
    assert_false(selection_missing(&s, 4, &err));
    selection_clear(&s);
}

static void a_list_read_twice_makes_no_name_ambiguous(void **state)
{
    const char *const argument = "Contoso VM";
    struct selection s;
    struct error err;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(selection_test(&s, "contoso", "vm", "Contoso VM"), SELECTED_LATER);
    assert_int_equal(selection_test(&s, "contoso", "vm", "Contoso VM"), SELECTED_LATER);
    assert_true(selection_resolve(&s, "Contoso VM"));
    assert_int_equal(selection_test(&s, "fabrikam", "vm", "Contoso VM"), SELECTED_LATER);
    assert_false(selection_resolve(&s, "Contoso VM"));
    assert_true(selection_missing(&s, 0, &err));
    selection_clear(&s);
}

static void an_id_goes_before_a_name(void **state)
{
    const char *const argument = "solo";
    struct selection s;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(selection_test(&s, "contoso", "other", "Solo"), SELECTED_LATER);
    assert_int_equal(selection_test(&s, "contoso", "solo", NULL), SELECTED_YES);
    assert_false(selection_resolve(&s, "Solo"));
    selection_clear(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_arguments_all_are_meant),
        cmocka_unit_test(offers_are_exact_ids_names_paths_or_globs),
        cmocka_unit_test(patterns_are_parts_as_well),
        cmocka_unit_test(every_argument_must_match_something),
        cmocka_unit_test(a_list_read_twice_makes_no_name_ambiguous),
        cmocka_unit_test(an_id_goes_before_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
