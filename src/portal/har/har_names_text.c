/* har_names_text.c - finds in a text what names someone. */
#include "har/har_names.h"

#include "har/har_body.h"
#include "har/har_html.h"
#include "har/har_names_table.h"
#include "offerstat/text.h"

#include <string.h>

#define GUID_DIGITS 32
#define GUID_DASHES 4
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
                                         "[::1]",
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
    return len == 0;
}

size_t har_host_length(const char *p)
{
    size_t len = *p == '[' ? strcspn(p, "]") : 0;

    if (len > 0 && p[len] == ']') {
        return len + 1; /* [2001:db8::1] */
    }
    return strcspn(p, ":/?#\"'<>(),; \t\r\n\\");
}

/* The host after "://", past a user. */
static const char *host_of(const char *p)
{
    size_t len = strcspn(p, "/?#\"'<>() \t\r\n\\");
    const char *at = memchr(p, '@', len);

    return at != NULL ? at + 1 : p;
}

void har_names_learn_hosts(struct har_names *n, const char *text)
{
    for (const char *p = text; (p = strstr(p, "://")) != NULL;) {
        size_t len;
        p = host_of(p + 3);
        len = har_host_length(p);
        if (!har_host_is_public(p, len)) {
            har_names_learn(n, HAR_KIND_HOST, p, len);
        }
    }
}

/* Whether a word may begin at p: what stands before it is none of it, as in "%2Fcontoso". */
static bool is_after_escape(const char *text, const char *p)
{
    return p - text >= 3 && p[-3] == '%' && is_hex(p[-2]) && is_hex(p[-1]);
}

/* A short name, or one of digits, is a name only where it stands alone. */
static bool stands_alone(const char *text, const char *p, const char *end, size_t len)
{
    if (p > text && p[-1] == '%' && end - p >= 2 && is_hex(p[0]) && is_hex(p[1])) {
        return false; /* it is a part of an escape */
    }
    return (p == text || !is_alnum(p[-1]) || is_after_escape(text, p)) &&
           (p + len == end || !is_alnum(p[len]));
}

static bool needs_to_stand_alone(const char *p, size_t len)
{
    return len < HAR_START || strspn(p, "0123456789") >= len;
}

static const struct har_name *find_of_length(const struct har_names *n, const char *text,
                                             const char *p, const char *end, size_t len)
{
    const struct har_name *name = har_names_find(n, p, len);

    if (name == NULL || (needs_to_stand_alone(p, len) && !stands_alone(text, p, end, len))) {
        return NULL;
    }
    return name;
}

/* The longest name that begins at p; NULL: none does. */
static const struct har_name *find_name_at(const struct har_names *n, const char *text,
                                           const char *p, const char *end)
{
    size_t left = (size_t)(end - p);
    const struct har_name *name = NULL;

    for (size_t start = HAR_START; start > 0 && name == NULL; start--) {
        const uint64_t *lengths = har_names_lengths(n, p, start < left ? start : left);
        size_t shortest = start, longest = start == HAR_START ? HAR_LENGTHS - 1 : start;
        size_t len = (longest < left ? longest : left) + 1;
        while (start <= left && len > shortest && name == NULL) {
            len--;
            if (lengths[len / 64] == 0) {
                len -= len % 64; /* none of these 64 */
            } else if ((lengths[len / 64] >> len % 64 & 1) != 0) {
                name = find_of_length(n, text, p, end, len);
            }
        }
    }
    return name;
}

/* How many bytes a GUID at p has: 8-4-4-4-12 hexadecimal digits, or 32 of them; 0: there is none.
 */
static size_t guid_at(const char *text, const char *p, const char *end)
{
    size_t digits = 0, dashes = 0, len = 0;

    if (p > text && is_hex(p[-1]) && !is_after_escape(text, p)) {
        return 0;
    }
    while (digits < GUID_DIGITS && p + len < end) {
        bool dash = p[len] == '-' && (len == 8 || len == 13 || len == 18 || len == 23);
        if (!dash && !is_hex(p[len])) {
            return 0;
        }
        dashes += dash;
        digits += !dash;
        len++;
    }
    if (digits < GUID_DIGITS || (dashes != 0 && dashes != GUID_DASHES) ||
        (p + len < end && is_hex(p[len]))) {
        return 0;
    }
    return len;
}

bool har_is_guid(const char *text, size_t len)
{
    return len > 0 && guid_at(text, text, text + len) == len;
}

/* The stand-in is the same with dashes and without, and has them as the GUID has. */
static void put_guid(struct har_names *n, const char *p, size_t len, struct strbuf *out)
{
    char digits[GUID_DIGITS];
    struct strbuf stand_in = STRBUF_INIT((size_t)1024);
    size_t count = 0;

    for (size_t i = 0; i < len; i++) {
        if (p[i] != '-') {
            digits[count++] = p[i];
        }
    }
    har_names_put(n, HAR_KIND_GUID, digits, count, &stand_in);
    for (size_t i = 0; i < stand_in.len; i++) {
        if (stand_in.data[i] != '-' || len > GUID_DIGITS) {
            strbuf_append(out, &stand_in.data[i], 1);
        }
    }
    strbuf_drop(out, &stand_in);
}

/* Where the '@' of an address of mail at p is, or the "%40" in place of it; NULL: there is none. */
static const char *find_at(const char *p, size_t user)
{
    const char *at = p;

    while (at < p + user && strncmp(at, "%40", 3) != 0) {
        at++;
    }
    return at > p && (*at == '@' || *at == '%') ? at : NULL;
}

static bool is_ascii(char c)
{
    return (unsigned char)c < 0x80;
}

static bool is_of_mail(char c)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "._%+-";

    return c != '\0' && (!is_ascii(c) || strchr(allowed, c) != NULL);
}

/* How many bytes from p an address of mail may have on one side of its '@'; what is longer than
 * MAIL_MAX is none. */
static size_t mail_span(const char *p)
{
    size_t len = 0;

    while (len <= MAIL_MAX && is_of_mail(p[len])) {
        len++;
    }
    return len;
}

/* Whether an address of mail may begin at p.  What follows one without a blank, as in Chinese, may
 * be part of the next. */
static bool may_begin_mail(const char *text, const char *p)
{
    return is_of_mail(*p) &&
           (p == text || !is_of_mail(p[-1]) || (is_ascii(p[-1]) && !is_ascii(*p)));
}

/* A domain is ASCII up to its end, or its last label is not: Korean appends particles. */
static size_t domain_length(const char *domain)
{
    size_t len = mail_span(domain), label, i;

    while (len > 0 && strchr("._%+-", domain[len - 1]) != NULL) {
        len--;
    }
    for (label = len; label > 0 && domain[label - 1] != '.';) {
        label--;
    }
    for (i = label; i < len && is_ascii(domain[label]); i++) {
        if (!is_ascii(domain[i])) {
            return i;
        }
    }
    return len;
}

/* Put the address of mail at p; how many bytes it has, 0: there is none. */
static size_t put_mail(struct har_names *n, const char *text, const char *p, struct strbuf *out)
{
    struct strbuf mail = STRBUF_SECRET(2 * (size_t)MAIL_MAX);
    const char *at, *domain;
    size_t len;

    if (!may_begin_mail(text, p)) {
        return 0;
    }
    at = find_at(p, mail_span(p));
    if (at == NULL) {
        return 0;
    }
    domain = at + 1;
    if (*at == '%') {
        domain = at + 3;
    }
    len = domain_length(domain);
    if ((size_t)(at - p) + len > MAIL_MAX || memchr(domain, '.', len) == NULL) {
        return 0;
    }
    strbuf_append(&mail, p, (size_t)(at - p));
    strbuf_puts(&mail, "@");
    strbuf_append(&mail, domain, len);
    har_names_put(n, HAR_KIND_PERSON, strbuf_text(&mail), mail.len, out);
    strbuf_drop(out, &mail);
    return (size_t)(domain + len - p);
}

/* What stands after "://", up to the end of the host; how many bytes it was. */
static size_t put_host(struct har_names *n, const char *p, struct strbuf *out)
{
    const char *host = host_of(p);
    size_t len = har_host_length(host);

    if (har_host_is_public(host, len)) {
        strbuf_append(out, host, len);
    } else {
        har_names_put(n, HAR_KIND_HOST, host, len, out);
    }
    return (size_t)(host + len - p);
}

/* Put what begins at p and names someone; how many bytes of the text it was, 0: none. */
static size_t put_name_at(struct har_names *n, const char *text, const char *p, const char *end,
                          struct strbuf *out)
{
    const struct har_name *name;
    size_t len;

    len = put_mail(n, text, p, out); /* before a GUID, which may be its first part */
    if (len > 0) {
        return len;
    }
    len = guid_at(text, p, end);
    if (len > 0) {
        put_guid(n, p, len, out);
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

static void replace(struct har_names *n, struct strbuf *text, bool is_html)
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
            size_t markup = is_html ? har_html_markup(p) : 0;
            len = markup > 0 ? markup : 1;
            strbuf_append(&out, p, len);
        }
        p += len;
    }
    har_forget(text);
    strbuf_append(text, strbuf_text(&out), out.len);
    strbuf_drop(text, &out);
}

void har_names_replace(struct har_names *n, struct strbuf *text)
{
    replace(n, text, false);
}

void har_names_replace_html(struct har_names *n, struct strbuf *html)
{
    replace(n, html, true);
}
