/* json_parse.c - from an element to a tree of cJSON's, as strictly as RFC 8259 wants it.
 *
 * cJSON's own parser takes control characters, leading zeros and invalid UTF-8, cuts a text at
 * \u0000, refuses an element for one lone surrogate, rounds long numbers, and builds members that
 * are not read. */
#include "json/json.h"

#include "json/json_text.h"

#include <stdlib.h>
#include <string.h>

#define PLAIN_DIGITS 15 /* any decimal number of so many digits is exact in a double */
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

/* Check the text at p and move past it; *start and *end are what its quotes enclose. */
static int check_text(struct parse *s, const char **start, const char **end, bool *as_is,
                      struct error *err)
{
    *start = s->p + 1;
    *end = json_check_text(*start, s->end, as_is, err);
    if (*end == NULL) {
        return -1;
    }
    s->p = *end + 1;
    return 0;
}

static int parse_text(struct parse *s, cJSON *out, struct error *err)
{
    const char *start, *end;
    bool as_is;

    if (check_text(s, &start, &end, &as_is, err) != 0) {
        return -1;
    }
    if (out != NULL) {
        out->type = cJSON_String;
        out->valuestring = json_copy_text(s->arena, start, end, as_is);
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
    ok = whole > 0 && (whole == 1 || *p != '0');
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
    const char *start, *end;
    bool as_is;

    *name = NULL;
    if (next_byte(s) != '"') {
        return misplaced(s, err);
    }
    if (check_text(s, &start, &end, &as_is, err) != 0) {
        return -1;
    }
    if (keep && (!as_is || is_read(members, start, (size_t)(end - start)))) {
        *name = json_copy_text(s->arena, start, end, as_is);
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

/* The value at p.  p is then at the next byte after it that is no blank. */
static cJSON *parse_first(struct parse *s, struct error *err)
{
    cJSON *out = arena_alloc(s->arena, sizeof(*out));

    if (out == NULL) {
        error_memory(err);
        return NULL;
    }
    if (parse_value(s, out, err) != 0) {
        return NULL;
    }
    next_byte(s);
    return out;
}

cJSON *json_parse(const char *text, size_t len, const char *const *members, struct arena *a,
                  struct error *err)
{
    struct parse s = { .text = text, .p = text, .end = text + len, .members = members, .arena = a };
    cJSON *out = parse_first(&s, err);

    if (out != NULL && s.p < s.end) {
        misplaced(&s, err);
        return NULL;
    }
    return out;
}

cJSON *json_parse_element(const char *text, size_t len, const char *const *members, struct arena *a,
                          const char **after)
{
    struct parse s = { .text = text, .p = text, .end = text + len, .members = members, .arena = a };
    struct error ignored;
    cJSON *out = parse_first(&s, &ignored);

    if (out == NULL || s.p == s.end || (*s.p != ',' && *s.p != ']')) {
        return NULL;
    }
    *after = s.p;
    return out;
}
