/* test_paths.c - where files of the user live. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "process/paths.h"

#include <stdlib.h>

static void set_or_unset(const char *name, const char *value)
{
    if (value != NULL) {
        setenv(name, value, 1);
    } else {
        unsetenv(name);
    }
}

static void only_absolute_folders_count(void **state)
{
    static const struct {
        const char *base, *home, *wanted; /* NULL: there is no place */
    } facts[] = {
        { "/base", "/home/me", "/base/offerstat/config" },
        { NULL, "/home/me", "/home/me/.config/offerstat/config" },
        { "", "/home/me", "/home/me/.config/offerstat/config" },
        { "relative", "/home/me", "/home/me/.config/offerstat/config" },
        { "/base", NULL, "/base/offerstat/config" },
        { NULL, "relative", NULL },
        { NULL, NULL, NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        struct strbuf path = STRBUF_INIT(256);
        set_or_unset("XDG_CONFIG_HOME", facts[i].base);
        set_or_unset("HOME", facts[i].home);
        assert_int_equal(paths_config(&path, "config"), facts[i].wanted != NULL);
        assert_string_equal(strbuf_text(&path), facts[i].wanted != NULL ? facts[i].wanted : "");
        strbuf_clear(&path);
    }
}

static void each_profile_has_a_login_of_its_own(void **state)
{
    struct strbuf path = STRBUF_INIT(256);

    (void)state;
    set_or_unset("XDG_CONFIG_HOME", "/base");
    assert_true(paths_login(&path, NULL));
    assert_string_equal(strbuf_text(&path), "/base/offerstat/login.json");
    strbuf_reset(&path);
    assert_true(paths_login(&path, "test"));
    assert_string_equal(strbuf_text(&path), "/base/offerstat/login-test.json");
    strbuf_clear(&path);
}

static void an_empty_variable_is_not_set(void **state)
{
    (void)state;
    setenv("OFFERSTAT_CONFIG", "", 1);
    assert_null(env_text("OFFERSTAT_CONFIG"));
    setenv("OFFERSTAT_CONFIG", "x", 1);
    assert_string_equal(env_text("OFFERSTAT_CONFIG"), "x");
    unsetenv("OFFERSTAT_CONFIG");
    assert_null(env_text("OFFERSTAT_CONFIG"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_absolute_folders_count),
        cmocka_unit_test(each_profile_has_a_login_of_its_own),
        cmocka_unit_test(an_empty_variable_is_not_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
