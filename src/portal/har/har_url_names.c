/* har_url_names.c - whom an address names: by its host, its path and its query. */
#include "har/har_url.h"

#include "har/har_body.h"
#include "har/har_names.h"
#include "har/har_url_parts.h"
#include "offerstat/text.h"

#include <stdbool.h>
#include <string.h>

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
    struct strbuf text = STRBUF_INIT(HAR_URL_PART_MAX);

    har_url_decode(part, len, &text);
    har_names_learn(names, kind, strbuf_text(&text), text.len);
    har_names_drop(names, &text);
}

static void learn_host(struct har_names *names, const struct har_url_parts *parts)
{
    size_t len = har_host_length(parts->host);

    if (parts->host != parts->path && !har_host_is_public(parts->host, len)) {
        har_names_learn(names, HAR_KIND_HOST, parts->host, len);
    }
}

/* The id of an offer in a filter of the ingestion API; NULL: there is none. */
static const char *find_literal(const char *filter, size_t *len)
{
    static const char before[] = "/value eq '";
    const char *literal = strstr(filter, before);

    if (literal == NULL) {
        return NULL;
    }
    literal += sizeof(before) - 1;
    *len = strcspn(literal, "'");
    return literal;
}

/* The offer that was looked for: no answer may name it. */
static void learn_parameter(struct har_names *names, const char *p, size_t len)
{
    const char *equals = memchr(p, '=', len);
    size_t name = equals != NULL ? (size_t)(equals - p) : len;

    if (har_url_is_parameter(p, name, "externalId") && name < len) {
        learn_part(names, HAR_KIND_OFFER, equals + 1, len - name - 1);
    } else if (har_url_is_parameter(p, name, "filter") && name < len) {
        struct strbuf filter = STRBUF_INIT(HAR_URL_PART_MAX);
        size_t literal_len = 0;
        const char *literal;
        har_url_decode(equals + 1, len - name - 1, &filter);
        literal = find_literal(strbuf_text(&filter), &literal_len);
        if (literal != NULL) {
            har_names_learn(names, HAR_KIND_OFFER, literal, literal_len);
        }
        har_names_drop(names, &filter);
    }
}

static void learn_query(struct har_names *names, const struct har_url_parts *parts)
{
    for (const char *p = parts->query; p < parts->end;) {
        size_t len = strcspn(p + 1, "&#");
        learn_parameter(names, p + 1, len);
        p += 1 + len;
    }
}

void har_url_learn(struct har_names *names, const char *url)
{
    const struct har_url_parts parts = har_url_take_apart(url);
    const char *before = "", *p = parts.path;
    size_t before_len = 0;

    learn_host(names, &parts);
    learn_query(names, &parts);
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
    struct strbuf text = STRBUF_INIT(HAR_URL_PART_MAX);

    if (is_own_word(part, len)) {
        strbuf_append(out, part, len);
        return;
    }
    har_url_decode(part, len, &text);
    har_names_replace(names, &text);
    har_url_encode(strbuf_text(&text), text.len, out);
    strbuf_drop(out, &text);
}

/* Whether a parameter holds the mark of a page, which may hold anything. */
static bool is_page(const char *name, size_t len)
{
    static const char token[] = "Token";

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

static void put_page(struct har_names *names, const char *p, size_t len, struct strbuf *out)
{
    struct strbuf text = STRBUF_INIT(HAR_URL_PART_MAX);

    har_url_decode(p, len, &text); /* as the body has it that led here */
    har_names_put(names, HAR_KIND_PAGE, strbuf_text(&text), text.len, out);
    strbuf_drop(out, &text);
}

/* Of a filter only the id of an offer may name someone; the rest are the service's own words, as
 * an offer may be called as well. */
static void put_filter(struct har_names *names, const char *p, size_t len, struct strbuf *out)
{
    static const char by_type[] = "resourceType eq '";
    struct strbuf text = STRBUF_INIT(HAR_URL_PART_MAX);
    const char *filter, *literal;
    size_t literal_len = 0;

    har_url_decode(p, len, &text);
    filter = strbuf_text(&text);
    literal = find_literal(filter, &literal_len);
    if (literal != NULL) {
        har_url_encode(filter, (size_t)(literal - filter), out);
        har_names_put(names, HAR_KIND_OFFER, literal, literal_len, out);
        har_url_encode(literal + literal_len, text.len - (size_t)(literal + literal_len - filter),
                       out);
    } else if (strncmp(filter, by_type, sizeof(by_type) - 1) == 0) {
        har_url_encode(filter, text.len, out);
    } else {
        put_part(names, p, len, out);
    }
    strbuf_drop(out, &text);
}

/* Whether a parameter has a word or a number of the service. */
static bool has_own_word(const char *name, size_t len)
{
    static const char *const rows[] = { "api-version", "type",  "targetType", "maxpagesize",
                                        "version",     "count", "top",        "skip" };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (har_url_is_parameter(name, len, rows[i])) {
            return true;
        }
    }
    return false;
}

static void replace_parameter(struct har_names *names, const char *p, size_t len,
                              struct strbuf *out)
{
    const char *equals = memchr(p, '=', len);
    size_t name = equals != NULL ? (size_t)(equals - p) : len;
    size_t value = equals != NULL ? name + 1 : len;

    if (equals == NULL) {
        put_part(names, p, len, out);
        return;
    }
    strbuf_append(out, p, value);
    if (value < len && is_page(p, name)) {
        put_page(names, p + value, len - value, out);
    } else if (har_url_is_parameter(p, name, "filter")) {
        put_filter(names, p + value, len - value, out);
    } else if (has_own_word(p, name)) {
        strbuf_append(out, p + value, len - value);
    } else {
        put_part(names, p + value, len - value, out);
    }
}

void har_url_replace(struct har_names *names, struct strbuf *url)
{
    const struct har_url_parts parts = har_url_take_apart(strbuf_text(url));
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
