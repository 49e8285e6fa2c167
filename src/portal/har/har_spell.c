/* har_spell.c - a name as encoders of addresses and of HTML write it.  JSON's escapes are none of
 * them: they are undone before a name is looked for. */
#include "har/har_spell.h"

#include "offerstat/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct character {
    const char *bytes;
    size_t count;
    uint32_t code;
};

static bool is_one_of(const struct character *c, const char *set)
{
    return c->code != 0 && c->code < 0x80 && strchr(set, (char)c->code) != NULL;
}

static bool is_plain(const struct character *c)
{
    return is_one_of(c, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~");
}

static void put_percent(const struct character *c, struct strbuf *out)
{
    for (size_t i = 0; i < c->count && !is_plain(c); i++) {
        strbuf_printf(out, "%%%02X", (unsigned char)c->bytes[i]);
    }
}

/* encodeURIComponent leaves a few signs as they are. */
static void put_script_percent(const struct character *c, struct strbuf *out)
{
    if (!is_one_of(c, "!'()*")) {
        put_percent(c, out);
    }
}

static void put_form(const struct character *c, struct strbuf *out)
{
    if (c->code == ' ') {
        strbuf_puts(out, "+");
    } else {
        put_percent(c, out);
    }
}

static void put_entity(const struct character *c, struct strbuf *out)
{
    if (c->code == '&') {
        strbuf_puts(out, "&amp;");
    } else if (c->code == '<') {
        strbuf_puts(out, "&lt;");
    } else if (c->code == '>') {
        strbuf_puts(out, "&gt;");
    }
}

static void put_quoted_entity(const struct character *c, struct strbuf *out)
{
    if (c->code == '"') {
        strbuf_puts(out, "&quot;");
    } else if (c->code == '\'') {
        strbuf_puts(out, "&#39;");
    } else {
        put_entity(c, out);
    }
}

/* WebUtility.HtmlEncode of .NET */
static void put_decimal_entity(const struct character *c, struct strbuf *out)
{
    if ((c->code >= 0xA0 && c->code <= 0xFF) || c->code > 0xFFFF) {
        strbuf_printf(out, "&#%u;", (unsigned)c->code);
    } else {
        put_quoted_entity(c, out);
    }
}

/* HtmlEncoder.Default of .NET */
static void put_hexadecimal_entity(const struct character *c, struct strbuf *out)
{
    if (is_one_of(c, "'+") || c->code >= 0x80) {
        strbuf_printf(out, "&#x%X;", (unsigned)c->code);
    } else {
        put_quoted_entity(c, out);
    }
}

/* Each appends nothing for a character that stays as it is. */
static void (*const spellings[HAR_SPELLINGS])(const struct character *c, struct strbuf *out) = {
    put_percent,        put_script_percent,     put_form, put_entity, put_quoted_entity,
    put_decimal_entity, put_hexadecimal_entity,
};

void har_spell(size_t spelling, const char *name, size_t len, struct strbuf *out)
{
    const char *end = name + len;

    for (const char *p = name; p < end;) {
        struct character c = { .bytes = p };
        size_t before = out->len;
        c.count = utf8_decode(p, end, &c.code);
        if (c.count == 0) {
            c.count = 1;
            c.code = 0;
        }
        spellings[spelling](&c, out);
        if (out->len == before) {
            strbuf_append(out, p, c.count);
        }
        p += c.count;
    }
}
