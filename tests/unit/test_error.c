/* test_error.c - stories of failures. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "offerstat/error.h"
#include "offerstat/translate.h"

#include <string.h>

static void context_goes_in_front(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(error_set(&err, ERR_ANSWER, "member %d is missing", 3), -1);
    assert_int_equal(error_wrap(&err, "offer %s", "vm"), -1);
    assert_string_equal(err.text, "offer vm: member 3 is missing");
    assert_int_equal(err.code, ERR_ANSWER);
}

static void setting_replaces_all(void **state)
{
    struct error err = { .code = ERR_AUTH, .http = 401, .request_id = "abc", .text = "old" };

    (void)state;
    error_set(&err, ERR_SERVICE, "new");
    assert_int_equal(err.code, ERR_SERVICE);
    assert_int_equal(err.http, 0);
    assert_string_equal(err.request_id, "");
    assert_string_equal(err.text, "new");
    assert_int_equal(error_memory(&err), -1);
    assert_int_equal(err.code, ERR_MEMORY);
}

static void more_goes_after_the_story(void **state)
{
    struct error err = { .code = ERR_SERVICE, .http = 503, .text = "HTTP 503" };
    char text[ERROR_TEXT_MAX] = "";

    (void)state;
    error_append(&err, " (%d tries)", 3);
    assert_string_equal(err.text, "HTTP 503 (3 tries)");
    assert_int_equal(err.code, ERR_SERVICE);
    assert_int_equal(err.http, 503);
    memset(text, 'x', sizeof(text) - 1);
    error_append(&err, "%s", text); /* as much as there is room for */
    assert_int_equal(strlen(err.text), ERROR_TEXT_MAX - 1);
    assert_memory_equal(err.text, "HTTP 503 (3 tries)xxx", 21);
    error_append(NULL, "x");
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_int_equal(error_set(NULL, ERR_BUG, "x"), -1);
    assert_int_equal(error_wrap(NULL, "x"), -1);
    assert_int_equal(error_memory(NULL), -1);
}

static void long_stories_are_cut_between_characters(void **state)
{
    struct error err = ERROR_INIT;
    char text[3 * ERROR_TEXT_MAX + 1] = "x";

    (void)state;
    for (size_t i = 0; i + 4 < sizeof(text); i += 3) {
        memcpy(text + 1 + i, "\xEC\xBD\x98", 3);
    }
    error_set(&err, ERR_ANSWER, "%s", text);
    assert_true(strlen(err.text) < ERROR_TEXT_MAX);
    assert_int_equal((strlen(err.text) - 1) % 3, 0);
    error_wrap(&err, "%s", "outer");
    assert_memory_equal(err.text, "outer: x", 8);
    assert_int_equal((strlen(err.text) - 8) % 3, 0);
}

/* x up to where the character begins, then the character. */
static const char *text_with(const char *character, size_t before)
{
    static char text[2 * ERROR_TEXT_MAX];

    memset(text, 'x', before);
    strcpy(text + before, character);
    return text;
}

static void a_character_is_kept_whole_or_not_at_all(void **state)
{
    enum { ROOM = ERROR_TEXT_MAX - 1 }; /* bytes before the NUL */
    static const char *const characters[] = { "\xC3\xA9", "\xEA\xB2\x8C", "\xF0\x9F\x98\x80" };

    (void)state;
    for (size_t i = 0; i < sizeof(characters) / sizeof(characters[0]); i++) {
        size_t len = strlen(characters[i]);
        for (size_t fits = 0; fits <= len; fits++) {
            struct error err = ERROR_INIT;
            const char *text = text_with(characters[i], ROOM - fits);
            size_t want = fits == len ? (size_t)ROOM : ROOM - fits;
            error_set(&err, ERR_ANSWER, "%s", text);
            if (strlen(err.text) != want || strncmp(err.text, text, want) != 0) {
                fail_msg("%zu of %zu bytes fit: %zu bytes kept, not %zu", fits, len,
                         strlen(err.text), want);
            }
        }
    }
}

static void context_alone_may_fill_the_room(void **state)
{
    struct error err = { .code = ERR_ANSWER, .http = 500, .request_id = "r-1", .text = "inner" };

    (void)state;
    error_wrap(&err, "%s", text_with("\xEA\xB2\x8C", ERROR_TEXT_MAX - 3));
    assert_int_equal(strlen(err.text), ERROR_TEXT_MAX - 3);
    assert_int_equal(err.code, ERR_ANSWER);
    assert_int_equal(err.http, 500);
    assert_string_equal(err.request_id, "r-1");
}

static void bytes_that_are_no_characters_do_no_harm(void **state)
{
    static const char *const rows[] = { "", "\x80", "\x80\x80\x80\x80\x80", "a\x80\x80\x80\x80" };
    struct error err = ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        error_set(&err, ERR_ANSWER, "%s", rows[i]);
        assert_string_equal(err.text, rows[i]);
    }
}

static void every_code_has_its_word(void **state)
{
    static const struct {
        enum error_code code;
        const char *word;
    } rows[] = {
        { ERR_USAGE, "usage" },   { ERR_NOT_FOUND, "not_found" },
        { ERR_AUTH, "auth" },     { ERR_SERVICE, "service" },
        { ERR_ANSWER, "answer" }, { ERR_OUTPUT, "output" },
        { ERR_MEMORY, "memory" }, { ERR_BUG, "bug" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_string_equal(error_word(rows[i].code), rows[i].word);
    }
}

static const char *german(const char *one, const char *many, unsigned long count)
{
    (void)many;
    (void)count;
    if (strcmp(one, "member %d is missing") == 0) {
        return "Element %d fehlt";
    }
    return strcmp(one, "offer %s") == 0 ? "Angebot %s" : one;
}

static int leave_english(void **state)
{
    (void)state;
    translate_by(NULL);
    return 0;
}

/* JSON has the English text whatever the language is. */
static void a_story_is_told_in_english_and_for_people(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    translate_by(german);
    error_set(&err, ERR_ANSWER, "member %d is missing", 3);
    error_wrap(&err, "offer %s", "vm");
    error_append(&err, "; see %s", "help");
    assert_string_equal(err.text, "offer vm: member 3 is missing; see help");
    assert_string_equal(err.local_text, "Angebot vm: Element 3 fehlt; see help");
    assert_string_equal(error_text(&err), err.local_text);
}

/* For a story with words in it, which have another form in each text. */
static void the_text_for_people_may_be_made_apart(void **state)
{
    struct error err = ERROR_INIT;
    char syllables[3 * ERROR_TEXT_MAX + 1] = "";

    (void)state;
    for (size_t i = 0; i + 4 < sizeof(syllables); i += 3) {
        memcpy(syllables + i, "\xEC\xBD\x98", 3);
    }
    error_set(&err, ERR_ANSWER, "expected %s", "text");
    error_set_local(&err, "%s wird erwartet", "Text");
    assert_string_equal(err.local_text, "");
    translate_by(german);
    error_set_local(&err, "%s wird erwartet", "Text");
    assert_string_equal(err.text, "expected text");
    assert_string_equal(err.local_text, "Text wird erwartet");
    error_set_local(&err, "%s", syllables);
    assert_int_equal(strlen(err.local_text) % 3, 0);
    error_set_local(NULL, "x");
}

static void words_of_a_table_are_translated(void **state)
{
    struct error err = ERROR_INIT, other = ERROR_INIT;

    (void)state;
    translate_by(german);
    error_set_words(&err, ERR_USAGE, "member %d is missing"); /* no format here */
    assert_string_equal(err.text, "member %d is missing");
    assert_string_equal(err.local_text, "Element %d fehlt");
    error_set(&other, ERR_SERVICE, "member %d is missing", 3);
    other.http = 503;
    error_join(&err, " (", &other, ")");
    assert_string_equal(err.text, "member %d is missing (member 3 is missing)");
    assert_string_equal(err.local_text, "Element %d fehlt (Element 3 fehlt)");
    assert_int_equal(error_wrap_words(&other, "offer %s"), -1);
    assert_string_equal(other.text, "offer %s: member 3 is missing");
    assert_string_equal(other.local_text, "Angebot %s: Element 3 fehlt");
    assert_int_equal(other.code, ERR_SERVICE);
    assert_int_equal(other.http, 503);
}

static void in_english_there_is_one_story(void **state)
{
    struct error err = ERROR_INIT;

    (void)state;
    strcpy(err.local_text, "of another error");
    error_set(&err, ERR_ANSWER, "member %d is missing", 3);
    error_wrap(&err, "offer %s", "vm");
    error_append(&err, "!");
    assert_string_equal(err.local_text, "");
    assert_string_equal(error_text(&err), "offer vm: member 3 is missing!");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(context_goes_in_front),
        cmocka_unit_test(setting_replaces_all),
        cmocka_unit_test(more_goes_after_the_story),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(long_stories_are_cut_between_characters),
        cmocka_unit_test(a_character_is_kept_whole_or_not_at_all),
        cmocka_unit_test(context_alone_may_fill_the_room),
        cmocka_unit_test(bytes_that_are_no_characters_do_no_harm),
        cmocka_unit_test(every_code_has_its_word),
        cmocka_unit_test_teardown(a_story_is_told_in_english_and_for_people, leave_english),
        cmocka_unit_test_teardown(the_text_for_people_may_be_made_apart, leave_english),
        cmocka_unit_test_teardown(words_of_a_table_are_translated, leave_english),
        cmocka_unit_test(in_english_there_is_one_story),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
