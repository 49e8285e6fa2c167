/* json_split.c - cuts a list into its elements while it arrives, in memory bounded by the largest
 * element. */
#include "json/json.h"

#include <string.h>

enum phase {
    AT_START,  /* nothing but blanks so far */
    IN_ARRAY,  /* in the list */
    IN_OBJECT, /* in the one object, or around the list of a page */
    AT_END     /* only blanks may follow */
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int bad_start(char c, struct error *err)
{
    if (c == '<') {
        return error_set(err, ERR_ANSWER,
                         "expected JSON, found HTML (a sign-in page, or a proxy on the way?)");
    }
    if (c >= ' ' && c <= '~') {
        return error_set(err, ERR_ANSWER, "expected a JSON array or object, found '%c'", c);
    }
    return error_set(err, ERR_ANSWER, "expected a JSON array or object, found byte 0x%02X",
                     (unsigned)(unsigned char)c);
}

/* In a page, before or after its list. */
static bool is_around(const struct json_split *s)
{
    return s->list != NULL && s->phase == IN_OBJECT;
}

/* Keep a piece of what is around the list of a page. */
static int keep_around(struct json_split *s, const char *data, size_t len, struct error *err)
{
    s->around.max = s->element_max;
    if (len > s->element_max - s->around.len) {
        return error_set(err, ERR_ANSWER, "the object around the list is larger than %zu KiB",
                         s->element_max / 1024);
    }
    strbuf_append(&s->around, data, len);
    if (s->around.failed) {
        return error_memory(err);
    }
    return 0;
}

/* Keep a piece whose rest is still to come. */
static int keep(struct json_split *s, const char *data, size_t len, struct error *err)
{
    if (is_around(s)) {
        return keep_around(s, data, len, err);
    }
    if (s->element == NULL || len == 0) {
        return 0;
    }
    s->carry.max = s->element_max;
    if (len > s->element_max - s->carry.len) {
        return error_set(err, ERR_ANSWER, "element [%zu] is larger than %zu KiB", s->count,
                         s->element_max / 1024);
    }
    strbuf_append(&s->carry, data, len);
    if (s->carry.failed) {
        return error_memory(err);
    }
    return 0;
}

/* An element is complete: data holds its last (or only) part. */
static int emit(struct json_split *s, char *data, size_t len, struct error *err)
{
    int rc = 0;

    if (s->count == JSON_COUNT_MAX) {
        return error_set(err, ERR_ANSWER, "the list has more than %zu elements", JSON_COUNT_MAX);
    }
    if (s->element != NULL) {
        if (s->carry.len > 0) {
            if (keep(s, data, len, err) != 0) {
                return -1;
            }
            data = s->carry.data;
            len = s->carry.len;
        } else if (len > s->element_max) {
            return error_set(err, ERR_ANSWER, "element [%zu] is larger than %zu KiB", s->count,
                             s->element_max / 1024);
        }
        rc = s->element(s->user, s->count, data, len, err);
        strbuf_reset(&s->carry);
    }
    s->count++;
    s->has_content = false;
    return rc;
}

static int open_bracket(struct json_split *s, char c, struct error *err)
{
    if (s->depth == JSON_DEPTH_MAX) {
        return error_set(err, ERR_ANSWER, "element [%zu] is nested deeper than %d", s->count,
                         JSON_DEPTH_MAX);
    }
    s->depth++;
    s->closers[s->depth] = c == '[' ? ']' : '}';
    return 0;
}

#define MARK "\xEF\xBB\xBF" /* U+FEFF in UTF-8 */

const char *json_skip_mark(const char *text)
{
    size_t len = strlen(MARK);

    return strncmp(text, MARK, len) == 0 ? text + len : text;
}

/* The mark may come in pieces.  It is no JSON, but services of .NET put it before theirs. */
static int skip_mark(struct json_split *s, const char **p, const char *end, struct error *err)
{
    while (*p < end && s->mark < strlen(MARK) && **p == MARK[s->mark]) {
        (*p)++;
        s->mark++;
    }
    if (*p < end && s->mark > 0 && s->mark < strlen(MARK)) {
        return bad_start(MARK[0], err);
    }
    return 0;
}

static int begin(struct json_split *s, const char **p, const char *end, struct error *err)
{
    if (skip_mark(s, p, end, err) != 0) {
        return -1;
    }
    while (*p < end && is_blank(**p)) {
        (*p)++;
        s->mark = (unsigned char)strlen(MARK); /* after a blank there is none */
    }
    if (*p == end) {
        return 0;
    }
    if (**p == '[' && s->list != NULL) {
        return error_set(err, ERR_ANSWER, "expected a JSON object, found an array");
    }
    if (**p == '[') {
        s->phase = IN_ARRAY;
        (*p)++;
        return 0;
    }
    if (**p == '{' && s->array) {
        return error_set(err, ERR_ANSWER, "expected a JSON array, found an object");
    }
    if (**p == '{') {
        s->phase = IN_OBJECT;
        return 0;
    }
    return bad_start(**p, err);
}

/* Outside of strings, all other bytes can be skipped. */
static bool is_structural(unsigned char c)
{
    static const bool table[256] = {
        ['"'] = true, ['['] = true, [']'] = true, ['{'] = true, ['}'] = true, [','] = true,
    };
    return table[c];
}

/* Whether the byte at p is escaped: an odd number of backslashes stands before it. */
static bool is_escaped(const char *start, const char *p)
{
    const char *back = p;

    while (back > start && back[-1] == '\\') {
        back--;
    }
    return (p - back) % 2 != 0;
}

/* Skip the rest of a string.  The place after its closing quote, or end. */
static const char *skip_string(struct json_split *s, const char *p, const char *end)
{
    const char *start = p;

    if (s->escaped) { /* the backslash was the last byte of the piece before */
        start++;
    }
    p = start;
    while (p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
        if (!is_escaped(start, p)) {
            s->in_string = false;
            s->escaped = false;
            return p + 1;
        }
        p++;
    }
    s->escaped = is_escaped(start, end);
    return end;
}

/* The list of a page has ended; the page goes on. */
static void leave_list(struct json_split *s)
{
    s->phase = IN_OBJECT;
    s->depth = 1;
    s->closers[1] = '}';
    s->has_content = true;
}

/* A ',' or ']' between elements, or the end of the one object; `from` is where the current element
 * began in this piece. */
static int at_top(struct json_split *s, char **from, char *p, struct error *err)
{
    bool closes = *p == ']';

    if (*p == '}') {
        return error_set(err, ERR_ANSWER, "element [%zu]: '}' closes nothing", s->count);
    }
    if (s->has_content) {
        if (emit(s, *from, (size_t)(p - *from), err) != 0) {
            return -1;
        }
    } else if (!closes || s->after_comma) {
        return error_set(err, ERR_ANSWER, "element [%zu] is missing", s->count);
    }
    s->after_comma = !closes;
    *from = p + 1;
    if (closes && s->list != NULL) {
        leave_list(s);
    } else if (closes) {
        s->phase = AT_END;
    }
    return 0;
}

static size_t without_blanks(const char *text, size_t len)
{
    while (len > 0 && is_blank(text[len - 1])) {
        len--;
    }
    return len;
}

/* Whether the page so far ends with the key of its list. */
static bool ends_with_key(const struct json_split *s)
{
    const char *text = strbuf_text(&s->around);
    size_t len = without_blanks(text, s->around.len), key = strlen(s->list);

    if (len == 0 || text[len - 1] != ':') {
        return false;
    }
    len = without_blanks(text, len - 1);
    if (len < key + 2 || text[len - 1] != '"' || text[len - key - 2] != '"' ||
        strncmp(text + len - key - 1, s->list, key) != 0) {
        return false;
    }
    len = without_blanks(text, len - key - 2);
    /* else it is the end of a longer key */
    return len > 0 && (text[len - 1] == '{' || text[len - 1] == ',');
}

/* A '[' at the top level of a page: the beginning of its list, or of another member's array. */
static int open_list(struct json_split *s, char **from, char *p, struct error *err)
{
    if (keep_around(s, *from, (size_t)(p - *from), err) != 0) {
        return -1;
    }
    *from = p;
    if (!ends_with_key(s)) {
        return open_bracket(s, '[', err);
    }
    if (s->has_list) {
        return error_set(err, ERR_ANSWER, "\"%s\" occurs twice", s->list);
    }
    s->has_list = true;
    s->phase = IN_ARRAY;
    s->depth = 0;
    s->has_content = false;
    s->after_comma = false;
    return keep_around(s, "[]", 2, err);
}

static int close_page(struct json_split *s, const char *data, size_t len, struct error *err)
{
    if (keep_around(s, data, len, err) != 0) {
        return -1;
    }
    s->phase = AT_END;
    return s->rest(s->user, s->around.data, s->around.len, s->has_list, err);
}

static int close_bracket(struct json_split *s, char *from, const char *p, struct error *err)
{
    if (s->closers[s->depth] != (unsigned char)*p) {
        return error_set(err, ERR_ANSWER, "element [%zu]: '%c' does not close what is open",
                         s->count, *p);
    }
    s->depth--;
    if (is_around(s) && s->depth == 0) {
        return close_page(s, from, (size_t)(p + 1 - from), err);
    }
    if (s->phase == IN_OBJECT && s->depth == 0) {
        s->phase = AT_END;
        return emit(s, from, (size_t)(p + 1 - from), err);
    }
    return 0;
}

/* One of the bytes of is_structural, outside of strings. */
static int structural(struct json_split *s, char **from, char *at, struct error *err)
{
    switch (*at) {
    case '"':
        s->in_string = true;
        return 0;
    case '[':
        if (s->depth == 1 && is_around(s)) {
            return open_list(s, from, at, err);
        }
        return open_bracket(s, *at, err);
    case '{':
        return open_bracket(s, *at, err);
    default: /* ']', '}' or ',' */
        if (s->depth == 0) {
            return at_top(s, from, at, err);
        }
        if (*at == ',') {
            return 0;
        }
        return close_bracket(s, *from, at, err);
    }
}

/* What follows the element at p when all of it is in this piece, else p. */
static const char *skip_element(const struct json_split *s, const char *p, const char *end)
{
    size_t len = (size_t)(end - p);
    const char *after = NULL;

    if (s->parse != NULL && s->has_content && s->phase == IN_ARRAY) {
        after = s->parse(s->user, p, len < s->element_max ? len : s->element_max);
    }
    return after != NULL ? after : p;
}

int json_split_feed(struct json_split *s, char *data, size_t len, struct error *err)
{
    const char *end = data + len;
    const char *p = data;
    char *from;

    if (s->phase == AT_START && begin(s, &p, end, err) != 0) {
        return -1;
    }
    from = data + (p - data);
    while (p < end && s->phase != AT_END && s->phase != AT_START) {
        char *at;
        if (s->in_string) {
            p = skip_string(s, p, end);
            continue;
        }
        if (!s->has_content) {
            while (p < end && is_blank(*p)) {
                p++;
            }
            from = data + (p - data);
            if (p == end) {
                break;
            }
            s->has_content = *p != ',' && *p != ']';
            p = skip_element(s, p, end);
        }
        while (p < end && !is_structural((unsigned char)*p)) {
            p++;
        }
        if (p == end) {
            break;
        }
        at = data + (p - data);
        p++;
        if (structural(s, &from, at, err) != 0) {
            return -1;
        }
    }
    if (s->phase == AT_END) {
        for (; p < end; p++) {
            if (!is_blank(*p)) {
                return error_set(err, ERR_ANSWER, "something follows the end of the document");
            }
        }
        return 0;
    }
    if (s->has_content) {
        return keep(s, from, (size_t)(end - from), err);
    }
    return 0;
}

int json_split_finish(struct json_split *s, struct error *err)
{
    if (s->phase == AT_START) {
        return error_set(err, ERR_ANSWER, "the answer is empty");
    }
    if (s->phase != AT_END) {
        if (s->count == 1) {
            return error_set(err, ERR_ANSWER,
                             "the answer ends in the middle, after 1 whole element");
        }
        return error_set(err, ERR_ANSWER, "the answer ends in the middle, after %zu whole elements",
                         s->count);
    }
    return 0;
}

void json_split_reset(struct json_split *s)
{
    strbuf_reset(&s->carry);
    strbuf_reset(&s->around);
    s->has_list = false;
    s->count = 0;
    s->phase = AT_START;
    s->mark = 0;
    s->in_string = false;
    s->escaped = false;
    s->has_content = false;
    s->after_comma = false;
    s->depth = 0;
}

void json_split_clear(struct json_split *s)
{
    json_split_reset(s);
    strbuf_clear(&s->carry);
    strbuf_clear(&s->around);
}
