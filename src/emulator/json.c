/* json.c - members of JSON objects, as far as cJSON has no function for them. */
#include "json.h"

#include <stddef.h>
#include <strings.h>

const char *json_text(const cJSON *object, const char *member)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, member));
}

bool json_text_is(const cJSON *object, const char *member, const char *wanted)
{
    const char *text = json_text(object, member);

    return text != NULL && strcasecmp(text, wanted) == 0;
}

void json_add_text(cJSON *to, const char *name, const cJSON *from, const char *member)
{
    const char *text = json_text(from, member);

    if (text != NULL) {
        cJSON_AddStringToObject(to, name, text);
    }
}

void json_set(cJSON *object, const char *name, cJSON *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddItemToObject(object, name, value);
}

void json_set_text(cJSON *object, const char *name, const char *text)
{
    json_set(object, name, cJSON_CreateString(text));
}

cJSON *json_overlay(cJSON *item, const cJSON *over)
{
    const cJSON *member;

    if (over != NULL && !cJSON_IsObject(over)) {
        cJSON_Delete(item);
        return cJSON_Duplicate(over, true);
    }
    cJSON_ArrayForEach(member, over)
    {
        cJSON_DeleteItemFromObjectCaseSensitive(item, member->string);
        cJSON_AddItemToObject(item, member->string, cJSON_Duplicate(member, true));
    }
    return item;
}
