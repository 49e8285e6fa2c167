/* test_redact.c - which secrets are remembered, and what is left of a text that repeats them. */
#include "http/redact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_occurrence_is_blotted_out_and_the_length_stays(void **state)
{
    struct redact_list list = { NULL };
    struct error err = ERROR_INIT;
    char text[] = "abcdef, then abcdefabcdef and abcde";

    (void)state;
    assert_int_equal(redact_add(&list, "abcdef", &err), 0);
    redact_text(&list, text);
    assert_string_equal(text, "******, then ************ and abcde");
    redact_clear(&list);
}

static void each_of_several_secrets_is_blotted_out(void **state)
{
    struct redact_list list = { NULL };
    struct error err = ERROR_INIT;
    char text[] = "first=secret-1&second=secret-2";

    (void)state;
    assert_int_equal(redact_add(&list, "secret-1", &err), 0);
    assert_int_equal(redact_add(&list, "secret-2", &err), 0);
    redact_text(&list, text);
    assert_string_equal(text, "first=********&second=********");
    redact_clear(&list);
}

static void a_word_too_short_to_be_a_secret_is_left_alone(void **state)
{
    struct redact_list list = { NULL };
    struct error err = ERROR_INIT;
    char text[] = "offer";

    (void)state;
    assert_int_equal(strlen(text), REDACT_SECRET_MIN - 1);
    assert_int_equal(redact_add(&list, "offer", &err), 0);
    assert_int_equal(redact_add(&list, "", &err), 0);
    assert_null(list.first);
    redact_text(&list, text);
    assert_string_equal(text, "offer");
}

static void a_known_secret_is_not_kept_twice(void **state)
{
    struct redact_list list = { NULL };
    struct error err = ERROR_INIT;
    const struct redact_secret *first;

    (void)state;
    assert_int_equal(redact_add(&list, "secret-1", &err), 0);
    first = list.first;
    assert_int_equal(redact_add(&list, "secret-1", &err), 0);
    assert_ptr_equal(list.first, first);
    redact_clear(&list);
    assert_null(list.first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_occurrence_is_blotted_out_and_the_length_stays),
        cmocka_unit_test(each_of_several_secrets_is_blotted_out),
        cmocka_unit_test(a_word_too_short_to_be_a_secret_is_left_alone),
        cmocka_unit_test(a_known_secret_is_not_kept_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
