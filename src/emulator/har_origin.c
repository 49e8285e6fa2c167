/* har_origin.c - origins of recorded requests. */
#define _DEFAULT_SOURCE /* strndup */
#include "har_origin.h"

#include "offerstat/text.h"

#include <stdlib.h>
#include <string.h>

static const char *default_port(const char *origin)
{
    return strncmp(origin, "https:", 6) == 0 ? ":443" : ":80";
}

/* Lower case, without user, password and the scheme's own port. */
static void normalize(char *origin)
{
    char *host = strstr(origin, "://"), *at = strrchr(origin, '@');
    const char *port;
    size_t len;

    for (char *p = origin; *p != '\0'; p++) {
        *p = (char)text_lower(*p);
    }
    if (host != NULL && at != NULL && at > host) {
        memmove(host + 3, at + 1, strlen(at + 1) + 1);
    }
    port = default_port(origin);
    len = strlen(origin);
    if (len > strlen(port) && strcmp(origin + len - strlen(port), port) == 0) {
        origin[len - strlen(port)] = '\0';
    }
}

int har_origins_add(struct har_origins *origins, const char *url, size_t len, struct error *err)
{
    char *origin = strndup(url, len), **grown;

    if (origin == NULL) {
        return error_memory(err);
    }
    normalize(origin);
    for (size_t i = 0; i < origins->count; i++) {
        if (strcmp(origins->items[i], origin) == 0) {
            free(origin);
            return 0;
        }
    }
    grown = realloc(origins->items, (origins->count + 1) * sizeof(*grown));
    if (grown == NULL) {
        free(origin);
        return error_memory(err);
    }
    origins->items = grown;
    grown[origins->count++] = origin;
    return 0;
}

static bool starts_with(const char *p, const char *start)
{
    return strncmp(p, start, strlen(start)) == 0;
}

/* How many bytes the character at p has that is this one; 0: it is a different one. */
static size_t same_at(const char *p, char wanted)
{
    if (text_lower(*p) == (unsigned char)wanted) {
        return 1;
    }
    if (wanted == '/' && starts_with(p, "\\/")) {
        return 2;
    }
    if (wanted == '/' && (starts_with(p, "\\u002f") || starts_with(p, "\\u002F"))) {
        return 6;
    }
    return 0;
}

static bool goes_on(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c != '\0' && strchr(".:-@", c) != NULL);
}

/* How many bytes of this origin stand at p; 0: it does not stand there. */
static size_t origin_at(const char *p, const char *origin)
{
    const char *start = p, *port = default_port(origin);

    for (const char *o = origin; *o != '\0'; o++) {
        size_t len = same_at(p, *o);
        if (len == 0) {
            return 0;
        }
        p += len;
    }
    if (starts_with(p, port) && !goes_on(p[strlen(port)])) {
        p += strlen(port);
    }
    if (goes_on(*p)) {
        return 0; /* a different host, or a different port of it */
    }
    return (size_t)(p - start);
}

static size_t any_at(const struct har_origins *origins, const char *p)
{
    size_t found = 0;

    for (size_t i = 0; found == 0 && i < origins->count; i++) {
        found = origin_at(p, origins->items[i]);
    }
    return found;
}

void har_origins_replace(const struct har_origins *origins, const char *text, size_t len,
                         uint16_t port, struct strbuf *out)
{
    size_t from = 0;

    for (size_t i = 0; i < len; i++) {
        size_t found = text_lower(text[i]) == 'h' ? any_at(origins, text + i) : 0;
        if (found > 0) {
            strbuf_append(out, text + from, i - from);
            strbuf_printf(out, "http://127.0.0.1:%u", (unsigned)port);
            i += found - 1;
            from = i + 1;
        }
    }
    strbuf_append(out, text + from, len - from);
}

void har_origins_clear(struct har_origins *origins)
{
    for (size_t i = 0; i < origins->count; i++) {
        free(origins->items[i]);
    }
    free(origins->items);
    *origins = (struct har_origins){ .items = NULL };
}
