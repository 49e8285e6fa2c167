/* har_body.c - cuts JSON into its texts and numbers while it arrives, and puts it together again.
 * The grammar is not checked: what is no JSON stays none, so that a replay fails as the first read
 * did. */
#include "har/har_body.h"

#include "offerstat/secret.h"
#include "offerstat/text.h"
#include "offerstat/utf8.h"
#include "json/json.h"

#include <stdint.h>
#include <string.h>

#define SCALAR_MAX ((size_t)256) /* bytes of a number that is kept */
#define KEY_MAX ((size_t)80)
#define KEY_DIGITS_MAX 3

void har_forget(struct strbuf *text)
{
    if (text->data != NULL) {
        secret_wipe(text->data, text->len);
        text->len = 0;
        text->data[0] = '\0';
    }
}

void har_put_escaped(struct strbuf *out, const char *text, size_t len)
{
    const char *kept = text, *end = text + len;

    for (const char *p = text; p < end; p++) {
        unsigned char c = (unsigned char)*p;
        if (c >= 0x20 && c != '"' && c != '\\') {
            continue;
        }
        strbuf_append(out, kept, (size_t)(p - kept));
        kept = p + 1;
        if (c == '\n') {
            strbuf_puts(out, "\\n");
        } else if (c == '"' || c == '\\') {
            strbuf_printf(out, "\\%c", c);
        } else {
            strbuf_printf(out, "\\u%04x", c);
        }
    }
    strbuf_append(out, kept, (size_t)(end - kept));
}

void har_put_string(struct strbuf *out, const char *text, size_t len)
{
    strbuf_append(out, "\"", 1);
    har_put_escaped(out, text, len);
    strbuf_append(out, "\"", 1);
}

/* Texts and numbers. */

static void decode(struct strbuf *out, const char *p, size_t len)
{
    const char *end = p + len;

    har_forget(out);
    while (p < end) {
        size_t plain = utf8_plain(p, end);
        char bytes[4];
        if (plain > 0) {
            strbuf_append(out, p, plain);
            p += plain;
        } else {
            strbuf_append(out, bytes, utf8_encode(json_next_character(&p, end), bytes));
        }
    }
}

/* "@odata.type", "jobs@odata.count", but no address of mail. */
static bool is_annotation(const struct strbuf *key)
{
    const char *at = strchr(strbuf_text(key), '@');

    return at == NULL || at == key->data || strncmp(at, "@odata.", 7) == 0;
}

/* A name that is no data: in a map the names are what others chose. */
static bool looks_like_a_name(const struct strbuf *key)
{
    size_t digits = 0;

    if (key->len > KEY_MAX) {
        return false;
    }
    for (size_t i = 0; i < key->len; i++) {
        char c = key->data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (c >= '0' && c <= '9') {
            digits++;
        } else if (!letter && strchr("_.$@-", c) == NULL) {
            return false;
        }
    }
    return digits <= KEY_DIGITS_MAX && is_annotation(key);
}

static void show(struct har_body *b, enum har_class class)
{
    if (b->text != NULL) {
        b->text(b->user, class, &b->value);
    }
}

static void remove_value(struct strbuf *value)
{
    if (value->len > 0) {
        har_forget(value);
        strbuf_puts(value, HAR_REMOVED_TEXT);
    }
}

/* A control character that stands in a text as it is makes it no JSON, which is kept. */
static void put_text(struct har_body *b)
{
    strbuf_append(b->out, "\"", 1);
    har_put_escaped(b->out, strbuf_text(&b->value), b->value.len);
    if (b->control) {
        strbuf_append(b->out, "\x01", 1);
        b->control = false;
    }
    strbuf_append(b->out, "\"", 1);
}

static void end_key(struct har_body *b)
{
    const struct har_level *level = &b->levels[b->depth - 1];
    const struct har_member *member = NULL;

    decode(&b->value, strbuf_text(&b->token), b->token.len);
    if (!level->unread && !b->too_long) {
        member = har_member_find(level->place, strbuf_text(&b->value), b->value.len);
    }
    b->unread = member == NULL;
    b->class = member != NULL ? member->class : HAR_REMOVED;
    b->object = member != NULL ? member->object : HAR_UNREAD;
    if (member == NULL || level->place == HAR_FIELDS) {
        if (b->too_long || (member == NULL && !looks_like_a_name(&b->value))) {
            remove_value(&b->value);
        }
        show(b, level->unread ? HAR_DEEP_KEY : HAR_KEY);
    }
    put_text(b);
    b->wants_key = false;
}

static void end_string(struct har_body *b)
{
    if (b->wants_key) {
        end_key(b);
    } else {
        decode(&b->value, strbuf_text(&b->token), b->token.len);
        if (b->class == HAR_REMOVED || b->too_long) {
            remove_value(&b->value);
        } else {
            show(b, b->class);
        }
        put_text(b);
    }
    if (b->too_long) { /* what it stands in is too large for offerstat, and shall be in a replay */
        strbuf_printf(b->out, "%*s", (int)HAR_STRING_MAX, "");
    }
    har_forget(&b->token);
    b->too_long = false;
}

static bool is_number(const struct strbuf *token)
{
    const char *text = strbuf_text(token);

    return token->len > 0 && strspn(text, "0123456789+-.eE") == token->len &&
           (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
}

static bool keeps_numbers(enum har_class class)
{
    return class == HAR_WORD || class == HAR_ID || class == HAR_NUMBER || class == HAR_SELLER;
}

/* A number stays one, also where a secret or an offer is called as it is. */
static void put_number(struct har_body *b)
{
    if (is_number(&b->value)) {
        strbuf_append(b->out, b->value.data, b->value.len);
    } else {
        strbuf_puts(b->out, "0");
    }
}

static void end_scalar(struct har_body *b)
{
    static const char *const words[] = { "true", "false", "null" };
    bool known = false;

    b->in_scalar = false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        known = known || strcmp(strbuf_text(&b->token), words[i]) == 0;
    }
    if (known) {
        strbuf_append(b->out, b->token.data, b->token.len);
    } else if (!is_number(&b->token) || b->too_long) {
        strbuf_puts(b->out, "?"); /* it is no JSON, and the replay shall find that, too */
    } else if (!keeps_numbers(b->class)) {
        strbuf_puts(b->out, "0");
    } else {
        har_forget(&b->value);
        strbuf_append(&b->value, b->token.data, b->token.len);
        show(b, b->class);
        put_number(b);
    }
    har_forget(&b->token);
    b->too_long = false;
}

/* Brackets and what stands between values. */

static void open_level(struct har_body *b, bool is_object)
{
    struct har_level *level = &b->levels[b->depth];

    if (b->depth == HAR_DEPTH_MAX) {
        b->broken = true;
        return;
    }
    *level = (struct har_level){ .is_object = is_object,
                                 .unread = b->unread,
                                 .place = b->object,
                                 .class = b->class };
    if (level->place == HAR_ERRORS) {
        level->place = is_object ? HAR_FIELDS : HAR_ERROR;
    }
    level->unread = level->unread || (is_object && level->place == HAR_UNREAD);
    b->object = level->place;
    b->unread = level->unread;
    if (level->unread) {
        b->class = HAR_REMOVED;
    }
    b->depth++;
    b->wants_key = is_object;
}

/* What the next value is, after a comma or the end of an object or list. */
static void expect_next(struct har_body *b)
{
    const struct har_level *level;

    if (b->depth == 0) {
        b->class = HAR_REMOVED;
        b->unread = true;
        return;
    }
    level = &b->levels[b->depth - 1];
    b->wants_key = level->is_object;
    b->class = level->class;
    b->object = level->place;
    b->unread = level->unread;
    if (level->unread) {
        b->class = HAR_REMOVED;
    }
}

static void take_structure(struct har_body *b, char c)
{
    switch (c) {
    case '{':
    case '[':
        open_level(b, c == '{');
        break;
    case '}':
    case ']':
        if (b->depth > 0) {
            b->depth--;
        }
        expect_next(b);
        b->wants_key = false;
        break;
    case ',':
        expect_next(b);
        break;
    default: /* ':' and white space */
        break;
    }
    if (!b->broken) {
        strbuf_append(b->out, &c, 1);
    }
}

/* The first byte that is no white space tells whether it is JSON. */
static void begin_document(struct har_body *b, char c)
{
    b->begun = true;
    b->markup = c == '<';
    b->opaque = strchr("{[\"-0123456789tfn", c) == NULL || c == '\0';
    b->class = HAR_REMOVED;
    if (c == '"') {
        b->class = HAR_TEXT; /* a text as a whole document is an error's */
    } else if (c == '-' || (c >= '0' && c <= '9')) {
        b->class = HAR_NUMBER; /* an error quotes it */
    }
    b->object = b->is_problem ? HAR_PROBLEM : HAR_RECORD;
}

static bool ends_scalar(char c)
{
    return c != '\0' && strchr(",:{}[]\" \t\r\n", c) != NULL;
}

static void take_token(struct har_body *b, const char *data, size_t len, size_t max)
{
    if (b->token.len + len > max) {
        b->too_long = true;
    } else {
        strbuf_append(&b->token, data, len);
    }
}

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static void take_byte(struct har_body *b, char c)
{
    if (!b->begun && b->mark < 3 && c == byte_order_mark[b->mark]) {
        b->mark++;
        strbuf_append(b->out, &c, 1);
        return;
    }
    if (!b->begun && (c == '\0' || strchr(" \t\r\n", c) == NULL)) {
        begin_document(b, c);
    }
    if (b->in_scalar && ends_scalar(c)) {
        end_scalar(b);
    }
    if (c == '"') {
        b->in_string = true;
    } else if (c != '\0' && strchr("{}[],: \t\r\n", c) != NULL) {
        take_structure(b, c);
    } else {
        b->in_scalar = true;
        take_token(b, &c, 1, SCALAR_MAX);
    }
}

/* Take what of a text is at p; how many bytes. */
static size_t take_string(struct har_body *b, const char *p, const char *end)
{
    const char *at = p;

    while (at < end && (b->escaped || *at != '"')) {
        b->escaped = !b->escaped && *at == '\\';
        b->control = b->control || (unsigned char)*at < 0x20;
        at++;
    }
    take_token(b, p, (size_t)(at - p), HAR_STRING_MAX);
    if (at < end) {
        b->in_string = false;
        end_string(b);
        at++;
    }
    return (size_t)(at - p);
}

void har_body_feed(struct har_body *b, const char *data, size_t len)
{
    const char *p = data, *end = data + len;

    if (b->token.max == 0) {
        b->token = (struct strbuf)STRBUF_SECRET(HAR_STRING_MAX);
        b->value = (struct strbuf)STRBUF_SECRET(4 * HAR_STRING_MAX);
    }
    while (p < end && !b->opaque && !b->broken) {
        if (b->in_string) {
            p += take_string(b, p, end);
        } else {
            take_byte(b, *p);
            p++;
        }
    }
    b->out->failed = b->out->failed || b->token.failed || b->value.failed;
}

void har_body_finish(struct har_body *b)
{
    if (b->in_scalar && !b->opaque && !b->broken) {
        end_scalar(b);
    }
    b->out->failed = b->out->failed || b->token.failed || b->value.failed;
}

void har_body_clear(struct har_body *b)
{
    strbuf_clear(&b->token);
    strbuf_clear(&b->value);
}
