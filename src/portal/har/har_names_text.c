/* har_names_text.c - finds in a text what names someone. */
#include "har/har_names.h"

#include "har/har_body.h"
#include "har/har_names_table.h"
#include "offerstat/text.h"

#include <string.h>

#define GUID_LEN 36
#define MAIL_MAX 254

static bool is_between(char c, char low, char high)
{
    return c >= low && c <= high;
}

static bool is_alnum(char c)
{
    return is_between(c, 'a', 'z') || is_between(c, 'A', 'Z') || is_between(c, '0', '9');
}

static bool is_hex(char c)
{
    return is_between(c, '0', '9') || is_between((char)text_lower(c), 'a', 'f');
}

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t end_len = strlen(end);

    if (len < end_len || (len > end_len && text[len - end_len - 1] != '.')) {
        return false;
    }
    for (size_t i = 0; i < end_len; i++) {
        if (text_lower(text[len - end_len + i]) != (unsigned char)end[i]) {
            return false;
        }
    }
    return true;
}

bool har_host_is_public(const char *host, size_t len)
{
    /* With what is below them where that is Microsoft's as well. */
    static const char *const below[] = { "microsoft.com", "microsoftonline.com", "aka.ms" };
    static const char *const exact[] = { "cloudpartner.azure.com",
                                         "portal.azure.com",
                                         "localhost",
                                         "login.partner.microsoftonline.cn",
                                         "login.microsoftonline.us",
                                         "127.0.0.1",
                                         "169.254.169.254" };

    for (size_t i = 0; i < sizeof(below) / sizeof(below[0]); i++) {
        if (ends_with(host, len, below[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof(exact) / sizeof(exact[0]); i++) {
        if (strlen(exact[i]) == len && ends_with(host, len, exact[i])) {
            return true;
        }
    }
    return len == 0 || host[0] == '['; /* [::1] */
}

/* A short name, or one of digits, is a name only where it stands alone. */
static bool stands_alone(const char *text, const char *p, const char *end, size_t len)
{
    return (p == text || !is_alnum(p[-1])) && (p + len == end || !is_alnum(p[len]));
}

static bool needs_to_stand_alone(const char *p, size_t len)
{
    return len < HAR_START || strspn(p, "0123456789") >= len;
}

/* The longest name that begins at p; NULL: none does. */
static const struct har_name *find_name_at(const struct har_names *n, const char *text,
                                           const char *p, const char *end)
{
    size_t left = (size_t)(end - p);

    for (size_t start = HAR_START; start > 0; start--) {
        const uint64_t *lengths = har_names_lengths(n, p, start < left ? start : left);
        size_t longest = start == HAR_START ? HAR_LENGTHS - 1 : start;
        size_t shortest = start == HAR_START ? HAR_START : start;
        for (size_t len = longest < left ? longest : left; start <= left && len >= shortest;
             len--) {
            const struct har_name *name = NULL;
            if ((lengths[len / 64] >> len % 64 & 1) != 0) {
                name = har_names_find(n, p, len);
            }
            if (name != NULL &&
                (!needs_to_stand_alone(p, len) || stands_alone(text, p, end, len))) {
                return name;
            }
        }
    }
    return NULL;
}

/* 8-4-4-4-12 hexadecimal digits. */
static bool is_guid_at(const char *text, const char *p, const char *end)
{
    if (end - p < GUID_LEN || (p > text && is_hex(p[-1])) ||
        (end - p > GUID_LEN && is_hex(p[GUID_LEN]))) {
        return false;
    }
    for (size_t i = 0; i < GUID_LEN; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? p[i] != '-' : !is_hex(p[i])) {
            return false;
        }
    }
    return true;
}

bool har_is_guid(const char *text, size_t len)
{
    return len == GUID_LEN && is_guid_at(text, text, text + len);
}

/* How long the address of mail at p is; 0: there is none. */
static size_t mail_at(const char *text, const char *p)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "._%+-";
    size_t user, host;

    if (p > text && strchr(allowed, p[-1]) != NULL) {
        return 0;
    }
    user = strspn(p, allowed);
    if (user == 0 || p[user] != '@') {
        return 0;
    }
    host = strspn(p + user + 1, allowed);
    while (host > 0 && strchr("._%+-", p[user + host]) != NULL) {
        host--;
    }
    if (user + host > MAIL_MAX || memchr(p + user + 1, '.', host) == NULL) {
        return 0;
    }
    return user + 1 + host;
}

static size_t put_host(struct har_names *n, const char *p, struct strbuf *out)
{
    size_t len = strcspn(p, ":/?#\"'<>() \t\r\n\\");

    if (har_host_is_public(p, len)) {
        strbuf_append(out, p, len);
    } else {
        har_names_put(n, HAR_KIND_HOST, p, len, out);
    }
    return len;
}

/* Put what begins at p and names someone; how many bytes of the text it was, 0: none. */
static size_t put_name_at(struct har_names *n, const char *text, const char *p, const char *end,
                          struct strbuf *out)
{
    const struct har_name *name;
    size_t len;

    if (is_guid_at(text, p, end)) {
        har_names_put(n, HAR_KIND_GUID, p, GUID_LEN, out);
        return GUID_LEN;
    }
    len = mail_at(text, p);
    if (len > 0) {
        har_names_put(n, HAR_KIND_PERSON, p, len, out);
        return len;
    }
    len = har_number_at(text, p);
    if (len > 0) {
        har_names_put(n, HAR_KIND_NUMBER, p, len, out);
        return len;
    }
    name = find_name_at(n, text, p, end);
    if (name == NULL) {
        return 0;
    }
    har_put_stand_in(name, out);
    return name->len;
}

void har_names_replace(struct har_names *n, struct strbuf *text)
{
    struct strbuf out = STRBUF_INIT(text->max);
    const char *start = strbuf_text(text), *end = start + text->len;

    for (const char *p = start; p < end;) {
        size_t len;
        if (strncmp(p, "://", 3) == 0) {
            strbuf_puts(&out, "://");
            p += 3;
            p += put_host(n, p, &out);
            continue;
        }
        len = put_name_at(n, start, p, end, &out);
        if (len == 0) {
            strbuf_append(&out, p, 1);
            len = 1;
        }
        p += len;
    }
    har_forget(text);
    strbuf_append(text, strbuf_text(&out), out.len);
    strbuf_drop(text, &out);
}
