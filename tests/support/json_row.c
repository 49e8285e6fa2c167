/* json_row.c - from a row of a table to a parsed element. */
#include "json_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

char *json_quoted(struct arena *a, const char *text)
{
    char *copy = arena_strdup(a, text);

    assert_non_null(copy);
    for (char *p = copy; *p != '\0'; p++) {
        *p = (char)(*p == '\'' ? '"' : *p);
    }
    return copy;
}

cJSON *json_row(const char *text, const char *const *members, struct arena *parsed)
{
    struct arena copies = ARENA_INIT;
    struct error err = ERROR_INIT;
    char *copy = json_quoted(&copies, text);
    cJSON *item = json_parse(copy, strlen(copy), members, parsed, &err);

    arena_clear(&copies);
    if (item == NULL) {
        fail_msg("%s: %s", text, err.text);
    }
    return item;
}

void expect_text(const char *row, const char *field, const char *got, const char *want)
{
    if ((got == NULL) != (want == NULL) || (got != NULL && strcmp(got, want) != 0)) {
        fail_msg("%s: %s: found \"%s\", expected \"%s\"", row, field,
                 got != NULL ? got : "(nothing)", want != NULL ? want : "(nothing)");
    }
}

void expect_number(const char *row, const char *field, long got, long want)
{
    if (got != want) {
        fail_msg("%s: %s: found %ld, expected %ld", row, field, got, want);
    }
}
