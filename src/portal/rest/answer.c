/* answer.c - distinguishing an answer from an error document and from an empty object. */
#include "rest/answer.h"

#include "offerstat/translate.h"

#include <stdio.h>
#include <string.h>

static bool is_absent(const cJSON *item)
{
    return cJSON_IsNull(item) || (cJSON_IsString(item) && item->valuestring[0] == '\0');
}

/* Whether object has a member of this name that is neither null nor an empty text. */
static bool has(const cJSON *object, const char *name, size_t len)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, object)
    {
        if (item->string != NULL && item->string[0] == name[0] && strlen(item->string) == len &&
            memcmp(item->string, name, len) == 0 && !is_absent(item)) {
            return true;
        }
    }
    return false;
}

/* Whether object has one of the members "a|b". */
static bool has_one_of(const cJSON *object, const char *names)
{
    while (*names != '\0') {
        size_t len = strcspn(names, "|");
        if (has(object, names, len)) {
            return true;
        }
        names += len + (names[len] == '|');
    }
    return false;
}

bool answer_has_error(const cJSON *object)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, object)
    {
        bool is_empty_list = (cJSON_IsArray(item) || cJSON_IsObject(item)) && item->child == NULL;
        if (item->string != NULL && strcmp(item->string, ANSWER_ERRORS) == 0 && !is_absent(item) &&
            !is_empty_list) {
            return true;
        }
    }
    return has_one_of(object, ANSWER_ERROR);
}

bool answer_is_error(const cJSON *object)
{
    return cJSON_IsObject(object) &&
           (answer_has_error(object) || has_one_of(object, ANSWER_MESSAGE "|" ANSWER_FAULT));
}

static int found_an_error(const char *where, const char *what, struct error *err)
{
    const char *colon = *where != '\0' ? ": " : "";

    error_set(err, ERR_ANSWER, "%s%sexpected %s, found an error document", where, colon, what);
    error_set_local(err, _("%s%sexpected %s, found an error document"), where, colon, _(what));
    return -1;
}

int answer_check(const cJSON *item, const char *where, const char *what, const char *const *members,
                 struct error *err)
{
    const char *colon = *where != '\0' ? ": " : "", *dot = *where != '\0' ? "." : "";
    const char *missing = NULL;
    size_t there = 0;

    if (json_need_object(item, where, err) != 0) {
        return -1;
    }
    for (; *members != NULL; members++) {
        if (has_one_of(item, *members)) {
            there++;
        } else if (missing == NULL) {
            missing = *members;
        }
    }
    if (missing == NULL) {
        return 0;
    }
    if (answer_is_error(item)) {
        return found_an_error(where, what, err);
    }
    if (there == 0) {
        error_set(err, ERR_ANSWER, "%s%sexpected %s, found an object without its members", where,
                  colon, what);
        error_set_local(err, _("%s%sexpected %s, found an object without its members"), where,
                        colon, _(what));
        return -1;
    }
    return error_set(err, ERR_ANSWER, "%s%s%.*s: is missing", where, dot,
                     (int)strcspn(missing, "|"), missing);
}

int answer_check_whole(const cJSON *item, const char *what, const char *const *members,
                       struct error *err)
{
    if (answer_check(item, "", what, members, err) != 0) {
        return -1;
    }
    if (answer_has_error(item)) {
        return found_an_error("", what, err);
    }
    return 0;
}
