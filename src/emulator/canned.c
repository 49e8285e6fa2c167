/* canned.c - answers that the scenario has word by word. */
#include "emulator.h"

#include <string.h>

bool canned_answer(const cJSON *scenario, long *answered, const char *path, const char *query,
                   struct reply *reply)
{
    const cJSON *entry;
    int i = -1;

    cJSON_ArrayForEach(entry, cJSON_GetObjectItemCaseSensitive(scenario, "answers"))
    {
        const cJSON *times = cJSON_GetObjectItemCaseSensitive(entry, "times");
        const cJSON *json = cJSON_GetObjectItemCaseSensitive(entry, "json");
        const cJSON *body = cJSON_GetObjectItemCaseSensitive(entry, "body");
        const cJSON *status = cJSON_GetObjectItemCaseSensitive(entry, "status");
        const char *within = text_of(entry, "query");
        i++;
        if (strcmp(text_of(entry, "path"), path) != 0 ||
            (within != NULL && strstr(query, within) == NULL) ||
            (times != NULL && answered[i] >= times->valueint)) {
            continue;
        }
        answered[i]++;
        reply_json(reply, status != NULL ? (unsigned)status->valueint : 200,
                   json != NULL ? cJSON_PrintUnformatted(json) : NULL);
        reply->status = status != NULL ? (unsigned)status->valueint : 200;
        if (body != NULL) {
            strbuf_puts(&reply->body, body->valuestring);
        }
        reply->headers = cJSON_GetObjectItemCaseSensitive(entry, "headers");
        return true;
    }
    return false;
}
