/* scenario.c - what the portal holds, from a JSON document that is checked member by member. */
#include "scenario.h"

#include "api.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO_MAX ((size_t)64 * 1024 * 1024)

enum kind { TEXT, NUMBER, DIGITS, DURATION, ENDING, APIS, NUMBERS, BOOL, TEXTS, OBJECT, LIST, ANY };

/* A member: its kind, and the shape of the objects in it. */
struct member {
    const char *name;
    enum kind kind;
    const struct member *of;
    bool needed;
};

static const struct member message_shape[] = {
    { "html", TEXT, NULL, false },
    { "level", TEXT, NULL, false },
    { "at", TEXT, NULL, false },
    { 0 },
};
static const struct member step_shape[] = {
    { "id", TEXT, NULL, false },
    { "name", TEXT, NULL, false },
    { "description", TEXT, NULL, false },
    { "status", TEXT, NULL, true },
    { "estimated", TEXT, NULL, false },
    { "progress", NUMBER, NULL, false },
    { "takes", DURATION, NULL, false },
    { "ends", ENDING, NULL, false },
    { "messages", LIST, message_shape, false },
    { 0 },
};
static const struct member submission_shape[] = {
    { "id", TEXT, NULL, true },
    { "type", TEXT, NULL, true },
    { "state", TEXT, NULL, true },
    { "slot", TEXT, NULL, false },
    { "version", DIGITS, NULL, false },
    { "changed", TEXT, NULL, false },
    { 0 },
};
static const struct member slots_shape[] = {
    { "preview", DIGITS, NULL, false },
    { "production", DIGITS, NULL, false },
    { 0 },
};
/* What is written here takes the place of what would be told of the offer. */
static const struct member ingestion_shape[] = {
    { "submissions", ANY, NULL, false },
    { "workflow", ANY, NULL, false },
    { "validations", ANY, NULL, false },
    { "product", ANY, NULL, false },
    { 0 },
};
static const struct member graph_shape[] = {
    { "submissions", ANY, NULL, false },
    { "product", ANY, NULL, false },
    { 0 },
};
static const struct member offer_shape[] = {
    { "id", TEXT, NULL, true },
    { "name", TEXT, NULL, false },
    { "type", TEXT, NULL, false },
    { "status", TEXT, NULL, true },
    { "version", DIGITS, NULL, false },
    { "changed", TEXT, NULL, false },
    { "slots", OBJECT, slots_shape, false },
    { "messages", LIST, message_shape, false },
    { "steps", LIST, step_shape, false },
    { "submissions", LIST, submission_shape, false },
    { "listItem", ANY, NULL, false },
    { "omit", TEXTS, NULL, false },
    { "repeat", NUMBER, NULL, false },
    { "productId", TEXT, NULL, false },
    { "in", APIS, NULL, false },
    { "lifecycle", TEXT, NULL, false },
    { "ingestion", OBJECT, ingestion_shape, false },
    { "graph", OBJECT, graph_shape, false },
    { 0 },
};
static const struct member publisher_shape[] = {
    { "id", TEXT, NULL, true },          { "name", TEXT, NULL, false },
    { "sellerId", NUMBER, NULL, false }, { "offers", LIST, offer_shape, false },
    { "forbidden", ANY, NULL, false },   { 0 },
};
static const struct member answer_shape[] = {
    { "path", TEXT, NULL, true },      { "query", TEXT, NULL, false },
    { "status", NUMBER, NULL, false }, { "headers", ANY, NULL, false },
    { "json", ANY, NULL, false },      { "body", TEXT, NULL, false },
    { "times", NUMBER, NULL, false },  { 0 },
};
static const struct member whole_ingestion_shape[] = {
    { "pageSizes", NUMBERS, NULL, false }, { "submissionPageSize", NUMBER, NULL, false },
    { "plainList", BOOL, NULL, false },    { "requireSellerId", BOOL, NULL, false },
    { "endIs404", BOOL, NULL, false },     { 0 },
};
static const struct member whole_graph_shape[] = {
    { "pageSize", NUMBER, NULL, false },
    { "continuationToken", BOOL, NULL, false },
    { 0 },
};
static const struct member job_shape[] = {
    { "id", TEXT, NULL, true },
    { "status", TEXT, NULL, true },
    { "result", TEXT, NULL, false },
    { "start", TEXT, NULL, false },
    { "end", TEXT, NULL, false },
    { "errors", ANY, NULL, false },
    { 0 },
};
static const struct member scenario_shape[] = {
    { "publishers", LIST, publisher_shape, false },
    { "ingestion", OBJECT, whole_ingestion_shape, false },
    { "graph", OBJECT, whole_graph_shape, false },
    { "jobs", LIST, job_shape, false },
    { "answers", LIST, answer_shape, false },
    { 0 },
};

static bool scenario_is_digits(const cJSON *item)
{
    const char *text = cJSON_GetStringValue(item);

    return cJSON_IsNumber(item) ||
           (text != NULL && *text != '\0' && text[strspn(text, "0123456789")] == '\0');
}

static bool scenario_is_word(const cJSON *item, const char *const *words)
{
    while (*words != NULL && (!cJSON_IsString(item) || strcmp(item->valuestring, *words) != 0)) {
        words++;
    }
    return *words != NULL;
}

static bool scenario_all_are(const cJSON *list, bool (*is)(const cJSON *item))
{
    const cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        if (!is(item)) {
            return false;
        }
    }
    return cJSON_IsArray(list);
}

static bool scenario_is_api(const cJSON *item)
{
    static const char *const words[] = { "cpp", "ingestion", "graph", NULL };

    return scenario_is_word(item, words);
}

static bool scenario_is_size(const cJSON *item)
{
    return cJSON_IsNumber(item) && item->valuedouble >= 0;
}

static bool scenario_has_kind(const cJSON *item, enum kind kind)
{
    static const char *const endings[] = { "rejected", "blocked", NULL };
    int64_t ms;

    switch (kind) {
    case TEXT:
        return cJSON_IsString(item);
    case DURATION:
        return cJSON_IsString(item) && duration_parse(item->valuestring, &ms);
    case ENDING:
        return scenario_is_word(item, endings);
    case APIS:
        return scenario_all_are(item, scenario_is_api);
    case NUMBERS:
        return scenario_all_are(item, scenario_is_size) && cJSON_GetArraySize(item) > 0;
    case BOOL:
        return cJSON_IsBool(item);
    case NUMBER:
        return cJSON_IsNumber(item);
    case DIGITS:
        return scenario_is_digits(item);
    case TEXTS:
    case LIST:
        return cJSON_IsArray(item);
    case OBJECT:
        return cJSON_IsObject(item);
    case ANY:
        return true;
    }
    return false;
}

static int scenario_check_object(const cJSON *object, const struct member *shape, const char *path,
                                 struct error *err);

static int scenario_check_list(const cJSON *list, const struct member *m, const char *path,
                               struct error *err)
{
    char below[256];
    const cJSON *item;
    int i = 0;

    cJSON_ArrayForEach(item, list)
    {
        snprintf(below, sizeof(below), "%.240s[%d]", path, i++);
        if (m->kind == TEXTS && !cJSON_IsString(item)) {
            return error_set(err, ERR_USAGE, "%s: expected a text", below);
        }
        if (m->kind == LIST && scenario_check_object(item, m->of, below, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int scenario_check_member(const cJSON *item, const struct member *shape, const char *path,
                                 struct error *err)
{
    static const char *const kinds[] = { "a text",
                                         "a number",
                                         "a whole number or its digits",
                                         "a time such as 2h",
                                         "rejected or blocked",
                                         "a list of cpp, ingestion and graph",
                                         "a list of numbers",
                                         "true or false",
                                         "a list of texts",
                                         "an object",
                                         "a list of objects",
                                         "any value" };
    const struct member *m = shape;

    while (m->name != NULL && strcmp(m->name, item->string) != 0) {
        m++;
    }
    if (m->name == NULL) {
        return error_set(err, ERR_USAGE, "%s: no such member", path);
    }
    if (!scenario_has_kind(item, m->kind)) {
        return error_set(err, ERR_USAGE, "%s: expected %s", path, kinds[m->kind]);
    }
    return m->kind == OBJECT                       ? scenario_check_object(item, m->of, path, err)
           : (m->kind == LIST || m->kind == TEXTS) ? scenario_check_list(item, m, path, err)
                                                   : 0;
}

static int scenario_check_object(const cJSON *object, const struct member *shape, const char *path,
                                 struct error *err)
{
    char below[256];
    const cJSON *item;

    if (!cJSON_IsObject(object)) {
        return error_set(err, ERR_USAGE, "%s: expected an object", path);
    }
    cJSON_ArrayForEach(item, object)
    {
        snprintf(below, sizeof(below), "%.160s%s%.80s", path, *path != '\0' ? "." : "",
                 item->string);
        if (scenario_check_member(item, shape, below, err) != 0) {
            return -1;
        }
    }
    for (const struct member *m = shape; m->name != NULL; m++) {
        if (m->needed && cJSON_GetObjectItemCaseSensitive(object, m->name) == NULL) {
            return error_set(err, ERR_USAGE, "%s.%s: is missing", path, m->name);
        }
    }
    return 0;
}

cJSON *scenario_parse(const char *text, size_t len, struct error *err)
{
    const char *end = NULL;
    cJSON *scenario = cJSON_ParseWithLengthOpts(text, len, &end, 0);
    size_t line = 1;

    if (scenario == NULL) {
        for (const char *p = text; end != NULL && p < end; p++) {
            line += *p == '\n' ? 1 : 0;
        }
        error_set(err, ERR_USAGE, "line %zu: no valid JSON", line);
        return NULL;
    }
    if (scenario_check_object(scenario, scenario_shape, "", err) != 0) {
        cJSON_Delete(scenario);
        return NULL;
    }
    return scenario;
}

cJSON *scenario_load(const char *file, struct error *err)
{
    struct strbuf text = STRBUF_INIT(SCENARIO_MAX);
    cJSON *scenario = NULL;
    char chunk[65536];
    FILE *in = fopen(file, "rb");
    size_t len;

    if (in == NULL) {
        error_set(err, ERR_USAGE, "%s: %s", file, strerror(errno));
        return NULL;
    }
    while ((len = fread(chunk, 1, sizeof(chunk), in)) > 0) {
        strbuf_append(&text, chunk, len);
    }
    if (ferror(in) || text.failed) {
        error_set(err, ERR_USAGE, "%s: cannot be read, or has more than 64 MiB", file);
    } else {
        scenario = scenario_parse(strbuf_text(&text), text.len, err);
        if (scenario == NULL) {
            error_wrap(err, "%s", file);
        }
    }
    fclose(in);
    strbuf_clear(&text);
    return scenario;
}

extern const unsigned char demo_json[]; /* demo.json, made into C by the build */
extern const size_t demo_json_size;

cJSON *scenario_demo(struct error *err)
{
    return scenario_parse((const char *)demo_json, demo_json_size, err);
}
