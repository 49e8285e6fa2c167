/* har_url.c - hosts, paths and queries. */
#include "har/har_url.h"

#include "har/har_body.h"
#include "har/har_names.h"
#include "offerstat/text.h"

#include <stdbool.h>
#include <string.h>

#define PART_MAX ((size_t)64 * 1024)

/* An address in its parts; all of them point into it. */
struct parts {
    const char *scheme, *host, *path, *query, *end; /* scheme ends where host begins */
    const char *authority;                          /* user and password stand before the host */
};

/* Where user, password and host begin: after "https://", or "//" for the scheme that was asked
 * with; NULL: it is a path. */
static const char *find_authority(const char *url)
{
    const char *slashes = strstr(url, "//");

    if (slashes == url) {
        return url + 2;
    }
    if (slashes == NULL || slashes[-1] != ':' || strcspn(url, "/?#") < (size_t)(slashes - url)) {
        return NULL;
    }
    return slashes + 2;
}

static struct parts take_apart(const char *url)
{
    struct parts p = { .scheme = url, .host = url, .authority = url };
    const char *authority = find_authority(url);

    p.end = url + strcspn(url, "#");
    if (authority != NULL) {
        p.host = authority;
        p.authority = authority;
        p.path = authority + strcspn(authority, "/?#");
        for (const char *at = authority; at < p.path; at++) {
            if (*at == '@') {
                p.host = at + 1;
            }
        }
    } else {
        p.path = url;
    }
    p.query = p.path + strcspn(p.path, "?#");
    return p;
}

static bool is_known(const char *name, size_t len)
{
    static const char *const known[] = {
        "api-version", "skipToken",  "continuationToken", "maxpagesize", "filter",   "top",
        "skip",        "count",      "orderby",           "select",      "expand",   "type",
        "externalId",  "targetType", "version",           "product",     "resource", "audience",
        "scope",
    };

    if (len >= 3 && strncmp(name, "%24", 3) == 0) {
        name += 3;
        len -= 3;
    } else if (len > 0 && *name == '$') {
        name++;
        len--;
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        size_t at = 0;
        while (at < len && text_lower(name[at]) == text_lower(known[i][at])) {
            at++;
        }
        if (at == len && known[i][at] == '\0') {
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
    const struct parts parts = take_apart(url);

    strbuf_append(out, parts.scheme, (size_t)(parts.authority - parts.scheme));
    strbuf_append(out, parts.host, (size_t)(parts.query - parts.host));
    for (const char *p = parts.query; p < parts.end;) {
        size_t len = strcspn(p + 1, "&#");
        strbuf_append(out, p, 1);
        put_parameter(names, p + 1, len, out);
        p += 1 + len;
    }
}

static int hex_value(char c)
{
    const char *digits = "0123456789abcdef";
    const char *digit = c != '\0' ? strchr(digits, text_lower(c)) : NULL;

    return digit != NULL ? (int)(digit - digits) : -1;
}

void har_url_decode(const char *p, size_t len, struct strbuf *out)
{
    for (size_t i = 0; i < len; i++) {
        int high = p[i] == '%' && i + 2 < len ? hex_value(p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(p[i + 2]) : -1;
        char c = p[i];
        if (low >= 0 && high * 16 + low != 0) {
            c = (char)(high * 16 + low);
            i += 2;
        }
        strbuf_append(out, &c, 1);
    }
}

/* What a part of a path or a query may have as it is. */
static void encode(const char *p, size_t len, struct strbuf *out)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c > 0x20 && c < 0x7F && strchr("\"#%&+<>?\\^`{|}", c) == NULL) {
            strbuf_append(out, &p[i], 1);
        } else {
            strbuf_printf(out, "%%%02X", c);
        }
    }
}

/* What stands after one of these in a path. */
static const struct {
    const char *before;
    enum har_kind kind;
} named_parts[] = {
    { "publishers", HAR_KIND_PUBLISHER },
    { "offers", HAR_KIND_OFFER },
    { "configure", HAR_KIND_JOB },
};

/* Words of the services' own paths. */
static bool is_own_word(const char *part, size_t len)
{
    static const char *const words[] = {
        "api",
        "publishers",
        "offers",
        "status",
        "slot",
        "preview",
        "production",
        "submissions",
        "v1.0",
        "ingestion",
        "products",
        "workflowdetails",
        "validations",
        "rp",
        "product-ingestion",
        "product",
        "submission",
        "configure",
        "plan",
        "resource-tree",
        "oauth2",
        "v2.0",
        "token",
        "devicecode",
        "metadata",
        "identity",
        "msi",
        "dashboard",
        "commercial-marketplace",
        "overview",
        "common",
        "organizations",
        "github",
        "pipelines",
        "oidctoken",
    };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strlen(words[i]) == len && strncmp(words[i], part, len) == 0) {
            return true;
        }
    }
    return false;
}

static void learn_part(struct har_names *names, enum har_kind kind, const char *part, size_t len)
{
    struct strbuf text = STRBUF_INIT(PART_MAX);

    har_url_decode(part, len, &text);
    har_names_learn(names, kind, strbuf_text(&text), text.len);
    strbuf_clear(&text);
}

static void learn_host(struct har_names *names, const struct parts *parts)
{
    size_t len = har_host_length(parts->host);

    if (parts->host != parts->path && !har_host_is_public(parts->host, len)) {
        har_names_learn(names, HAR_KIND_HOST, parts->host, len);
    }
}

void har_url_learn(struct har_names *names, const char *url)
{
    const struct parts parts = take_apart(url);
    const char *before = "", *p = parts.path;
    size_t before_len = 0;

    learn_host(names, &parts);
    while (p < parts.query) {
        size_t len;
        p += *p == '/';
        len = strcspn(p, "/?#");
        for (size_t i = 0; i < sizeof(named_parts) / sizeof(named_parts[0]); i++) {
            if (len > 0 && strlen(named_parts[i].before) == before_len &&
                strncmp(named_parts[i].before, before, before_len) == 0) {
                learn_part(names, named_parts[i].kind, p, len);
            }
        }
        if (len == 6 && strncmp(p, "oauth2", 6) == 0 && !is_own_word(before, before_len)) {
            learn_part(names, HAR_KIND_TENANT, before, before_len);
        }
        before = p;
        before_len = len;
        p += len;
    }
}

static void put_part(struct har_names *names, const char *part, size_t len, struct strbuf *out)
{
    struct strbuf text = STRBUF_INIT(PART_MAX);

    if (is_own_word(part, len)) {
        strbuf_append(out, part, len);
        return;
    }
    har_url_decode(part, len, &text);
    har_names_replace(names, &text);
    encode(strbuf_text(&text), text.len, out);
    strbuf_drop(out, &text);
}

/* Whether a parameter holds the mark of a page, which may hold anything. */
static bool is_page(const char *name, size_t len)
{
    static const char token[] = "Token=";

    for (size_t i = 0; i + sizeof(token) - 1 <= len; i++) {
        size_t at = 0;
        while (token[at] != '\0' && text_lower(name[i + at]) == text_lower(token[at])) {
            at++;
        }
        if (token[at] == '\0') {
            return true;
        }
    }
    return false;
}

static void replace_parameter(struct har_names *names, const char *p, size_t len,
                              struct strbuf *out)
{
    const char *equals = memchr(p, '=', len);
    size_t name = equals != NULL ? (size_t)(equals - p) + 1 : 0;

    strbuf_append(out, p, name);
    if (name > 0 && name < len && is_page(p, name)) {
        struct strbuf text = STRBUF_INIT(PART_MAX);
        har_url_decode(p + name, len - name, &text); /* as the body has it that led here */
        har_names_put(names, HAR_KIND_PAGE, strbuf_text(&text), text.len, out);
        strbuf_drop(out, &text);
    } else {
        put_part(names, p + name, len - name, out);
    }
}

void har_url_replace(struct har_names *names, struct strbuf *url)
{
    const struct parts parts = take_apart(strbuf_text(url));
    struct strbuf out = STRBUF_INIT(url->max);
    size_t host = har_host_length(parts.host);

    if (parts.host != parts.path) {
        strbuf_append(&out, parts.scheme, (size_t)(parts.host - parts.scheme));
        if (har_host_is_public(parts.host, host)) {
            strbuf_append(&out, parts.host, host);
        } else {
            har_names_put(names, HAR_KIND_HOST, parts.host, host, &out);
        }
        strbuf_append(&out, parts.host + host, (size_t)(parts.path - parts.host) - host);
    }
    for (const char *p = parts.path; p < parts.query;) {
        size_t len;
        if (*p == '/') {
            strbuf_append(&out, p, 1);
            p++;
        }
        len = strcspn(p, "/?#");
        put_part(names, p, len, &out);
        p += len;
    }
    for (const char *p = parts.query; p < parts.end;) {
        size_t len = strcspn(p + 1, "&#");
        strbuf_append(&out, p, 1);
        replace_parameter(names, p + 1, len, &out);
        p += 1 + len;
    }
    har_forget(url);
    strbuf_append(url, strbuf_text(&out), out.len);
    strbuf_drop(url, &out);
}

int har_url_ends_with(const char *url, const char *name)
{
    const struct parts parts = take_apart(url);
    size_t path_len = (size_t)(parts.query - parts.path);
    size_t len = strlen(name);

    while (path_len > 0 && parts.path[path_len - 1] == '/') {
        path_len--;
    }
    return path_len > len && parts.path[path_len - 1 - len] == '/' &&
           strncmp(parts.path + path_len - len, name, len) == 0;
}
