/* har.c - reads the file of a recording. */
#include "har.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HAR_MAX ((size_t)1024 * 1024 * 1024)

static int compare_entries(const void *a, const void *b)
{
    const struct har_entry *x = a, *y = b;

    if (x->began_ms != y->began_ms) {
        return x->began_ms < y->began_ms ? -1 : 1;
    }
    return x->serial < y->serial ? -1 : 1;
}

static int read_document(struct har *har, struct error *err)
{
    const cJSON *log = cJSON_GetObjectItemCaseSensitive(har->document, "log");
    const cJSON *entries = cJSON_GetObjectItemCaseSensitive(log, "entries"), *entry;
    int index = 0;

    if (!cJSON_IsObject(log)) {
        return error_set(err, ERR_USAGE, "%s: this is no HAR: it has no log", har->file);
    }
    if (!cJSON_IsArray(entries)) {
        return error_set(err, ERR_USAGE, "%s: log.entries: expected a list", har->file);
    }
    har->entries = calloc((size_t)cJSON_GetArraySize(entries) + 1, sizeof(*har->entries));
    if (har->entries == NULL) {
        return error_memory(err);
    }
    cJSON_ArrayForEach(entry, entries)
    {
        if (har_entry_read(har, index, entry, err) != 0) {
            return -1;
        }
        index++;
    }
    qsort(har->entries, har->count, sizeof(*har->entries), compare_entries);
    return 0;
}

static int read_file(const char *file, struct strbuf *out, struct error *err)
{
    FILE *in = fopen(file, "r");
    char part[65536];
    size_t len;
    int rc = 0;

    if (in == NULL) {
        return error_set(err, ERR_USAGE, "%s: %s", file, strerror(errno));
    }
    while ((len = fread(part, 1, sizeof(part), in)) > 0) {
        strbuf_append(out, part, len);
    }
    if (ferror(in)) {
        rc = error_set(err, ERR_USAGE, "%s: %s", file, strerror(errno));
    } else if (out->failed) {
        rc = error_memory(err);
    }
    fclose(in);
    return rc;
}

/* How many brackets are open at the end, one more within a text, and how many there were at most.
 */
static long depth_at_end(const char *text, size_t len, long *deepest)
{
    bool in_string = false;
    long depth = 0;

    *deepest = 0;
    for (size_t i = 0; i < len; i++) {
        if (in_string) {
            if (text[i] == '\\') {
                i++;
            } else {
                in_string = text[i] != '"';
            }
        } else if (text[i] == '"') {
            in_string = true;
        } else {
            depth += (text[i] == '{' || text[i] == '[');
            depth -= (text[i] == '}' || text[i] == ']');
        }
        if (depth > *deepest) {
            *deepest = depth;
        }
    }
    return depth + in_string;
}

static int no_json(const char *file, const char *text, size_t len, const char *at,
                   struct error *err)
{
    size_t offset = at != NULL ? (size_t)(at - text) : 0, line = 1;
    long deepest, open = depth_at_end(text, len, &deepest);

    for (size_t i = 0; i < offset && i < len; i++) {
        line += text[i] == '\n';
    }
    if (deepest > CJSON_NESTING_LIMIT) {
        return error_set(err, ERR_USAGE, "%s: its brackets are nested more than %d deep", file,
                         CJSON_NESTING_LIMIT);
    }
    if (open > 0 || len == 0) {
        return error_set(err, ERR_USAGE, "%s: the file ends in the middle, after %zu bytes", file,
                         len);
    }
    return error_set(err, ERR_USAGE, "%s: line %zu: this is not JSON (byte %zu of the file)", file,
                     line, offset + 1);
}

static cJSON *parse(const char *file, const struct strbuf *text, struct error *err)
{
    const char *begin = strbuf_text(text), *end = NULL;
    size_t len = text->len;
    cJSON *document;

    if (len >= 3 && strncmp(begin, "\xEF\xBB\xBF", 3) == 0) {
        begin += 3;
        len -= 3;
    }
    document = cJSON_ParseWithLengthOpts(begin, len, &end, false);
    if (document == NULL) {
        no_json(file, begin, len, end, err);
        return NULL;
    }
    end += strspn(end, " \t\r\n");
    if (end < begin + len) {
        cJSON_Delete(document);
        no_json(file, begin, len, end, err);
        return NULL;
    }
    return document;
}

int har_load(const char *file, struct har **out, struct error *err)
{
    struct har *har = calloc(1, sizeof(*har));
    struct strbuf text = STRBUF_INIT(HAR_MAX);
    int rc = -1;

    if (har == NULL) {
        return error_memory(err);
    }
    har->file = file;
    if (read_file(file, &text, err) == 0) {
        har->document = parse(file, &text, err);
    }
    strbuf_clear(&text);
    if (har->document != NULL) {
        rc = read_document(har, err);
    }
    if (rc != 0) {
        har_free(har);
        return -1;
    }
    *out = har;
    return 0;
}

void har_free(struct har *har)
{
    if (har == NULL) {
        return;
    }
    for (size_t i = 0; i < har->count; i++) {
        free(har->entries[i].key);
        cJSON_Delete(har->entries[i].headers);
        free(har->entries[i].decoded);
    }
    har_origins_clear(&har->origins);
    free(har->entries);
    free(har->prefix);
    free(har->publisher);
    cJSON_Delete(har->document);
    free(har);
}
