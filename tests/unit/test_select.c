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

/* An offer of a list that is whole. */
static enum selected meet(struct selection *s, const char *publisher, const char *id,
                          const char *name)
{
    selection_see(s, publisher, id, name);
    return selection_test(s, publisher, id, name);
}

/* One letter an offer: y selected, n not. */
static void check(enum select_mode mode, const char *argument, const char *wanted)
{
    struct selection s;
    char found[COUNT + 1] = "";

    assert_int_equal(selection_init(&s, mode, &argument, 1), 0);
    for (size_t i = 0; i < COUNT; i++) {
        meet(&s, account[i].publisher, account[i].id, account[i].name);
    }
    for (size_t i = 0; i < COUNT; i++) {
        bool has = selection_has(&s, account[i].publisher, account[i].id, account[i].name);
        found[i] = has ? 'y' : 'n';
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
    assert_int_equal(meet(&s, "p", "id", NULL), SELECTED_YES);
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
        { "vm", "yynyn" },  { "TWIN", "nyynn" },     { "fabrikam/vm", "nnnyn" }, { "ol", "nnnny" },
        { "zzz", "nnnnn" }, { "contoso/", "nnnnn" }, /* no id behind the slash */
        { "/vm", "nnnnn" },
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
        meet(&s, account[i].publisher, account[i].id, account[i].name);
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
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_false(selection_missing(&s, 4, &err));
    selection_clear(&s);
    assert_false(selection_missing(&s, 0, &err)); /* there are no arguments any more */
}

static void a_list_read_twice_makes_no_name_ambiguous(void **state)
{
    const char *const argument = "Contoso VM";
    struct selection s;
    struct error err;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(meet(&s, "contoso", "vm", "Contoso VM"), SELECTED_IF_UNIQUE);
    assert_int_equal(meet(&s, "contoso", "vm", "Contoso VM"), SELECTED_IF_UNIQUE);
    assert_true(selection_has_unique_name(&s, "Contoso VM"));
    assert_int_equal(meet(&s, "fabrikam", "vm", "Contoso VM"), SELECTED_IF_UNIQUE);
    assert_false(selection_has_unique_name(&s, "Contoso VM"));
    assert_true(selection_missing(&s, 0, &err));
    selection_clear(&s);
}

static void what_a_broken_list_had_shown_selects_nothing(void **state)
{
    const char *const arguments[] = { "vm", "Twin", "backap" };
    struct selection s;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, arguments, 3), 0);
    assert_int_equal(selection_test(&s, "contoso", "vm", NULL), SELECTED_YES);
    assert_int_equal(selection_test(&s, "contoso", "one", "Twin"), SELECTED_IF_UNIQUE);
    assert_int_equal(selection_test(&s, "contoso", "backup", NULL), SELECTED_NO);
    for (size_t i = 0; i < 3; i++) {
        assert_true(selection_missing(&s, i, &err));
        assert_null(strstr(err.text, "did you mean"));
    }
    assert_false(selection_has_unique_name(&s, "Twin"));
    /* Another offer of that name, in the list that is whole, is the only one. */
    assert_int_equal(meet(&s, "contoso", "two", "Twin"), SELECTED_IF_UNIQUE);
    assert_true(selection_has_unique_name(&s, "Twin"));
    selection_clear(&s);
}

static void an_id_goes_before_a_name(void **state)
{
    const char *const argument = "solo";
    struct selection s;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(meet(&s, "contoso", "other", "Solo"), SELECTED_IF_UNIQUE);
    assert_int_equal(meet(&s, "contoso", "solo", NULL), SELECTED_YES);
    assert_false(selection_has_unique_name(&s, "Solo"));
    selection_clear(&s);
}

static void a_part_of_a_name_may_hold_a_slash(void **state)
{
    const char *const argument = "TCP/IP";
    struct selection s;
    struct error err;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_PATTERN, &argument, 1), 0);
    assert_int_equal(meet(&s, "contoso", "net", "The tcp/ip stack"), SELECTED_YES);
    assert_int_equal(meet(&s, "contoso", "ip", "Other"), SELECTED_NO);
    assert_int_equal(meet(&s, "tcp", "ip-2", NULL), SELECTED_YES);
    assert_false(selection_missing(&s, 0, &err));
    selection_clear(&s);
}

static void an_exact_argument_is_no_part(void **state)
{
    const char *const argument = "TCP/IP";
    struct selection s;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(meet(&s, "contoso", "net", "The TCP/IP stack"), SELECTED_NO);
    assert_int_equal(meet(&s, "contoso", "net", "TCP/IP"), SELECTED_IF_UNIQUE);
    assert_true(selection_has_unique_name(&s, "tcp/ip"));
    selection_clear(&s);
}

static void several_arguments_select_together(void **state)
{
    static const char *const arguments[] = { "fabrikam/solo", "Contoso VM", "b*" };
    static const enum selected wanted[COUNT] = { SELECTED_IF_UNIQUE, SELECTED_NO, SELECTED_YES,
                                                 SELECTED_NO, SELECTED_YES };
    struct selection s;
    struct error err;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, arguments, 3), 0);
    for (size_t i = 0; i < COUNT; i++) {
        assert_int_equal(meet(&s, account[i].publisher, account[i].id, account[i].name), wanted[i]);
    }
    assert_false(selection_missing(&s, 0, &err));
    selection_clear(&s);
}

static void the_arguments_may_change_once_they_were_read(void **state)
{
    char text[] = "fabrikam/solo";
    const char *argument = text;
    struct selection s;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    memset(text, 'x', sizeof(text) - 1);
    assert_int_equal(meet(&s, "fabrikam", "solo", NULL), SELECTED_YES);
    selection_clear(&s);
}

static void the_nearest_of_all_offers_is_meant(void **state)
{
    const char *const argument = "contoso-vn";
    static const char *const ids[] = { "contozo-vm", "contoso-vm", "kontoso-vm" };
    struct selection s;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    for (int round = 0; round < 2; round++) { /* a second reading finds the same */
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(meet(&s, "contoso", ids[i], NULL), SELECTED_NO);
        }
        assert_true(selection_missing(&s, 0, &err));
        assert_non_null(strstr(err.text, "did you mean \"contoso-vm\"?"));
    }
    selection_clear(&s);
}

static void a_name_is_not_an_offer_behind_a_publisher(void **state)
{
    const char *const argument = "contoso/Contoso VM";
    struct selection s;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    assert_int_equal(meet(&s, "contoso", "near", "Contoso VN"), SELECTED_NO);
    assert_int_equal(meet(&s, "contoso", "cvm", "Contoso VM"), SELECTED_NO);
    assert_int_equal(meet(&s, "contoso", "near-2", "Contoso WM"), SELECTED_NO);
    assert_true(selection_missing(&s, 0, &err));
    assert_non_null(
        strstr(err.text, "no offer \"contoso/Contoso VM\"; did you mean \"Contoso VM\"?"));
    selection_clear(&s);
}

static void without_a_publisher_the_same_offer_is_known_again(void **state)
{
    const char *const argument = "Twin";
    struct selection s;

    (void)state;
    assert_int_equal(selection_init(&s, SELECT_EXACT, &argument, 1), 0);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(meet(&s, NULL, "one", "Twin"), SELECTED_IF_UNIQUE);
    }
    assert_true(selection_has_unique_name(&s, "Twin"));
    for (int round = 0; round < 2; round++) {
        assert_int_equal(meet(&s, NULL, "two", "Twin"), SELECTED_IF_UNIQUE);
    }
    assert_false(selection_has_unique_name(&s, "Twin"));
    selection_clear(&s);
}

/* Whichever argument comes first. */
static void id_selects_where_another_argument_is_its_name(void **state)
{
    static const char *const orders[][2] = { { "Machine", "a" }, { "a", "Machine" } };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct selection s = { 0 };
        assert_int_equal(selection_init(&s, SELECT_EXACT, orders[i], 2), 0);
        assert_int_equal(selection_test(&s, "contoso", "a", "Machine"), SELECTED_YES);
        selection_clear(&s);
    }
}

/* One or two letters are a part of too much. */
static void part_of_an_id_is_suggested_from_three_letters_on(void **state)
{
    static const struct {
        const char *argument;
        bool suggested;
    } rows[] = { { "way", true }, { "gatew", true }, { "ay", false } };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct selection s = { 0 };
        struct error err = ERROR_INIT;
        assert_int_equal(selection_init(&s, SELECT_EXACT, &rows[i].argument, 1), 0);
        selection_see(&s, "contoso", "contoso-gateway-appliance", NULL);
        assert_true(selection_missing(&s, 0, &err));
        assert_int_equal(strstr(err.text, "did you mean \"contoso-gateway-appliance\"") != NULL,
                         rows[i].suggested);
        selection_clear(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(id_selects_where_another_argument_is_its_name),
        cmocka_unit_test(part_of_an_id_is_suggested_from_three_letters_on),
        cmocka_unit_test(without_arguments_all_are_meant),
        cmocka_unit_test(offers_are_exact_ids_names_paths_or_globs),
        cmocka_unit_test(patterns_are_parts_as_well),
        cmocka_unit_test(every_argument_must_match_something),
        cmocka_unit_test(a_list_read_twice_makes_no_name_ambiguous),
        cmocka_unit_test(what_a_broken_list_had_shown_selects_nothing),
        cmocka_unit_test(an_id_goes_before_a_name),
        cmocka_unit_test(a_part_of_a_name_may_hold_a_slash),
        cmocka_unit_test(an_exact_argument_is_no_part),
        cmocka_unit_test(several_arguments_select_together),
        cmocka_unit_test(the_arguments_may_change_once_they_were_read),
        cmocka_unit_test(the_nearest_of_all_offers_is_meant),
        cmocka_unit_test(a_name_is_not_an_offer_behind_a_publisher),
        cmocka_unit_test(without_a_publisher_the_same_offer_is_known_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
