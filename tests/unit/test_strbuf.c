/* test_strbuf.c - growable text with a maximum. */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/strbuf.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "a secret of twenty-six characters"

static size_t freed, leaks; /* blocks given back, and those among them that held SECRET still */

void __real_free(void *memory);
void *__real_realloc(void *memory, size_t size);
void __wrap_free(void *memory);
void *__wrap_realloc(void *memory, size_t size);

static void look_at(void *memory)
{
    if (memory != NULL) {
        freed++;
        if (memmem(memory, malloc_usable_size(memory), SECRET, 12) != NULL) {
            leaks++;
        }
    }
}

void __wrap_free(void *memory)
{
    look_at(memory);
    __real_free(memory);
}

void *__wrap_realloc(void *memory, size_t size)
{
    look_at(memory); /* it may move, and leave what it held */
    return __real_realloc(memory, size);
}

static void a_secret_leaves_no_copy_where_it_grows_or_ends(void **state)
{
    struct strbuf b = STRBUF_SECRET(100000);

    (void)state;
    freed = 0;
    leaks = 0;
    strbuf_puts(&b, SECRET);
    for (int i = 0; i < 1000; i++) {
        strbuf_printf(&b, "%d", i);
    }
    assert_memory_equal(strbuf_text(&b), SECRET, strlen(SECRET));
    assert_false(b.failed);
    strbuf_reset(&b);
    assert_null(memmem(b.data, b.cap, SECRET, 12));
    strbuf_puts(&b, SECRET);
    strbuf_clear(&b);
    assert_true(freed >= 5);
    assert_int_equal(leaks, 0);
    strbuf_puts(&b, SECRET); /* a buffer that is used again is still one for secrets */
    strbuf_clear(&b);
    assert_int_equal(leaks, 0);
}

static void what_is_no_secret_is_not_wiped(void **state)
{
    struct strbuf b = STRBUF_INIT(1000);

    (void)state;
    leaks = 0;
    strbuf_puts(&b, SECRET);
    strbuf_clear(&b);
    assert_int_equal(leaks, 1); /* so that the test above can fail */
}

static void text_grows_and_ends_with_nul(void **state)
{
    struct strbuf b = STRBUF_INIT(1000);

    (void)state;
    assert_string_equal(strbuf_text(&b), "");
    strbuf_puts(&b, "one ");
    assert_false(b.failed);
    strbuf_printf(&b, "%d%s", 2, " three");
    assert_false(b.failed);
    strbuf_append(&b, "!?", 1);
    assert_false(b.failed);
    assert_string_equal(strbuf_text(&b), "one 2 three!");
    assert_int_equal(b.len, 12);
    for (int i = 0; i < 100; i++) {
        strbuf_puts(&b, "12345");
        assert_false(b.failed);
    }
    assert_int_equal(strlen(strbuf_text(&b)), 512);
    strbuf_reset(&b);
    assert_string_equal(strbuf_text(&b), "");
    strbuf_clear(&b);
    strbuf_puts(&b, "again");
    assert_false(b.failed);
    assert_string_equal(strbuf_text(&b), "again");
    strbuf_clear(&b);
}

static void the_maximum_is_kept_and_failure_stays(void **state)
{
    struct strbuf b = STRBUF_INIT(5);

    (void)state;
    strbuf_puts(&b, "12345");
    assert_false(b.failed);
    strbuf_puts(&b, "6");
    assert_true(b.failed);
    assert_true(b.failed);
    assert_string_equal(strbuf_text(&b), "12345");
    strbuf_puts(&b, "");
    assert_true(b.failed);
    strbuf_printf(&b, "%s", "x");
    assert_true(b.failed);
    strbuf_reset(&b);
    assert_false(b.failed);
    strbuf_printf(&b, "%s", "123456");
    assert_true(b.failed);
    assert_true(b.failed);
    strbuf_clear(&b);
}

static void a_segment_of_a_path_never_leaves_it(void **state)
{
    static const struct {
        const char *text, *wanted;
    } rows[] = {
        { "contoso-vm_1.2~x", "contoso-vm_1.2~x" },
        { "a/b?c#d", "a%2Fb%3Fc%23d" },
        { "..", "%2E%2E" },
        { ".", "%2E" },
        { "...", "..." },
        { "100% \xEC\xBD\x98", "100%25%20%EC%BD%98" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct strbuf b = STRBUF_INIT(100);
        strbuf_put_segment(&b, rows[i].text);
        assert_false(b.failed);
        assert_string_equal(strbuf_text(&b), rows[i].wanted);
        strbuf_clear(&b);
    }
}

static void nothing_may_be_added_to_nothing(void **state)
{
    struct strbuf b = STRBUF_INIT(0);

    (void)state;
    strbuf_reset(&b);
    strbuf_append(&b, NULL, 0);
    assert_false(b.failed);
    strbuf_printf(&b, "%s", "");
    assert_false(b.failed);
    assert_string_equal(strbuf_text(&b), "");
    strbuf_puts(&b, "x");
    assert_true(b.failed);
    strbuf_clear(&b);
}

static void blanks_reach_a_column_and_never_go_back(void **state)
{
    struct strbuf b = STRBUF_INIT(6);

    (void)state;
    strbuf_puts(&b, "ab");
    strbuf_put_blanks(&b, 2, 4);
    strbuf_put_blanks(&b, 4, 4);
    strbuf_put_blanks(&b, 5, 4);
    assert_string_equal(strbuf_text(&b), "ab  ");
    assert_false(b.failed);
    strbuf_put_blanks(&b, 4, 7);
    assert_true(b.failed);
    assert_string_equal(strbuf_text(&b), "ab  ");
    strbuf_clear(&b);
}

static void bytes_are_kept_whatever_they_are(void **state)
{
    struct strbuf b = STRBUF_INIT(3);

    (void)state;
    strbuf_append(&b, "a\0b", 3);
    assert_false(b.failed);
    assert_int_equal(b.len, 3);
    assert_memory_equal(b.data, "a\0b\0", 4);
    strbuf_clear(&b);
}

static void every_length_up_to_the_maximum_fits(void **state)
{
    (void)state;
    for (size_t len = 0; len <= 130; len++) { /* past the first growth and the second */
        struct strbuf b = STRBUF_INIT(len);
        for (size_t i = 0; i < len; i++) {
            strbuf_append(&b, "x", 1);
            assert_false(b.failed);
        }
        assert_int_equal(strlen(strbuf_text(&b)), len);
        strbuf_append(&b, "x", 1);
        assert_true(b.failed);
        assert_int_equal(strlen(strbuf_text(&b)), len);
        strbuf_clear(&b);
    }
}

static void no_length_is_too_long_to_be_refused(void **state)
{
    struct strbuf b = STRBUF_INIT(5);
    volatile size_t endless = SIZE_MAX; /* else the compiler refuses the inlined copy */

    (void)state;
    strbuf_puts(&b, "abc");
    assert_false(b.failed);
    strbuf_append(&b, "x", endless);
    assert_true(b.failed);
    assert_string_equal(strbuf_text(&b), "abc");
    strbuf_clear(&b);
    assert_false(b.failed);
    strbuf_puts(&b, "abcde");
    assert_false(b.failed);
    strbuf_puts(&b, "f");
    assert_true(b.failed); /* the maximum outlives the content */
    strbuf_clear(&b);
}

/* RFC 3986: unreserved are letters, digits, '-', '.', '_' and '~'. */
static void all_but_unreserved_bytes_are_encoded(void **state)
{
    (void)state;
    for (int c = 1; c < 256; c++) {
        bool unreserved = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                          (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '~';
        const char text[] = { (char)c, '\0' };
        struct strbuf b = STRBUF_INIT(3);
        strbuf_put_segment(&b, text);
        assert_false(b.failed);
        if (strlen(strbuf_text(&b)) != (unreserved ? 1 : 3)) { /* "." alone would climb */
            fail_msg("byte %d: \"%s\"", c, strbuf_text(&b));
        }
        strbuf_clear(&b);
    }
}

static void a_segment_that_does_not_fit_fails(void **state)
{
    struct strbuf b = STRBUF_INIT(5);

    (void)state;
    strbuf_put_segment(&b, "a b c");
    assert_true(b.failed);
    assert_true(b.failed);
    assert_true(b.len <= 5);
    strbuf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_and_ends_with_nul),
        cmocka_unit_test(a_secret_leaves_no_copy_where_it_grows_or_ends),
        cmocka_unit_test(what_is_no_secret_is_not_wiped),
        cmocka_unit_test(the_maximum_is_kept_and_failure_stays),
        cmocka_unit_test(a_segment_of_a_path_never_leaves_it),
        cmocka_unit_test(nothing_may_be_added_to_nothing),
        cmocka_unit_test(blanks_reach_a_column_and_never_go_back),
        cmocka_unit_test(bytes_are_kept_whatever_they_are),
        cmocka_unit_test(every_length_up_to_the_maximum_fits),
        cmocka_unit_test(no_length_is_too_long_to_be_refused),
        cmocka_unit_test(all_but_unreserved_bytes_are_encoded),
        cmocka_unit_test(a_segment_that_does_not_fit_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
