/* json_scan.c - a strict check of an element before cJSON parses it, which is lenient. */
#include "json/json.h"

#include "offerstat/utf8.h"

#include <string.h>

#define PLAIN_DIGITS 15            /* any decimal number of so many digits is exact in a double */
#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD in UTF-8 */

/* What the grammar allows next. */
enum want {
    WANT_VALUE,
    WANT_FIRST_VALUE, /* or ']' */
    WANT_KEY,
    WANT_FIRST_KEY, /* or '}' */
    WANT_COLON,
    WANT_COMMA, /* or what closes */
    WANT_NOTHING
};

/* The position of the scan, and the copy of the text that is made once something has to change. */
struct scan {
    const char *text, *p, *end; /* p: the next byte to be looked at */
    const char *kept;           /* what is before it is in the copy, or was left out */
    struct strbuf *copy;
    bool copying; /* something has changed: the copy is the result */
    enum want want;
    unsigned depth;
    uint64_t objects;           /* a bit for each open level: 1 an object, 0 an array */
    const char *const *members; /* those of the outermost object to keep; NULL: all */
    bool picking;               /* in the outermost object, and members is given */
    bool picked, any_picked;    /* the current member is kept; one was kept before */
    size_t before;              /* length of the copy at the start of the current member */
};

/* Replace the bytes from `from` up to `to` by `with`; the scan goes on at `to`. */
static int replace(struct scan *s, const char *from, const char *to, const char *with)
{
    s->copying = true;
    strbuf_append(s->copy, s->kept, (size_t)(from - s->kept));
    strbuf_puts(s->copy, with);
    s->kept = to;
    s->p = to;
    return s->copy->failed ? -1 : 0;
}

/* The value of a hexadecimal digit, -1 for any other byte. */
static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

/* The value of the four hexadecimal digits at p, -1 when there are not four. */
static int read_hex(const char *p, const char *end)
{
    int value = 0;

    if (end - p < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
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
        return error_set(err, ERR_ANSWER, "an escape that JSON does not have");
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
        if (replace(s, start, start + 6, REPLACEMENT) != 0) {
            return error_memory(err);
        }
        return 0;
    }
    s->p += 6;
    return 0;
}

static int scan_string(struct scan *s, struct error *err)
{
    s->p++;
    while (s->p += utf8_plain(s->p, s->end), s->p < s->end && *s->p != '"') {
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

/* -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?  A number that a double may not hold exactly (more
 * than PLAIN_DIGITS digits, or an exponent) is put in quotes. */
static int scan_number(struct scan *s, struct error *err)
{
    const char *start = s->p, *p = s->p;
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
    if (exponent || whole + part > PLAIN_DIGITS) {
        replace(s, start, start, "\"");
        if (replace(s, p, p, "\"") != 0) { /* fails also where the first one did */
            return error_memory(err);
        }
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
    return error_set(err, ERR_ANSWER, "byte 0x%02X where JSON cannot have it",
                     (unsigned)(unsigned char)*s->p);
}

/* Members of the outermost object that are not read are checked and left out, since cJSON takes
 * four times as long for them as this scan. */

static bool is_member(const char *const *members, const char *name, size_t len)
{
    for (; *members != NULL; members++) {
        if ((*members)[0] == name[0] && strncmp(*members, name, len) == 0 &&
            (*members)[len] == '\0') {
            return true;
        }
    }
    return memchr(name, '\\', len) != NULL; /* with an escape it may be any name: keep it */
}

/* After '{' or ','.  Each kept member but the first is copied with the comma before it. */
static int begin_member(struct scan *s, struct error *err)
{
    bool first = s->want == WANT_FIRST_KEY;

    if (first && replace(s, s->p, s->p, "") != 0) {
        return error_memory(err);
    }
    s->kept = s->any_picked ? s->p - 1 : s->p;
    s->before = s->copy->len;
    s->picked = false;
    return 0;
}

static int end_member(struct scan *s, struct error *err)
{
    if (s->picked) {
        s->any_picked = true;
        strbuf_append(s->copy, s->kept, (size_t)(s->p - s->kept));
    } else {
        s->copy->len = s->before;
    }
    s->kept = s->p;
    return s->copy->failed ? error_memory(err) : 0;
}

static int misplaced(const struct scan *s, struct error *err)
{
    return error_set(err, ERR_ANSWER, "this is not JSON (byte %zu of it)",
                     (size_t)(s->p - s->text) + 1);
}

static bool in_object(const struct scan *s)
{
    return s->depth > 0 && (s->objects >> (s->depth - 1) & 1) != 0;
}

static int open_level(struct scan *s, struct error *err)
{
    bool object = *s->p == '{';

    if (s->want != WANT_VALUE && s->want != WANT_FIRST_VALUE) {
        return misplaced(s, err);
    }
    if (s->depth == JSON_DEPTH_MAX) {
        return error_set(err, ERR_ANSWER, "nested deeper than %d", JSON_DEPTH_MAX);
    }
    s->objects &= ~(UINT64_C(1) << s->depth);
    s->objects |= (uint64_t)object << s->depth;
    s->depth++;
    s->want = object ? WANT_FIRST_KEY : WANT_FIRST_VALUE;
    s->p++;
    if (s->depth == 1 && object && s->members != NULL) {
        s->picking = true;
        return begin_member(s, err);
    }
    return 0;
}

static int close_level(struct scan *s, struct error *err)
{
    bool object = *s->p == '}';
    enum want empty = object ? WANT_FIRST_KEY : WANT_FIRST_VALUE; /* nothing since it was opened */

    if (s->depth == 0 || object != in_object(s) || (s->want != WANT_COMMA && s->want != empty)) {
        return misplaced(s, err);
    }
    if (s->depth == 1 && s->picking && end_member(s, err) != 0) {
        return -1;
    }
    s->depth--;
    s->want = s->depth > 0 ? WANT_COMMA : WANT_NOTHING;
    s->p++;
    return 0;
}

static int scan_comma(struct scan *s, struct error *err)
{
    if (s->want != WANT_COMMA || s->depth == 0) {
        return misplaced(s, err);
    }
    if (s->depth == 1 && s->picking && end_member(s, err) != 0) {
        return -1;
    }
    s->p++;
    s->want = in_object(s) ? WANT_KEY : WANT_VALUE;
    if (s->depth == 1 && s->picking) {
        return begin_member(s, err);
    }
    return 0;
}

static int scan_key(struct scan *s, struct error *err)
{
    const char *start = s->p;

    if (scan_string(s, err) != 0) {
        return -1;
    }
    if (s->depth == 1 && s->picking) {
        s->picked = is_member(s->members, start + 1, (size_t)(s->p - start) - 2);
    }
    s->want = WANT_COLON;
    return 0;
}

static int scan_value(struct scan *s, struct error *err)
{
    char c = *s->p;
    int rc;

    if (s->want != WANT_VALUE && s->want != WANT_FIRST_VALUE) {
        return misplaced(s, err);
    }
    if (c == '"') {
        rc = scan_string(s, err);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        rc = scan_number(s, err);
    } else {
        rc = scan_word(s, err);
    }
    s->want = s->depth > 0 ? WANT_COMMA : WANT_NOTHING;
    return rc;
}

static int scan_token(struct scan *s, struct error *err)
{
    switch (*s->p) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
        s->p++;
        return 0;
    case '{':
    case '[':
        return open_level(s, err);
    case '}':
    case ']':
        return close_level(s, err);
    case ',':
        return scan_comma(s, err);
    case ':':
        if (s->want != WANT_COLON) {
            return misplaced(s, err);
        }
        s->want = WANT_VALUE;
        s->p++;
        return 0;
    default:
        if (*s->p == '"' && (s->want == WANT_KEY || s->want == WANT_FIRST_KEY)) {
            return scan_key(s, err);
        }
        return scan_value(s, err);
    }
}

int json_scan(const char *text, size_t len, const char *const *members, struct strbuf *scratch,
              const char **out, size_t *out_len, struct error *err)
{
    struct scan s = { .text = text,
                      .p = text,
                      .end = text + len,
                      .kept = text,
                      .copy = scratch,
                      .members = members };

    strbuf_reset(scratch);
    while (s.p < s.end) {
        if (scan_token(&s, err) != 0) {
            return -1;
        }
    }
    if (s.want != WANT_NOTHING) {
        return misplaced(&s, err);
    }
    *out = text;
    *out_len = len;
    if (s.copying) {
        strbuf_append(scratch, s.kept, (size_t)(s.end - s.kept));
        if (scratch->failed) {
            return error_memory(err);
        }
        *out = scratch->data;
        *out_len = scratch->len;
    }
    return 0;
}

/* cJSON's hooks for memory have no argument, so the arena is found here.  cJSON_Parse answers NULL
 * to bad text and to a lack of memory alike, so the latter is remembered here. */
static struct arena *parsing;
static bool out_of_memory;

static void *json_scan_malloc(size_t size)
{
    void *memory = arena_take(parsing, size);

    if (memory == NULL) {
        out_of_memory = true;
    }
    return memory;
}

static void json_scan_free(void *memory)
{
    (void)memory; /* the arena frees all of it at once */
}

cJSON *json_parse(const char *text, size_t len, const char *const *members, struct strbuf *scratch,
                  struct arena *a, struct error *err)
{
    cJSON_Hooks hooks = { .malloc_fn = json_scan_malloc, .free_fn = json_scan_free };
    const char *clean = NULL;
    size_t clean_len = 0;
    cJSON *doc;

    if (json_scan(text, len, members, scratch, &clean, &clean_len, err) != 0) {
        return NULL;
    }
    parsing = a;
    out_of_memory = false;
    cJSON_InitHooks(&hooks);
    doc = cJSON_ParseWithLength(clean, clean_len);
    cJSON_InitHooks(NULL);
    if (doc == NULL) {
        if (out_of_memory) {
            error_memory(err);
        } else {
            error_set(err, ERR_ANSWER, "cJSON cannot read this");
        }
    }
    return doc;
}
