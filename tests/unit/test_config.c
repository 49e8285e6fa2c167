/* test_config.c - the configuration file, as people write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "options/config.h"
#include "terminal/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char file[] = "/tmp/offerstat_config_XXXXXX";
static char seen[1024];
static struct error err;

static void write_file(const char *text)
{
    FILE *f = fopen(file, "w");

    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static const char *read_file(void)
{
    static char text[1024];
    FILE *f = fopen(file, "r");

    assert_non_null(f);
    text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
    assert_int_equal(fclose(f), 0);
    return text;
}

static int on_key(void *user, const struct config_key *key, struct error *e)
{
    size_t at = strlen(seen);

    (void)user;
    assert_string_equal(key->file, file);
    snprintf(seen + at, sizeof(seen) - at, "%u:%s=%s|", key->line, key->name, key->value);
    if (strcmp(key->name, "stop") == 0) {
        return error_set(e, ERR_USAGE, "stopped");
    }
    return 0;
}

static int read_keys(const char *text, const char *profile)
{
    write_file(text);
    seen[0] = '\0';
    err = (struct error)ERROR_INIT;
    return config_read(profile, on_key, NULL, &err);
}

static void keys_as_people_write_them(void **state)
{
    static const struct {
        const char *text, *profile, *wanted;
    } facts[] = {
        { "", NULL, "" },
        { "jobs = 3\n", NULL, "1:jobs=3|" },
        { "jobs=3", NULL, "1:jobs=3|" }, /* no newline at the end */
        { "# note\n\n; note\njobs = 3 ; few\n", NULL, "4:jobs=3|" },
        { "jobs = 3\r\n", NULL, "1:jobs=3|" },
        { "  jobs = 3\n\tretries = 1\n", NULL, "1:jobs=3|2:retries=1|" },
        { "jobs = 3\njobs = 4\n", NULL, "1:jobs=3|2:jobs=4|" },
        { "publisher = a=b\n", NULL, "1:publisher=a=b|" },
        { "jobs = 1\n[profile x]\njobs = 2\n", NULL, "1:jobs=1|" },
        { "jobs = 1\n[profile x]\njobs = 2\n", "x", "1:jobs=1|3:jobs=2|" },
        { "[profile x]\njobs = 2\n[profile y]\njobs = 3\n", "y", "4:jobs=3|" },
        { "[profile x]\n  jobs = 2\n", "x", "2:jobs=2|" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        assert_int_equal(read_keys(facts[i].text, facts[i].profile), 0);
        assert_string_equal(seen, facts[i].wanted);
    }
}

static void what_cannot_be_read_names_its_line(void **state)
{
    char text[512] = "jobs = 1\nendpoint = ", wanted[128];

    (void)state;
    assert_int_equal(read_keys("jobs = 1\nnonsense\n", NULL), -1);
    assert_int_equal(err.code, ERR_USAGE);
    snprintf(wanted, sizeof(wanted), "%s:2: expected key = value or [profile NAME]", file);
    assert_string_equal(err.text, wanted);
    memset(text + strlen(text), 'x', 300);
    assert_int_equal(read_keys(text, NULL), -1);
    snprintf(wanted, sizeof(wanted), "%s:2: the line is too long", file);
    assert_string_equal(err.text, wanted);
    assert_int_equal(read_keys("stop = 1\njobs = 2\n", NULL), -1);
    assert_string_equal(err.text, "stopped");
    assert_string_equal(seen, "1:stop=1|"); /* the visitor is not asked again */
}

static void a_profile_must_be_there(void **state)
{
    (void)state;
    assert_int_equal(read_keys("jobs = 1\n[profile x]\njobs = 2\n", "y"), -1);
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void set_leaves_the_rest_alone(void **state)
{
    static const struct {
        const char *before, *profile, *after;
    } facts[] = {
        { "", NULL, "jobs = 5\n" },
        { "# note\njobs = 3\nretries = 1\n", NULL, "# note\njobs = 5\nretries = 1\n" },
        { "jobs = 3\njobs = 4\n", NULL, "jobs = 5\n" },
        { "retries = 1", NULL, "retries = 1\njobs = 5\n" },
        { "[profile x]\njobs = 3\n", NULL, "jobs = 5\n[profile x]\njobs = 3\n" },
        { "jobs = 3\n", "x", "jobs = 3\n\n[profile x]\njobs = 5\n" },
        { "jobs = 3\n[profile x]\n  jobs = 4\n[profile xy]\njobs = 9\n", "x",
          "jobs = 3\n[profile x]\njobs = 5\n[profile xy]\njobs = 9\n" },
        { "[profile x]\nretries = 1\n[profile y]\n", "x",
          "[profile x]\nretries = 1\njobs = 5\n[profile y]\n" },
        { "jobs-of-mine = 3\n", NULL, "jobs-of-mine = 3\njobs = 5\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        write_file(facts[i].before);
        assert_int_equal(config_set(facts[i].profile, "jobs", "5", &err), 0);
        assert_string_equal(read_file(), facts[i].after);
    }
}

/* A value that would be read differently must not be written. */
static void set_refuses_what_would_not_come_back(void **state)
{
    static const char *const values[] = { "", " a", "a ", "a ;b", "a\t;b", ";a", "a\nb", "a\rb" };

    (void)state;
    write_file("jobs = 3\n");
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        assert_int_equal(config_set(NULL, "publisher", values[i], &err), -1);
        assert_int_equal(err.code, ERR_USAGE);
    }
    assert_string_equal(read_file(), "jobs = 3\n");
    assert_int_equal(config_set(NULL, "publisher", "a;b c=d # e", &err), 0);
    seen[0] = '\0';
    assert_int_equal(config_read(NULL, on_key, NULL, &err), 0);
    assert_string_equal(seen, "1:jobs=3|2:publisher=a;b c=d # e|");
}

static void names_that_are_no_keys(void **state)
{
    const struct config_key secret = { .file = "f", .name = "client-secret", .value = "hunter2" };
    const struct config_key unknown = { .file = "f", .name = "jops", .value = "3" };

    (void)state;
    assert_int_equal(config_refuse(&secret, &err), -1);
    assert_null(strstr(err.text, "hunter2"));
    assert_int_equal(config_refuse(&unknown, &err), 0);
    assert_true(config_is_secret("Refresh_Token"));
    assert_false(config_is_secret("token-file"));
    assert_string_equal(config_nearest("jops"), "jobs");
    assert_null(config_nearest("zzzzzz"));
    assert_null(config_nearest("show-orign")); /* an option, but no key */
}

static int make_file(void **state)
{
    int fd = mkstemp(file);

    (void)state;
    say_setup(true, false, false);
    setenv("OFFERSTAT_CONFIG", file, 1);
    return fd >= 0 ? close(fd) : -1;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_as_people_write_them),
        cmocka_unit_test(what_cannot_be_read_names_its_line),
        cmocka_unit_test(a_profile_must_be_there),
        cmocka_unit_test(set_leaves_the_rest_alone),
        cmocka_unit_test(set_refuses_what_would_not_come_back),
        cmocka_unit_test(names_that_are_no_keys),
    };

    return cmocka_run_group_tests(tests, make_file, remove_file);
}
