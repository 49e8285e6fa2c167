/* test_command_line.c - argv, taken apart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options/command_line.h"
#include "options/options.h"

#include <stdio.h>
#include <string.h>

/* Split text at blanks and read it; what comes out is "name=value|name|;word|word|", or the error.
 */
static const char *read_text(const char *text)
{
    static char copy[512], out[1024];
    char *argv[64] = { (char *)"offerstat" };
    struct command_line line;
    struct error err = ERROR_INIT;
    size_t at = 0;
    int argc = 1;

    snprintf(copy, sizeof(copy), "%s", text);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[argc++] = word;
    }
    if (command_line_read(argc, argv, &line, &err) != 0) {
        assert_int_equal(err.code, ERR_USAGE);
        assert_null(line.options);
        snprintf(out, sizeof(out), "%s", err.text);
        return out;
    }
    for (size_t i = 0; i < line.option_count; i++) {
        const char *value = line.options[i].value;
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s%s%s|", line.options[i].row->name,
                               value != NULL ? "=" : "", value != NULL ? value : "");
    }
    at += (size_t)snprintf(out + at, sizeof(out) - at, ";");
    for (size_t i = 0; i < line.word_count; i++) {
        at += (size_t)snprintf(out + at, sizeof(out) - at, "%s|", line.words[i]);
    }
    command_line_clear(&line);
    return out;
}

static void options_stand_before_and_after_words(void **state)
{
    static const struct {
        const char *text, *wanted;
    } facts[] = {
        { "", ";" },
        { "list", ";list|" },
        { "--jobs 3 list -q x", "jobs=3|quiet|;list|x|" },
        { "list x --jobs=3 y", "jobs=3|;list|x|y|" },
        { "list -pA -p B", "publisher=A|publisher=B|;list|" },
        { "list -qo json", "quiet|output=json|;list|" },
        { "list -- --jobs -q", ";list|--jobs|-q|" },
        { "list --sort -name", "sort=-name|;list|" },
        { "list --endpoint=http://h/?a=b", "endpoint=http://h/?a=b|;list|" },
        { "list -", ";list|-|" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        assert_string_equal(read_text(facts[i].text), facts[i].wanted);
    }
}

static void wrong_options_are_told(void **state)
{
    static const struct {
        const char *text, *wanted;
    } facts[] = {
        { "list --zzzzzz", "no option --zzzzzz" },
        { "list --qiuck", "no option --qiuck; did you mean --quick?" },
        { "list --stat x", "no option --stat; did you mean --state?" }, /* an abbreviation */
        { "list --stat=x", "no option --stat; did you mean --state?" },
        { "list --jobs", "--jobs needs N" },
        { "list -p", "--publisher needs ID" },
        { "list --quick=yes", "--quick takes no value" },
        { "list -Z", "no option -Z" },
        { "list -qZ", "no option -Z" },
        { "list --config x", "no option --config" }, /* a variable alone */
        { "list --authority x", "no option --authority" },
        { "list --token x",
          "no option --token: every process can read argv; use OFFERSTAT_TOKEN or "
          "--token-file" },
        { "list --token=x",
          "no option --token: every process can read argv; use OFFERSTAT_TOKEN or "
          "--token-file" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        const char *found = read_text(facts[i].text);
        /* whatever else is near, the option itself is named first */
        assert_memory_equal(found, facts[i].wanted, strlen(facts[i].wanted));
    }
}

static void letters_can_outnumber_words(void **state)
{
    char letters[4001], *argv[] = { (char *)"offerstat", letters, NULL };
    struct command_line line;
    struct error err = ERROR_INIT;

    (void)state;
    memset(letters, 'q', sizeof(letters) - 1);
    letters[0] = '-';
    letters[sizeof(letters) - 1] = '\0';
    assert_int_equal(command_line_read(2, argv, &line, &err), 0);
    assert_int_equal(line.option_count, 3999);
    command_line_clear(&line);
}

static void the_last_value_counts(void **state)
{
    char *argv[] = { (char *)"offerstat", (char *)"--jobs=1", (char *)"-q", (char *)"--jobs=2",
                     NULL };
    struct command_line line;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(command_line_read(4, argv, &line, &err), 0);
    assert_string_equal(command_line_value(&line, "jobs"), "2");
    assert_string_equal(command_line_value(&line, "quiet"), "true");
    assert_null(command_line_value(&line, "profile"));
    command_line_clear(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_before_and_after_words),
        cmocka_unit_test(wrong_options_are_told),
        cmocka_unit_test(letters_can_outnumber_words),
        cmocka_unit_test(the_last_value_counts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
