/* json_parse.c - from an element to a tree of cJSON's, as strictly as RFC 8259 wants it.
 *
 * cJSON's own parser takes control characters, leading zeros and invalid UTF-8, cuts a text at
 * \u0000, refuses an element for one lone surrogate, rounds long numbers, and builds members that
 * are not read. */
#include "json/json.h"

#include "offerstat/utf8.h"

#include <stdlib.h>
#include <string.h>

#define PLAIN_DIGITS 15 /* any decimal number of so many digits is exact in a double */
#define REPLACEMENT 0xFFFD
#define END (-1)

/* Below, `out` is the value to fill in, or NULL where what is read is checked alone. */
struct parse {
    const char *text, *p, *end; /* p: the next byte to be looked at */
    const char *const *members; /* those of the outermost object to keep; NULL: all */
    struct arena *arena;
    unsigned depth;
};

static int misplaced(const struct parse *s, struct error *err)
{
    return error_set(err, ERR_ANSWER, "this is not JSON (byte %zu of it)",
                     (size_t)(s->p - s->text) + 1);
}

/* The next byte that is no blank, or END. */
static int next_byte(struct parse *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t')) {
        s->p++;
    }
    return s->p < s->end ? (unsigned char)*s->p : END;
}

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

static int check_escape(struct parse *s, struct error *err)
{
    if (s->end - s->p < 2 || s->p[1] == '\0' || strchr(escapes, s->p[1]) == NULL) {
        return error_set(err, ERR_ANSWER, "an escape that JSON does not have");
    }
    s->p += 2;
    if (s->p[-1] != 'u') {
        return 0;
    }
    if (read_hex(s->p, s->end) < 0) {
        return error_set(err, ERR_ANSWER, "\\u without four hexadecimal digits");
    }
    s->p += 4;
    return 0;
}

/* Check a text and pass over it.  *as_is: nothing in it has to change. */
static int check_text(struct parse *s, bool *as_is, struct error *err)
{
    *as_is = true;
    s->p++;
    while (s->p += utf8_plain(s->p, s->end), s->p < s->end && *s->p != '"') {
        unsigned char c = (unsigned char)*s->p;
        size_t len = 1;
        if (c == '\\') {
            *as_is = false;
            if (check_escape(s, err) != 0) {
                return -1;
            }
            continue;
        }
        if (c < 0x20) {
            return error_set(err, ERR_ANSWER, "a bare control character (0x%02X) in a text",
                             (unsigned)c);
        }
        len = utf8_length(s->p, s->end);
        if (len == 0) {
            *as_is = false;
            len = 1;
        }
        s->p += len;
    }
    if (s->p == s->end) {
        return error_set(err, ERR_ANSWER, "a text without its closing quote");
    }
    s->p++;
    return 0;
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
    if (code == 0 || (code >= 0xD800 && code <= 0xDFFF)) {
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

static char *copy_text(struct arena *a, const char *start, const char *end, bool as_is)
{
    if (as_is) {
        return arena_strndup(a, start, (size_t)(end - start));
    }
    return decode_text(a, start, end);
}

static int parse_text(struct parse *s, cJSON *out, struct error *err)
{
    const char *start = s->p + 1;
    bool as_is;

    if (check_text(s, &as_is, err) != 0) {
        return -1;
    }
    if (out != NULL) {
        out->type = cJSON_String;
        out->valuestring = copy_text(s->arena, start, s->p - 1, as_is);
        if (out->valuestring == NULL) {
            return error_memory(err);
        }
    }
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

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?  *exact: a double holds it. */
static int check_number(struct parse *s, bool *exact, struct error *err)
{
    const char *p = s->p;
    size_t whole, part = 0;
    bool exponent = false, ok;

    if (*p == '-') {
        p++;
    }
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
        if (p < s->end && (*p == '+' || *p == '-')) {
            p++;
        }
        digits = digits_at(p, s->end);
        ok = digits > 0;
        p += digits;
    }
    if (!ok) {
        return error_set(err, ERR_ANSWER, "a number that JSON does not have");
    }
    s->p = p;
    *exact = !exponent && whole + part <= PLAIN_DIGITS;
    return 0;
}

/* Exact, as both are: digits, and a power of ten. */
static double number_of(const char *p, const char *end)
{
    double value = 0, scale = 1;
    bool negative = *p == '-', fraction = false;

    for (p += negative; p < end; p++) {
        if (*p == '.') {
            fraction = true;
            continue;
        }
        value = value * 10 + (*p - '0');
        scale *= fraction ? 10 : 1;
    }
    return (negative ? -value : value) / scale;
}

static int parse_number(struct parse *s, cJSON *out, struct error *err)
{
    const char *start = s->p;
    bool exact = false;

    if (check_number(s, &exact, err) != 0) {
        return -1;
    }
    if (out == NULL) {
        return 0;
    }
    out->type = cJSON_String;
    out->valuestring = arena_strndup(s->arena, start, (size_t)(s->p - start));
    if (out->valuestring == NULL) {
        return error_memory(err);
    }
    if (exact) {
        out->type = cJSON_Number;
        cJSON_SetNumberHelper(out, number_of(start, s->p));
    }
    return 0;
}

static int parse_word(struct parse *s, cJSON *out, struct error *err)
{
    static const struct {
        const char *word;
        int type;
    } words[] = { { "true", cJSON_True }, { "false", cJSON_False }, { "null", cJSON_NULL } };

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        size_t len = strlen(words[i].word);
        if ((size_t)(s->end - s->p) >= len && memcmp(s->p, words[i].word, len) == 0) {
            s->p += len;
            if (out != NULL) {
                out->type = words[i].type;
            }
            return 0;
        }
    }
    return error_set(err, ERR_ANSWER, "byte 0x%02X where JSON cannot have it",
                     (unsigned)(unsigned char)*s->p);
}

/* A new value at the end of an array or object.  As cJSON has it, the first one's `prev` is the
 * last. */
static cJSON *add_value(struct parse *s, cJSON *to)
{
    cJSON *item = arena_alloc(s->arena, sizeof(*item));

    if (item != NULL && to->child == NULL) {
        to->child = item->prev = item;
    } else if (item != NULL) {
        item->prev = to->child->prev;
        item->prev->next = item;
        to->child->prev = item;
    }
    return item;
}

/* Whether a member of this name is to be kept. */
static bool is_read(const char *const *members, const char *name, size_t len)
{
    if (members == NULL) {
        return true;
    }
    for (; *members != NULL; members++) {
        if ((*members)[0] == name[0] && strncmp(*members, name, len) == 0 &&
            (*members)[len] == '\0') {
            return true;
        }
    }
    return false;
}

/* The name of a member, and the colon after it.  *name is NULL where the member is not kept. */
static int parse_name(struct parse *s, bool keep, char **name, struct error *err)
{
    const char *const *members = s->depth == 1 ? s->members : NULL;
    const char *start;
    bool as_is;

    *name = NULL;
    if (next_byte(s) != '"') {
        return misplaced(s, err);
    }
    start = s->p + 1;
    if (check_text(s, &as_is, err) != 0) {
        return -1;
    }
    if (keep && (!as_is || is_read(members, start, (size_t)(s->p - 1 - start)))) {
        *name = copy_text(s->arena, start, s->p - 1, as_is);
        if (*name == NULL) {
            return error_memory(err);
        }
        if (!as_is && !is_read(members, *name, strlen(*name))) {
            *name = NULL;
        }
    }
    if (next_byte(s) != ':') {
        return misplaced(s, err);
    }
    s->p++;
    return 0;
}

static int parse_value(struct parse *s, cJSON *out, struct error *err);

/* A value of an array, or a member of an object. */
static int parse_item(struct parse *s, bool object, cJSON *to, struct error *err)
{
    cJSON *item = NULL;
    char *name = NULL;

    if (object && parse_name(s, to != NULL, &name, err) != 0) {
        return -1;
    }
    if (to != NULL && (!object || name != NULL)) {
        item = add_value(s, to);
        if (item == NULL) {
            return error_memory(err);
        }
        item->string = name;
    }
    return parse_value(s, item, err);
}

/* All of them, up to what should close the list. */
static int parse_items(struct parse *s, bool object, cJSON *to, struct error *err)
{
    for (;;) {
        if (parse_item(s, object, to, err) != 0) {
            return -1;
        }
        if (next_byte(s) != ',') {
            return 0;
        }
        s->p++;
    }
}

static int parse_list(struct parse *s, cJSON *out, struct error *err)
{
    bool object = *s->p == '{';
    int close = object ? '}' : ']';

    if (s->depth == JSON_DEPTH_MAX) {
        return error_set(err, ERR_ANSWER, "nested deeper than %d", JSON_DEPTH_MAX);
    }
    s->depth++;
    if (out != NULL) {
        out->type = object ? cJSON_Object : cJSON_Array;
    }
    s->p++;
    if (next_byte(s) != close && parse_items(s, object, out, err) != 0) {
        return -1;
    }
    if (next_byte(s) != close) {
        return misplaced(s, err);
    }
    s->p++;
    s->depth--;
    return 0;
}

static int parse_value(struct parse *s, cJSON *out, struct error *err)
{
    switch (next_byte(s)) {
    case '{':
    case '[':
        return parse_list(s, out, err);
    case '"':
        return parse_text(s, out, err);
    case END:
    case '}':
    case ']':
    case ',':
    case ':':
        return misplaced(s, err);
    default:
        if (*s->p == '-' || digits_at(s->p, s->end) > 0) {
            return parse_number(s, out, err);
        }
        return parse_word(s, out, err);
    }
}

cJSON *json_parse(const char *text, size_t len, const char *const *members, struct arena *a,
                  struct error *err)
{
    struct parse s = { .text = text, .p = text, .end = text + len, .members = members, .arena = a };
    cJSON *out = arena_alloc(a, sizeof(*out));

    if (out == NULL) {
        error_memory(err);
        return NULL;
    }
    if (parse_value(&s, out, err) != 0) {
        return NULL;
    }
    if (next_byte(&s) != END) {
        misplaced(&s, err);
        return NULL;
    }
    return out;
}
