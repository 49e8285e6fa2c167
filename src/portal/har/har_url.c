/* har_url.c - what a recording keeps of an address. */
#include "har/har_url.h"

#include "har/har_names.h"
#include "har/har_url_parts.h"

#include <stdbool.h>
#include <string.h>

static bool is_known(const char *name, size_t len)
{
    static const char *const known[] = {
        "api-version", "skipToken",  "continuationToken", "maxpagesize", "filter",   "top",
        "skip",        "count",      "orderby",           "select",      "expand",   "type",
        "externalId",  "targetType", "version",           "product",     "resource", "audience",
        "scope",
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (har_url_is_parameter(name, len, known[i])) {
            return true;
        }
    }
    return false;
}

static bool is_plain_name(const char *name, size_t len)
{
    return len > 0 && len <= 40 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.$_-") >= len;
}

static void put_parameter(struct har_names *names, const char *p, size_t len, struct strbuf *out)
{
    const char *equals = memchr(p, '=', len);
    size_t name = equals != NULL ? (size_t)(equals - p) : len;

    if (is_known(p, name)) {
        strbuf_append(out, p, len);
    } else if (equals != NULL && is_plain_name(p, name)) {
        strbuf_append(out, p, name + 1);
        if (name + 1 < len) {
            har_names_put(names, HAR_KIND_VALUE, p + name + 1, len - name - 1, out);
        }
    } else if (len > 0) {
        har_names_put(names, HAR_KIND_VALUE, p, len, out);
    }
}

void har_url_put(struct har_names *names, const char *url, struct strbuf *out)
{
    const struct har_url_parts parts = har_url_take_apart(url);

    strbuf_append(out, parts.scheme, (size_t)(parts.authority - parts.scheme));
    strbuf_append(out, parts.host, (size_t)(parts.query - parts.host));
    for (const char *p = parts.query; p < parts.end;) {
        size_t len = strcspn(p + 1, "&#");
        strbuf_append(out, p, 1);
        put_parameter(names, p + 1, len, out);
        p += 1 + len;
    }
}

int har_url_ends_with(const char *url, const char *name)
{
    const struct har_url_parts parts = har_url_take_apart(url);
    size_t path_len = (size_t)(parts.query - parts.path);
    size_t len = strlen(name);

    while (path_len > 0 && parts.path[path_len - 1] == '/') {
        path_len--;
    }
    return path_len > len && parts.path[path_len - 1 - len] == '/' &&
           strncmp(parts.path + path_len - len, name, len) == 0;
}
