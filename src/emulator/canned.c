/* canned.c - answers that the scenario gives word for word. */
#include "canned.h"

#include "json.h"

#include <string.h>

void canned_answer(const cJSON *scenario, long *times_given, const char *path, const char *query,
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
        const char *query_part = json_text(entry, "query");
        i++;
        if (strcmp(json_text(entry, "path"), path) != 0 ||
            (query_part != NULL && strstr(query, query_part) == NULL) ||
            (times != NULL && times_given[i] >= times->valueint)) {
            continue;
        }
        times_given[i]++;
        reply_json(reply, 200, json != NULL ? cJSON_PrintUnformatted(json) : NULL);
        reply->status = status != NULL ? (unsigned)status->valueint : 200;
        if (body != NULL) {
            reply->given_body = body->valuestring;
        }
        reply->headers = cJSON_GetObjectItemCaseSensitive(entry, "headers");
        return;
    }
}
