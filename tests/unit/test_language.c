/* Tests of language.c: what asks for which language. */
#define _POSIX_C_SOURCE 200809L /* setenv */
#include "process/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const variables[] = { "OFFERSTAT_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES",
                                         "LANG" };
#define VARIABLES (sizeof(variables) / sizeof(variables[0]))

struct fact {
    const char *arguments[4], *values[VARIABLES], *language;
};

static void check(const struct fact *fact)
{
    char *argv[6] = { (char[]){ "offerstat" } };
    char words[4][32];
    int argc = 1;
    const char *language;

    for (size_t i = 0; i < VARIABLES; i++) {
        unsetenv(variables[i]);
        if (fact->values[i] != NULL) {
            setenv(variables[i], fact->values[i], 1);
        }
    }
    for (size_t i = 0; i < 4 && fact->arguments[i] != NULL; i++) {
        snprintf(words[i], sizeof(words[i]), "%s", fact->arguments[i]);
        argv[argc++] = words[i];
    }
    language = language_choose(argc, argv);
    if (strcmp(language, fact->language) != 0) {
        print_error("%s %s: LANGUAGE=%s LC_ALL=%s LANG=%s\n",
                    fact->arguments[0] != NULL ? fact->arguments[0] : "",
                    fact->arguments[1] != NULL ? fact->arguments[1] : "",
                    fact->values[1] != NULL ? fact->values[1] : "",
                    fact->values[2] != NULL ? fact->values[2] : "",
                    fact->values[4] != NULL ? fact->values[4] : "");
    }
    assert_string_equal(language, fact->language);
}

static void the_first_that_says_anything_wins(void **state)
{
    static const struct fact facts[] = {
        { { NULL }, { NULL, NULL, NULL, NULL, NULL }, "en" },
        { { NULL }, { NULL, NULL, NULL, NULL, "ko_KR.UTF-8" }, "ko" },
        { { NULL }, { NULL, NULL, NULL, "en_US.UTF-8", "ko_KR.UTF-8" }, "en" },
        { { NULL }, { NULL, NULL, "ko_KR.UTF-8", "en_US.UTF-8", "en_US.UTF-8" }, "ko" },
        { { NULL }, { NULL, "en", "ko_KR.UTF-8", NULL, NULL }, "en" },
        { { NULL }, { NULL, "ko", "en_US.UTF-8", NULL, NULL }, "ko" },
        { { NULL }, { "ko", "en", "en_US.UTF-8", NULL, "en_US" }, "ko" },
        { { "--lang", "en" }, { "ko", "ko", "ko_KR.UTF-8", NULL, NULL }, "en" },
        { { "--lang=ko", "list" }, { NULL, NULL, NULL, NULL, NULL }, "ko" },
        { { "list", "--lang", "ko" }, { "en", NULL, NULL, NULL, NULL }, "ko" },
        { { "--lang=ko", "--lang=en" }, { NULL, NULL, NULL, NULL, NULL }, "en" },
        { { NULL }, { "", "", "", "", "ko_KR" }, "ko" }, /* what is empty says nothing */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        check(&facts[i]);
    }
}

static void words_that_only_look_like_the_option_are_none(void **state)
{
    static const struct fact facts[] = {
        { { "--", "--lang", "ko" }, { NULL, NULL, NULL, NULL, NULL }, "en" },
        { { "list", "--lang" }, { NULL, NULL, NULL, NULL, NULL }, "en" },
        { { "--language=ko" }, { NULL, NULL, NULL, NULL, NULL }, "en" },
        { { "lang", "ko" }, { NULL, NULL, NULL, NULL, NULL }, "en" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        check(&facts[i]);
    }
}

static void a_locale_is_read_by_its_language(void **state)
{
    static const struct {
        const char *locale, *language;
    } facts[] = {
        { "ko", "ko" },          { "ko_KR", "ko" },        { "ko_KR.eucKR", "ko" },
        { "ko@x", "ko" },        { "kok_IN.UTF-8", "en" }, { "k", "en" },
        { "de_DE.UTF-8", "en" }, { "C.UTF-8", "en" },      { "en_GB.UTF-8", "en" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        const struct fact fact = { { NULL },
                                   { NULL, NULL, NULL, NULL, facts[i].locale },
                                   facts[i].language };
        check(&fact);
    }
}

/* LANGUAGE is a list; a language that we do not have is passed over. */
static void language_is_a_list(void **state)
{
    static const struct fact facts[] = {
        { { NULL }, { NULL, "de:ko:en", NULL, NULL, "de_DE.UTF-8" }, "ko" },
        { { NULL }, { NULL, "en:ko", NULL, NULL, "ko_KR.UTF-8" }, "en" },
        { { NULL }, { NULL, "de:fr", NULL, NULL, "ko_KR.UTF-8" }, "ko" },
        { { NULL }, { NULL, ":ko", NULL, NULL, NULL }, "ko" },
        { { NULL }, { NULL, "ko", NULL, NULL, "C.UTF-8" }, "ko" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        check(&facts[i]);
    }
}

static void the_locale_c_is_english_whatever_language_says(void **state)
{
    static const struct fact facts[] = {
        { { NULL }, { NULL, "ko", "C", NULL, "ko_KR.UTF-8" }, "en" },
        { { NULL }, { NULL, "ko", NULL, NULL, "POSIX" }, "en" },
        { { NULL }, { "ko", "ko", "C", NULL, NULL }, "ko" }, /* but not whatever ours says */
    };
    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        check(&facts[i]);
    }
}

static void english_and_korean_are_the_languages(void **state)
{
    (void)state;
    assert_string_equal(language_name(0), "en");
    assert_string_equal(language_name(1), "ko");
    assert_null(language_name(2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_that_says_anything_wins),
        cmocka_unit_test(words_that_only_look_like_the_option_are_none),
        cmocka_unit_test(a_locale_is_read_by_its_language),
        cmocka_unit_test(language_is_a_list),
        cmocka_unit_test(the_locale_c_is_english_whatever_language_says),
        cmocka_unit_test(english_and_korean_are_the_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
