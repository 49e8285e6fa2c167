/* Tests of translate.c. */
#include "offerstat/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *look_up(const char *one, const char *many, unsigned long count)
{
    (void)one;
    if (many == NULL) {
        return "ein Text";
    }
    return count == 2 ? "zwei" : "viele";
}

static int leave_english(void **state)
{
    (void)state;
    translate_by(NULL);
    return 0;
}

static void a_text_is_itself_without_a_catalogue(void **state)
{
    (void)state;
    assert_false(translates());
    assert_string_equal(translate("a text"), "a text");
    assert_string_equal(translate_count("%d offer", "%d offers", 0), "%d offers");
    assert_string_equal(translate_count("%d offer", "%d offers", 1), "%d offer");
    assert_string_equal(translate_count("%d offer", "%d offers", 2), "%d offers");
}

static void a_catalogue_is_asked_for_every_text_but_the_empty_one(void **state)
{
    (void)state;
    translate_by(look_up);
    assert_true(translates());
    assert_string_equal(_("a text"), "ein Text");
    assert_string_equal(N_("a text"), "a text");
    assert_string_equal(translate(""), "");
}

static void a_catalogue_decides_the_form_of_a_number(void **state)
{
    (void)state;
    translate_by(look_up);
    assert_string_equal(translate_count("one", "many", 1), "viele");
    assert_string_equal(translate_count("one", "many", 2), "zwei");
}

static void a_document_for_programs_is_english(void **state)
{
    (void)state;
    translate_by(look_up);
    translate_suspend(true);
    assert_false(translates());
    assert_string_equal(translate("a text"), "a text");
    translate_suspend(false);
    assert_string_equal(translate("a text"), "ein Text");
    translate_suspend(false); /* what was not suspended goes on */
    assert_true(translates());
}

static void english_stays_english_when_it_is_no_longer_suspended(void **state)
{
    (void)state;
    translate_by(look_up);
    translate_suspend(true);
    translate_by(NULL);
    translate_suspend(false);
    assert_false(translates());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_itself_without_a_catalogue),
        cmocka_unit_test_teardown(a_catalogue_is_asked_for_every_text_but_the_empty_one,
                                  leave_english),
        cmocka_unit_test_teardown(a_document_for_programs_is_english, leave_english),
        cmocka_unit_test_teardown(english_stays_english_when_it_is_no_longer_suspended,
                                  leave_english),
        cmocka_unit_test_teardown(a_catalogue_decides_the_form_of_a_number, leave_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
