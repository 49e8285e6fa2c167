/* scenario.c - what the portal holds: a JSON document, checked member by member.
 *
 * A scenario has publishers with their offers, in the words of the Cloud Partner Portal: it shows
 * most of an offer, and what the other two APIs show is derived from it (story.c).  It also has
 * settings of the two other APIs, jobs, and answers given word for word.  The tables below are the
 * whole format; the document is kept as cJSON parsed it, and the other files read it.
 *
 * An unknown member is an error, since a misspelt one would silently be missing from a test. */
#include "scenario.h"

#include "api.h"
#include "offerstat/strbuf.h"
#include "offerstat/timestamp.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCENARIO_MAX ((size_t)64 * 1024 * 1024)

enum kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_DIGITS, /* a version: the services have longer ones than a JSON number keeps exactly */
    KIND_DURATION,
    KIND_ENDING,
    KIND_APIS,
    KIND_NUMBERS,
    KIND_BOOL,
    KIND_TEXTS,
    KIND_OBJECT,
    KIND_LIST, /* of objects */
    KIND_ANY
};

/* A member of an object: where it is allowed, and what it may be. */
struct member {
    const char *name; /* NULL ends the list */
    enum kind kind;
    const struct member *members; /* of the object, or of each object in the list */
    bool required;
};

static const struct member message_shape[] = {
    { .name = "html", .kind = KIND_TEXT },
    { .name = "level", .kind = KIND_TEXT },
    { .name = "at", .kind = KIND_TEXT },
    { 0 },
};
static const struct member step_shape[] = {
    { .name = "id", .kind = KIND_TEXT },
    { .name = "name", .kind = KIND_TEXT },
    { .name = "description", .kind = KIND_TEXT },
    { .name = "status", .kind = KIND_TEXT, .required = true },
    { .name = "estimated", .kind = KIND_TEXT },
    { .name = "progress", .kind = KIND_NUMBER },
    { .name = "takes", .kind = KIND_DURATION },
    { .name = "ends", .kind = KIND_ENDING },
    { .name = "messages", .kind = KIND_LIST, .members = message_shape },
    { 0 },
};
static const struct member submission_shape[] = {
    { .name = "id", .kind = KIND_TEXT, .required = true },
    { .name = "type", .kind = KIND_TEXT, .required = true },
    { .name = "state", .kind = KIND_TEXT, .required = true },
    { .name = "slot", .kind = KIND_TEXT },
    { .name = "version", .kind = KIND_DIGITS },
    { .name = "changed", .kind = KIND_TEXT },
    { 0 },
};
static const struct member slots_shape[] = {
    { .name = "preview", .kind = KIND_DIGITS },
    { .name = "production", .kind = KIND_DIGITS },
    { 0 },
};
/* "ingestion" and "graph" of an offer replace what would be derived for this API. */
static const struct member ingestion_shape[] = {
    { .name = "submissions", .kind = KIND_ANY },
    { .name = "workflow", .kind = KIND_ANY },
    { .name = "validations", .kind = KIND_ANY },
    { .name = "product", .kind = KIND_ANY },
    { 0 },
};
static const struct member graph_shape[] = {
    { .name = "submissions", .kind = KIND_ANY },
    { .name = "product", .kind = KIND_ANY },
    { 0 },
};
static const struct member offer_shape[] = {
    { .name = "id", .kind = KIND_TEXT, .required = true },
    { .name = "name", .kind = KIND_TEXT },
    { .name = "type", .kind = KIND_TEXT },
    { .name = "status", .kind = KIND_TEXT, .required = true },
    { .name = "version", .kind = KIND_DIGITS },
    { .name = "changed", .kind = KIND_TEXT },
    { .name = "slots", .kind = KIND_OBJECT, .members = slots_shape },
    { .name = "messages", .kind = KIND_LIST, .members = message_shape },
    { .name = "steps", .kind = KIND_LIST, .members = step_shape },
    { .name = "submissions", .kind = KIND_LIST, .members = submission_shape },
    { .name = "listItem", .kind = KIND_ANY },
    { .name = "omit", .kind = KIND_TEXTS },
    { .name = "repeat", .kind = KIND_NUMBER },
    { .name = "productId", .kind = KIND_TEXT },
    { .name = "in", .kind = KIND_APIS },
    { .name = "lifecycle", .kind = KIND_TEXT },
    { .name = "ingestion", .kind = KIND_OBJECT, .members = ingestion_shape },
    { .name = "graph", .kind = KIND_OBJECT, .members = graph_shape },
    { 0 },
};
static const struct member publisher_shape[] = {
    { .name = "id", .kind = KIND_TEXT, .required = true },
    { .name = "name", .kind = KIND_TEXT },
    { .name = "sellerId", .kind = KIND_NUMBER },
    { .name = "offers", .kind = KIND_LIST, .members = offer_shape },
    { .name = "forbidden", .kind = KIND_ANY },
    { 0 },
};
static const struct member answer_shape[] = {
    { .name = "path", .kind = KIND_TEXT, .required = true },
    { .name = "query", .kind = KIND_TEXT },
    { .name = "status", .kind = KIND_NUMBER },
    { .name = "headers", .kind = KIND_ANY },
    { .name = "json", .kind = KIND_ANY },
    { .name = "body", .kind = KIND_TEXT },
    { .name = "times", .kind = KIND_NUMBER },
    { 0 },
};
/* "ingestion" and "graph" of the scenario are settings of the API as a whole. */
static const struct member ingestion_settings_shape[] = {
    { .name = "pageSizes", .kind = KIND_NUMBERS },
    { .name = "submissionPageSize", .kind = KIND_NUMBER },
    { .name = "plainList", .kind = KIND_BOOL },
    { .name = "requireSellerId", .kind = KIND_BOOL },
    { .name = "endIs404", .kind = KIND_BOOL },
    { 0 },
};
static const struct member graph_settings_shape[] = {
    { .name = "pageSize", .kind = KIND_NUMBER },
    { .name = "continuationToken", .kind = KIND_BOOL },
    { 0 },
};
static const struct member job_shape[] = {
    { .name = "id", .kind = KIND_TEXT, .required = true },
    { .name = "status", .kind = KIND_TEXT, .required = true },
    { .name = "result", .kind = KIND_TEXT },
    { .name = "start", .kind = KIND_TEXT },
    { .name = "end", .kind = KIND_TEXT },
    { .name = "errors", .kind = KIND_ANY },
    { 0 },
};
static const struct member scenario_shape[] = {
    { .name = "publishers", .kind = KIND_LIST, .members = publisher_shape },
    { .name = "ingestion", .kind = KIND_OBJECT, .members = ingestion_settings_shape },
    { .name = "graph", .kind = KIND_OBJECT, .members = graph_settings_shape },
    { .name = "jobs", .kind = KIND_LIST, .members = job_shape },
    { .name = "answers", .kind = KIND_LIST, .members = answer_shape },
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
    for (enum api api = API_CPP; api < API_NONE; api++) {
        if (cJSON_IsString(item) && strcmp(item->valuestring, api_name(api)) == 0) {
            return true;
        }
    }
    return false;
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
    case KIND_TEXT:
        return cJSON_IsString(item);
    case KIND_DURATION:
        return cJSON_IsString(item) && duration_parse(item->valuestring, &ms);
    case KIND_ENDING:
        return scenario_is_word(item, endings);
    case KIND_APIS:
        return scenario_all_are(item, scenario_is_api);
    case KIND_NUMBERS:
        return scenario_all_are(item, scenario_is_size) && cJSON_GetArraySize(item) > 0;
    case KIND_BOOL:
        return cJSON_IsBool(item);
    case KIND_NUMBER:
        return cJSON_IsNumber(item);
    case KIND_DIGITS:
        return scenario_is_digits(item);
    case KIND_TEXTS:
    case KIND_LIST:
        return cJSON_IsArray(item);
    case KIND_OBJECT:
        return cJSON_IsObject(item);
    case KIND_ANY:
        return true;
    }
    return false;
}

/* Objects hold lists of objects: these three functions call each other.  path is the place of the
 * value, such as publishers[0].offers[2].steps, for the message. */
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
        if (m->kind == KIND_TEXTS && !cJSON_IsString(item)) {
            return error_set(err, ERR_USAGE, "%s: expected a text", below);
        }
        if (m->kind == KIND_LIST && scenario_check_object(item, m->members, below, err) != 0) {
            return -1;
        }
    }
    return 0;
}

static int scenario_check_member(const cJSON *item, const struct member *shape, const char *path,
                                 struct error *err)
{
    static const char *const expected[] = {
        [KIND_TEXT] = "a text",
        [KIND_NUMBER] = "a number",
        [KIND_DIGITS] = "a whole number or its digits",
        [KIND_DURATION] = "a time such as 2h",
        [KIND_ENDING] = "rejected or blocked",
        [KIND_APIS] = "a list of cpp, ingestion and graph",
        [KIND_NUMBERS] = "a list of numbers",
        [KIND_BOOL] = "true or false",
        [KIND_TEXTS] = "a list of texts",
        [KIND_OBJECT] = "an object",
        [KIND_LIST] = "a list of objects",
        [KIND_ANY] = "any value",
    };
    const struct member *m = shape;

    while (m->name != NULL && strcmp(m->name, item->string) != 0) {
        m++;
    }
    if (m->name == NULL) {
        return error_set(err, ERR_USAGE, "%s: no such member", path);
    }
    if (!scenario_has_kind(item, m->kind)) {
        return error_set(err, ERR_USAGE, "%s: expected %s", path, expected[m->kind]);
    }
    if (m->kind == KIND_OBJECT) {
        return scenario_check_object(item, m->members, path, err);
    }
    if (m->kind == KIND_LIST || m->kind == KIND_TEXTS) {
        return scenario_check_list(item, m, path, err);
    }
    return 0;
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
        if (m->required && cJSON_GetObjectItemCaseSensitive(object, m->name) == NULL) {
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
            if (*p == '\n') {
                line++;
            }
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
