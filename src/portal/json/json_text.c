/* json_text.c - the texts of JSON: their escapes, and what is no character. */
#include "json/json_text.h"

#include "json/json.h"

#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

/* The value of the four hexadecimal digits at p, -1 when there are not four. */
static int read_hex(const char *p, const char *end)
{
    char digits[5] = "";

    if (end - p < 4) {
        return -1;
    }
    memcpy(digits, p, 4);
    if (strspn(digits, "0123456789abcdefABCDEF") != 4) {
        return -1;
    }
    return (int)strtol(digits, NULL, 16);
}

static const char escapes[] = "\"\\/bfnrtu", escaped[] = "\"\\/\b\f\n\r\t";

/* How many bytes the escape at p has; 0 with *err where it is none. */
static size_t escape_length(const char *p, const char *end, struct error *err)
{
    if (end - p < 2 || p[1] == '\0' || strchr(escapes, p[1]) == NULL) {
        error_set(err, ERR_ANSWER, "an escape that JSON does not have");
        return 0;
    }
    if (p[1] != 'u') {
        return 2;
    }
    if (read_hex(p + 2, end) < 0) {
        error_set(err, ERR_ANSWER, "\\u without four hexadecimal digits");
        return 0;
    }
    return 6;
}

const char *json_check_text(const char *start, const char *end, bool *as_is, struct error *err)
{
    const char *p = start;

    *as_is = true;
    while (p += utf8_plain(p, end), p < end && *p != '"') {
        unsigned char c = (unsigned char)*p;
        size_t len;
        if (c == '\\') {
            *as_is = false;
            len = escape_length(p, end, err);
            if (len == 0) {
                return NULL;
            }
            p += len;
            continue;
        }
        if (c < 0x20) {
            error_set(err, ERR_ANSWER, "a bare control character (0x%02X) in a text", (unsigned)c);
            return NULL;
        }
        len = utf8_length(p, end);
        if (len == 0) {
            *as_is = false;
            len = 1;
        }
        p += len;
    }
    if (p == end) {
        error_set(err, ERR_ANSWER, "a text without its closing quote");
        return NULL;
    }
    return p;
}

/* The character of the escape at p, of which four digits follow "\\u"; *p moves past it.  A pair of
 * surrogates is one. */
static uint32_t read_code(const char **p, const char *end)
{
    int code = read_hex(*p + 2, end), low;

    *p += 6;
    if (code >= 0xD800 && code <= 0xDBFF && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        low = read_hex(*p + 2, end);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *p += 6;
            return 0x10000 + ((uint32_t)(code - 0xD800) << 10) + (uint32_t)(low - 0xDC00);
        }
    }
    if (code >= 0xD800 && code <= 0xDFFF) {
        return REPLACEMENT;
    }
    return (uint32_t)code;
}

uint32_t json_next_character(const char **p, const char *end)
{
    uint32_t c = REPLACEMENT;

    if (**p != '\\') {
        size_t len = utf8_decode(*p, end, &c);
        *p += len > 0 ? len : 1;
    } else if (end - *p >= 6 && (*p)[1] == 'u' && read_hex(*p + 2, end) >= 0) {
        c = read_code(p, end);
    } else if (end - *p >= 2 && (*p)[1] != '\0' && (*p)[1] != 'u' &&
               strchr(escapes, (*p)[1]) != NULL) {
        c = (unsigned char)escaped[strchr(escapes, (*p)[1]) - escapes];
        *p += 2;
    } else {
        (*p)++; /* no escape of JSON's */
    }
    return c != 0 ? c : REPLACEMENT;
}

/* A checked text without its escapes.  What is no UTF-8 becomes U+FFFD, three bytes for one. */
static char *decode_text(struct arena *a, const char *p, const char *end)
{
    char *text = arena_take(a, 3 * (size_t)(end - p) + 1), *to = text;

    if (text == NULL) {
        return NULL;
    }
    while (p < end) {
        to += utf8_encode(json_next_character(&p, end), to);
    }
    *to = '\0';
    return text;
}

char *json_copy_text(struct arena *a, const char *start, const char *end, bool as_is)
{
    if (as_is) {
        return arena_strndup(a, start, (size_t)(end - start));
    }
    return decode_text(a, start, end);
}
