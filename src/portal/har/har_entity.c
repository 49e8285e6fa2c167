/* har_entity.c - one spelling for each character of HTML. */
#include "har/har_entity.h"

#include "offerstat/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

#define LATIN_1 0xA0 /* the character of the first of latin_1 */

/* Of the 252 names of HTML 4 the letters and signs that names of offers and publishers have. */
static const char *const latin_1[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct {
    const char *name;
    uint32_t code;
} others[] = {
    { "amp", '&' },      { "lt", '<' },        { "gt", '>' },       { "quot", '"' },
    { "apos", '\'' },    { "OElig", 0x152 },   { "oelig", 0x153 },  { "Scaron", 0x160 },
    { "scaron", 0x161 }, { "Yuml", 0x178 },    { "ndash", 0x2013 }, { "mdash", 0x2014 },
    { "lsquo", 0x2018 }, { "rsquo", 0x2019 },  { "ldquo", 0x201C }, { "rdquo", 0x201D },
    { "bull", 0x2022 },  { "hellip", 0x2026 }, { "trade", 0x2122 },
};

static bool is_name(const char *p, size_t len, const char *name)
{
    return strlen(name) == len && strncmp(p, name, len) == 0;
}

/* 0 for a name that is not known. */
static uint32_t code_of_name(const char *p, size_t len)
{
    for (size_t i = 0; i < sizeof(latin_1) / sizeof(latin_1[0]); i++) {
        if (is_name(p, len, latin_1[i])) {
            return LATIN_1 + (uint32_t)i;
        }
    }
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (is_name(p, len, others[i].name)) {
            return others[i].code;
        }
    }
    return 0;
}

/* The number at p; 0 where it is none, or of no character that may stand in a text.  Below 0xA0
 * browsers take some for other characters. */
static uint32_t code_of_number(const char *p, size_t len)
{
    const char *digits = DIGITS;
    unsigned long code;
    size_t zeros;
    int base = 10;

    if (*p == 'x' || *p == 'X') {
        digits = DIGITS "ABCDEFabcdef";
        base = 16;
        p++;
        len--;
    }
    zeros = strspn(p, "0");
    if (len == zeros || len - zeros > 8 || strspn(p, digits) < len) {
        return 0;
    }
    code = strtoul(p, NULL, base);
    if (code <= ' ' || (code >= 0x7F && code < 0xA0) || (code >= 0xD800 && code <= 0xDFFF) ||
        code > 0x10FFFF) {
        return 0;
    }
    return (uint32_t)code;
}

/* The reference at p, an '&': its bytes, and the character; 0 where there is none that is known. */
static size_t read_reference(const char *p, uint32_t *code)
{
    size_t start = p[1] == '#' ? 2 : 1;
    size_t len = strspn(p + start, LETTERS DIGITS);

    if (len == 0 || p[start + len] != ';') {
        return 0;
    }
    *code = start == 2 ? code_of_number(p + 2, len) : code_of_name(p + 1, len);
    return *code != 0 ? start + len + 1 : 0;
}

static void put_character(uint32_t code, struct strbuf *out)
{
    static const struct {
        uint32_t code;
        const char *html;
    } markup[] = {
        { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" }
    };
    char bytes[4];

    for (size_t i = 0; i < sizeof(markup) / sizeof(markup[0]); i++) {
        if (markup[i].code == code) {
            strbuf_puts(out, markup[i].html);
            return;
        }
    }
    strbuf_append(out, bytes, utf8_encode(code, bytes));
}

void har_entity_unify(const char *html, struct strbuf *out)
{
    bool open = false; /* an ASCII character here would be part of a tag or of a reference */
    size_t len;

    for (const char *p = html; *p != '\0'; p += len) {
        uint32_t code = 0;
        len = *p == '&' ? read_reference(p, &code) : 0;
        if (len > 0 && (code >= 0x80 || !open)) {
            put_character(code, out);
            open = false;
            continue;
        }
        if (*p == '&' || *p == '<') {
            open = true;
        } else if (strchr(LETTERS DIGITS "#/!?-", *p) == NULL) {
            open = false;
        }
        len = 1;
        strbuf_append(out, p, len);
    }
}
