/* json_scan.c - one strict look at an element before cJSON has its own, lenient one. */
#include "json.h"

#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PLAIN_DIGITS 15 /* every decimal of so many digits survives in a double */
#define REPLACEMENT "\xEF\xBF\xBD"

/* Where the scan stands, and the copy that is made once something has to change. */
struct scan {
    const char *p, *end, *kept; /* all before kept is in the copy */
    struct strbuf *copy;
    bool copying;
};

/* Put `with` in the place of the bytes up to `to`, which become the next to be looked at. */
static int replace(struct scan *s, const char *from, const char *to, const char *with)
{
    s->copying = true;
    (void)strbuf_append(s->copy, s->kept, (size_t)(from - s->kept));
    (void)strbuf_puts(s->copy, with);
    s->kept = to;
    s->p = to;
    return s->copy->failed ? -1 : 0;
}

/* Four hex digits at p, or -1. */
static int read_hex(const char *p, const char *end)
{
    int value = 0;

    if (end - p < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        int digit = p[i] >= '0' && p[i] <= '9'   ? p[i] - '0'
                    : p[i] >= 'a' && p[i] <= 'f' ? p[i] - 'a' + 10
                    : p[i] >= 'A' && p[i] <= 'F' ? p[i] - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

static int scan_escape(struct scan *s, struct error *err)
{
    const char *start = s->p;
    int code, low;

    if (s->end - s->p < 2 || strchr("\"\\/bfnrtu", s->p[1]) == NULL || s->p[1] == '\0') {
        return error_set(err, ERR_ANSWER, "an escape in a text that JSON does not have");
    }
    if (s->p[1] != 'u') {
        s->p += 2;
        return 0;
    }
    code = read_hex(s->p + 2, s->end);
    if (code < 0) {
        return error_set(err, ERR_ANSWER, "\\u without four hexadecimal digits");
    }
    if (code >= 0xD800 && code <= 0xDBFF && s->end - s->p >= 12 && s->p[6] == '\\' &&
        s->p[7] == 'u') {
        low = read_hex(s->p + 8, s->end);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            s->p += 12;
            return 0;
        }
    }
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
        return replace(s, start, start + 6, REPLACEMENT) == 0 ? 0 : error_memory(err);
    }
    s->p += 6;
    return 0;
}

static int scan_string(struct scan *s, struct error *err)
{
    s->p++;
    while (s->p < s->end && *s->p != '"') {
        unsigned char c = (unsigned char)*s->p;
        if (c >= 0x20 && c < 0x80 && c != '\\') {
            s->p++;
        } else if (c == '\\') {
            if (scan_escape(s, err) != 0) {
                return -1;
            }
        } else if (c < 0x20) {
            return error_set(err, ERR_ANSWER, "a bare control character (0x%02X) in a text",
                             (unsigned)c);
        } else {
            size_t len = utf8_length(s->p, s->end);
            if (len == 0 && replace(s, s->p, s->p + 1, REPLACEMENT) != 0) {
                return error_memory(err);
            }
            s->p += len;
        }
    }
    if (s->p == s->end) {
        return error_set(err, ERR_ANSWER, "a text without its closing quote");
    }
    s->p++;
    return 0;
}

static size_t digits_at(const char *p, const char *end)
{
    size_t n = 0;

    while (p + n < end && p[n] >= '0' && p[n] <= '9') {
        n++;
    }
    return n;
}

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?  Long ones and those with an exponent become text.
 */
static int scan_number(struct scan *s, struct error *err)
{
    const char *start = s->p, *p = s->p;
    size_t whole, part = 0;
    bool exponent = false, ok;

    p += *p == '-' ? 1 : 0;
    whole = digits_at(p, s->end);
    ok = whole == 1 || (whole > 1 && *p != '0');
    p += whole;
    if (ok && p < s->end && *p == '.') {
        part = digits_at(p + 1, s->end);
        ok = part > 0;
        p += 1 + part;
    }
    if (ok && p < s->end && (*p == 'e' || *p == 'E')) {
        size_t digits;
        exponent = true;
        p++;
        p += p < s->end && (*p == '+' || *p == '-') ? 1 : 0;
        digits = digits_at(p, s->end);
        ok = digits > 0;
        p += digits;
    }
    if (!ok) {
        return error_set(err, ERR_ANSWER, "a number that JSON does not have");
    }
    s->p = p;
    if (exponent || whole + part > PLAIN_DIGITS) {
        char quote[2] = "\"";
        (void)replace(s, start, start, quote);
        return replace(s, p, p, quote) == 0 ? 0 : error_memory(err);
    }
    return 0;
}

static int scan_word(struct scan *s, struct error *err)
{
    static const char *const words[] = { "true", "false", "null" };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(s->end - s->p) >= len && memcmp(s->p, words[i], len) == 0) {
            s->p += len;
            return 0;
        }
    }
    return error_set(err, ERR_ANSWER, "byte 0x%02X where JSON has none",
                     (unsigned)(unsigned char)*s->p);
}

int json_scan(const char *text, size_t len, struct strbuf *scratch, const char **out,
              size_t *out_len, struct error *err)
{
    struct scan s = { .p = text, .end = text + len, .kept = text, .copy = scratch };
    unsigned depth = 0;

    strbuf_reset(scratch);
    while (s.p < s.end) {
        char c = *s.p;
        int rc = 0;
        if (c == '"') {
            rc = scan_string(&s, err);
        } else if (c == '-' || (c >= '0' && c <= '9')) {
            rc = scan_number(&s, err);
        } else if (c == '{' || c == '[') {
            rc = ++depth > JSON_DEPTH_MAX
                     ? error_set(err, ERR_ANSWER, "nested deeper than %d", JSON_DEPTH_MAX)
                     : 0;
            s.p++;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
            s.p++;
        } else if (c == ',' || c == ':' || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            s.p++;
        } else {
            rc = scan_word(&s, err);
        }
        if (rc != 0) {
            return -1;
        }
    }
    *out = text;
    *out_len = len;
    if (s.copying) {
        if (strbuf_append(scratch, s.kept, (size_t)(s.end - s.kept)) != 0) {
            return error_memory(err);
        }
        *out = scratch->data;
        *out_len = scratch->len;
    }
    return 0;
}

/* cJSON answers NULL to bad text and to a lack of memory alike. */
static bool starved;

static void *take(size_t size)
{
    void *memory = malloc(size);

    starved = starved || memory == NULL;
    return memory;
}

cJSON *json_parse(char *text, size_t len, struct strbuf *scratch, struct error *err)
{
    cJSON_Hooks hooks = { take, free };
    const char *clean, *end = NULL;
    size_t clean_len;
    cJSON *doc;

    if (json_scan(text, len, scratch, &clean, &clean_len, err) != 0) {
        return NULL;
    }
    cJSON_InitHooks(&hooks);
    starved = false;
    doc = cJSON_ParseWithLengthOpts(clean, clean_len, &end, false);
    while (doc != NULL && end < clean + clean_len && strchr(" \t\r\n", *end) != NULL) {
        end++;
    }
    if (doc == NULL && starved) {
        (void)error_memory(err);
        return NULL;
    }
    if (doc == NULL || end < clean + clean_len) {
        size_t at = end != NULL ? (size_t)(end - clean) : 0;
        cJSON_Delete(doc);
        (void)error_set(err, ERR_ANSWER, "this is not JSON (byte %zu of it)", at + 1);
        return NULL;
    }
    return doc;
}
