/* json_read.c - members of an object, checked for their type; errors name the member's path. */
#include "json/json.h"

#include "offerstat/timestamp.h"
#include "offerstat/translate.h"

#include <string.h>

const char *json_kind(const cJSON *item)
{
    if (cJSON_IsString(item)) {
        return N_("text");
    }
    if (cJSON_IsNumber(item)) {
        return N_("a number");
    }
    if (cJSON_IsBool(item)) {
        return cJSON_IsTrue(item) ? "true" : "false";
    }
    if (cJSON_IsArray(item)) {
        return N_("an array");
    }
    return cJSON_IsObject(item) ? N_("an object") : "null";
}

int json_need_object(const cJSON *item, const char *where, struct error *err)
{
    if (cJSON_IsObject(item)) {
        return 0;
    }
    error_set(err, ERR_ANSWER, "%s%sexpected an object, found %s", where,
              *where != '\0' ? ": " : "", json_kind(item));
    error_set_local(err, _("%s%sexpected an object, found %s"), where, *where != '\0' ? ": " : "",
                    _(json_kind(item)));
    return -1;
}

int json_keep(struct arena *a, const char **text, struct error *err)
{
    const char *from = *text;

    *text = arena_strdup(a, from);
    if (from != NULL && *text == NULL) {
        return error_memory(err);
    }
    return 0;
}

/* A member that stands twice says two things, and who takes the first is contradicted by who takes
 * the last, as most readers of JSON do.  *out is NULL where it is absent or null. */
static int find_member(const cJSON *object, const char *where, const char *member,
                       const cJSON **out, struct error *err)
{
    const cJSON *item, *found = NULL;

    *out = NULL;
    cJSON_ArrayForEach(item, object)
    {
        if (item->string == NULL || item->string[0] != member[0] ||
            strcmp(item->string, member) != 0) {
            continue;
        }
        /* cppcheck-suppress knownConditionTrueFalse ; it takes the macro's loop for one round */
        if (found != NULL) {
            return error_set(err, ERR_ANSWER, "%s%s%s: occurs twice", where,
                             *where != '\0' ? "." : "", member);
        }
        found = item;
    }
    if (!cJSON_IsNull(found)) {
        *out = found;
    }
    return 0;
}

static int wrong_type(const char *where, const char *member, const char *wanted, const cJSON *item,
                      struct error *err)
{
    const char *dot = *where != '\0' ? "." : "";

    error_set(err, ERR_ANSWER, "%s%s%s: expected %s, found %s", where, dot, member, wanted,
              json_kind(item));
    error_set_local(err, _("%s%s%s: expected %s, found %s"), where, dot, member, _(wanted),
                    _(json_kind(item)));
    return -1;
}

int json_text(const cJSON *object, const char *where, const char *member, const char **out,
              struct error *err)
{
    const cJSON *item;

    *out = NULL;
    if (find_member(object, where, member, &item, err) != 0) {
        return -1;
    }
    if (item != NULL && !cJSON_IsString(item)) {
        return wrong_type(where, member, N_("text"), item, err);
    }
    if (item != NULL && item->valuestring[0] != '\0') {
        *out = item->valuestring;
    }
    return 0;
}

int json_text_or_number(const cJSON *object, const char *where, const char *member,
                        const char **out, struct error *err)
{
    const cJSON *item;

    *out = NULL;
    if (find_member(object, where, member, &item, err) != 0) {
        return -1;
    }
    if (item == NULL || cJSON_IsString(item)) {
        return json_text(object, where, member, out, err);
    }
    if (!cJSON_IsNumber(item)) {
        return wrong_type(where, member, N_("text or a number"), item, err);
    }
    *out = item->valuestring;
    return 0;
}

int json_percent(const cJSON *object, const char *where, const char *member, int *out,
                 struct error *err)
{
    const cJSON *item;

    *out = -1;
    if (find_member(object, where, member, &item, err) != 0) {
        return -1;
    }
    if (item != NULL && !cJSON_IsNumber(item)) {
        return wrong_type(where, member, N_("a number"), item, err);
    }
    if (item != NULL && item->valuedouble >= 0 && item->valuedouble <= 100) {
        *out = (int)item->valuedouble;
    }
    return 0;
}

int json_array(const cJSON *object, const char *where, const char *member, const cJSON **out,
               struct error *err)
{
    const cJSON *item;

    *out = NULL;
    if (find_member(object, where, member, &item, err) != 0) {
        return -1;
    }
    if (item != NULL && !cJSON_IsArray(item)) {
        return wrong_type(where, member, N_("an array"), item, err);
    }
    *out = item;
    return 0;
}

int json_list(const cJSON *object, const char *where, const char *member, const cJSON **out,
              struct error *err)
{
    if (find_member(object, where, member, out, err) != 0) {
        return -1;
    }
    if (*out != NULL && !cJSON_IsArray(*out) && !cJSON_IsObject(*out)) {
        const cJSON *item = *out;
        *out = NULL;
        return wrong_type(where, member, N_("an array"), item, err);
    }
    return 0;
}

int json_object(const cJSON *object, const char *where, const char *member, const cJSON **out,
                struct error *err)
{
    const cJSON *item;

    *out = NULL;
    if (find_member(object, where, member, &item, err) != 0) {
        return -1;
    }
    if (item != NULL && !cJSON_IsObject(item)) {
        return wrong_type(where, member, N_("an object"), item, err);
    }
    *out = item;
    return 0;
}

int json_time(const cJSON *object, const char *where, const char *member, struct arena *a,
              const char **out, struct error *err)
{
    char text[TIMESTAMP_MAX];
    const char *raw = NULL;
    int64_t unix_ms;

    *out = NULL;
    if (json_text(object, where, member, &raw, err) != 0) {
        return -1;
    }
    if (timestamp_read(raw, &unix_ms, text) == TIMESTAMP_OK) {
        *out = arena_strdup(a, text);
        return *out != NULL ? 0 : error_memory(err);
    }
    return 0;
}
