/* test_message.c - what a service says, for people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "message.h"

static void check(struct render_options options, const struct message *messages, size_t count,
                  const char *wanted)
{
    struct render r = { .options = options,
                        .text = STRBUF_INIT(4000),
                        .value = STRBUF_INIT(4000),
                        .safe = STRBUF_INIT(4000) };

    message_put_all(&r, 4, messages, count);
    assert_false(r.text.failed);
    assert_string_equal(strbuf_text(&r.text), wanted);
    strbuf_clear(&r.text);
    strbuf_clear(&r.value);
    strbuf_clear(&r.safe);
}

static void each_level_has_its_icon(void **state)
{
    static const struct message messages[] = {
        { .level = LEVEL_ERROR, .text = "bad" },
        { .level = LEVEL_WARNING, .text = "odd" },
        { .level = LEVEL_INFORMATION, .text = "fine" },
    };
    struct render_options options = { .view = VIEW_SHOW };

    (void)state;
    check(options, messages, 3, "    \xE2\x9C\x97 bad\n    ! odd\n    i fine\n");
    options.ascii = true;
    check(options, messages, 3, "    x bad\n    ! odd\n    i fine\n");
    check(options, messages, 0, "");
}

static void a_link_whose_words_are_its_address_is_printed_once(void **state)
{
    static const struct link links[] = { { "item 42", "https://example.com/42" },
                                         { "https://example.com/x", "https://example.com/x" } };
    static const struct message message = { .text = "See.", .links = links, .link_count = 2 };
    static const struct message bare = { .links = links, .link_count = 1 };
    const struct render_options options = { .view = VIEW_SHOW };

    (void)state;
    check(options, &message, 1,
          "    i See.\n      item 42: https://example.com/42\n      https://example.com/x\n");
    check(options, &bare, 1,
          "    i (a link without text)\n      item 42: https://example.com/42\n");
}

/* An address that was wrapped could be neither clicked nor copied. */
static void text_is_wrapped_and_an_address_is_not(void **state)
{
    static const struct link links[] = { { "https://example.com/a/long/one",
                                           "https://example.com/a/long/one" } };
    static const struct message message = { .text = "one two three four five six",
                                            .links = links,
                                            .link_count = 1 };
    const struct render_options options = { .view = VIEW_SHOW, .width = 26 };

    (void)state;
    check(options, &message, 1,
          "    i one two three four\n      five six\n      https://example.com/a/long/one\n");
}

static void what_a_terminal_or_a_runner_would_obey_is_broken_up(void **state)
{
    static const struct link links[] = { { "##vso[x]\033[1m", "https://example.com/" } };
    static const struct message message = { .text = "a\n::error::b",
                                            .links = links,
                                            .link_count = 1 };
    const struct render_options options = { .view = VIEW_SHOW, .ci = true };

    (void)state;
    check(options, &message, 1,
          "    i a\n      : :error::b\n      # #vso[x]<U+001B>[1m: https://example.com/\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_level_has_its_icon),
        cmocka_unit_test(a_link_whose_words_are_its_address_is_printed_once),
        cmocka_unit_test(text_is_wrapped_and_an_address_is_not),
        cmocka_unit_test(what_a_terminal_or_a_runner_would_obey_is_broken_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
