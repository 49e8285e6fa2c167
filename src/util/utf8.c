/* utf8.c - the shapes of RFC 3629. */
#define _DEFAULT_SOURCE /* le64toh */
#include "offerstat/utf8.h"

#include <endian.h>
#include <stdbool.h>
#include <string.h>

/* Signed, so that one comparison finds both control characters and bytes above 0x7F. */
typedef signed char run __attribute__((vector_size(16)));

/* How many bytes are plain before the first that is not. */
static size_t plain_of(run bytes)
{
    run ends = (bytes < 0x20) | (bytes == 0x7F) | (bytes == '"') | (bytes == '\\') | (bytes == '#');
    uint64_t halves[2];

    memcpy(halves, &ends, sizeof(halves));
    if (halves[0] != 0) {
        return (size_t)__builtin_ctzll(le64toh(halves[0])) / 8;
    }
    return halves[1] != 0 ? 8 + (size_t)__builtin_ctzll(le64toh(halves[1])) / 8 : sizeof(run);
}

size_t utf8_plain(const char *p, const char *end)
{
    const char *start = p;
    run bytes;

    for (; end - p >= (ptrdiff_t)sizeof(run); p += sizeof(run)) {
        size_t plain;
        memcpy(&bytes, p, sizeof(bytes));
        plain = plain_of(bytes);
        if (plain < sizeof(run)) {
            return (size_t)(p - start) + plain;
        }
    }
    bytes = (run){ 0 }; /* zero bytes after the end are not plain */
    memcpy(&bytes, p, (size_t)(end - p));
    return (size_t)(p - start) + plain_of(bytes);
}

/* Length of the sequence that a lead byte begins, 0 when it is none. */
static size_t announced(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4) { /* a continuation, an overlong form, past U+10FFFF */
        return 0;
    }
    if (lead < 0xE0) {
        return 2;
    }
    return lead < 0xF0 ? 3 : 4;
}

/* After some lead bytes the second is bounded more tightly: overlong forms, surrogates, and what is
 * past U+10FFFF. */
static bool is_second(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

size_t utf8_length(const char *p, const char *end)
{
    const unsigned char *u = (const unsigned char *)p;
    size_t len = announced(u[0]);

    if (len < 2) {
        return len;
    }
    if (len > (size_t)(end - p) || !is_second(u[0], u[1])) {
        return 0;
    }
    for (size_t i = 2; i < len; i++) {
        if ((u[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return len;
}

size_t utf8_decode(const char *p, const char *end, uint32_t *out)
{
    static const unsigned char lead_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    size_t len = utf8_length(p, end);

    if (len > 0) {
        *out = (unsigned char)p[0] & lead_bits[len];
    }
    for (size_t i = 1; i < len; i++) {
        *out = *out << 6 | ((unsigned char)p[i] & 0x3F);
    }
    return len;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    size_t len;

    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        len = 2;
    } else if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        len = 3;
    } else {
        out[0] = (char)(0xF0 | c >> 18);
        len = 4;
    }
    for (size_t i = 1; i < len; i++) {
        out[i] = (char)(0x80 | (c >> 6 * (len - 1 - i) & 0x3F));
    }
    return len;
}

/* vsnprintf cuts at a byte; half a character would become U+FFFD in whatever prints it. */
void utf8_trim(char *text)
{
    size_t len = strlen(text);
    size_t back = 0;

    while (back < 3 && back < len && ((unsigned char)text[len - 1 - back] & 0xC0) == 0x80) {
        back++;
    }
    if (back < len && announced((unsigned char)text[len - 1 - back]) > back + 1) {
        text[len - 1 - back] = '\0';
    }
}
