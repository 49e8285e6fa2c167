/* redact.c - a list of secrets, searched for in every text that may repeat one. */
#define _GNU_SOURCE /* memmem */
#include "offerstat/redact.h"

#include "http/redact_guess.h"

#include "offerstat/secret.h"
#include "offerstat/strbuf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define STARTS 65536 /* values of start_of */

struct redact_secret {
    struct redact_secret *next;
    size_t len;
    char text[];
};

static struct redact_secret *secrets;

/* A bit for every start_of in a long secret, so that most places of a text are passed over without
 * a search. */
static uint8_t starts[STARTS / 8];
static bool any_long;

static unsigned start_of(const char *p)
{
    uint32_t bytes;

    memcpy(&bytes, p, sizeof(bytes));
    return (bytes * UINT32_C(2654435761)) >> 16;
}

static bool has_start(const char *p)
{
    unsigned start = start_of(p);

    return (starts[start / 8] & (1U << start % 8)) != 0;
}

static int add_spelling(const char *text, size_t len, struct error *err)
{
    struct redact_secret *copy;

    for (const struct redact_secret *known = secrets; known != NULL; known = known->next) {
        if (known->len == len && memcmp(known->text, text, len) == 0) {
            return 0;
        }
    }
    copy = calloc(1, sizeof(*copy) + len + 1);
    if (copy == NULL) {
        return error_memory(err);
    }
    memcpy(copy->text, text, len);
    copy->len = len;
    for (size_t i = 0; len >= REDACT_LONG && i + sizeof(uint32_t) <= len; i++) {
        unsigned start = start_of(text + i);
        starts[start / 8] |= (uint8_t)(1U << start % 8);
        any_long = true;
    }
    copy->next = secrets;
    secrets = copy;
    return 0;
}

/* One byte as a form or URL spells it ("%2B", "%2b"), or JSON ("\/"). */
static void put_percent(struct strbuf *to, char c, const char *digits)
{
    bool unreserved = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      strchr("-_.~", c) != NULL;

    if (unreserved) {
        strbuf_append(to, &c, 1);
    } else {
        strbuf_puts(to, "%");
        strbuf_append(to, &digits[(unsigned char)c >> 4], 1);
        strbuf_append(to, &digits[(unsigned char)c & 15], 1);
    }
}

static void put_upper_percent(struct strbuf *to, char c)
{
    put_percent(to, c, "0123456789ABCDEF");
}

static void put_lower_percent(struct strbuf *to, char c)
{
    put_percent(to, c, "0123456789abcdef");
}

static void put_json(struct strbuf *to, char c)
{
    if (strchr("\"\\/", c) != NULL) {
        strbuf_puts(to, "\\");
    }
    strbuf_append(to, &c, 1);
}

/* JSON need not escape the slash. */
static void put_json_with_slash(struct strbuf *to, char c)
{
    if (c == '/') {
        strbuf_append(to, &c, 1);
    } else {
        put_json(to, c);
    }
}

int redact_add(const char *secret, struct error *err)
{
    static void (*const spellings[])(struct strbuf * to, char c) = { put_upper_percent,
                                                                     put_lower_percent, put_json,
                                                                     put_json_with_slash };
    struct strbuf text = STRBUF_SECRET((size_t)4 * 1024 * 1024);
    size_t len = strlen(secret);
    int rc;

    if (len < REDACT_SECRET_MIN) {
        return 0;
    }
    rc = add_spelling(secret, len, err);
    for (size_t i = 0; rc == 0 && i < sizeof(spellings) / sizeof(spellings[0]); i++) {
        strbuf_reset(&text);
        for (const char *p = secret; *p != '\0'; p++) {
            spellings[i](&text, *p);
        }
        if (text.failed) {
            rc = error_memory(err);
        } else {
            rc = add_spelling(text.data, text.len, err);
        }
    }
    strbuf_clear(&text);
    return rc;
}

/* Bytes at p that are a secret or part of one; left of them end the text. */
static size_t secret_at(const char *p, size_t left, bool long_only)
{
    bool may_be_long = left >= REDACT_PART && has_start(p);
    size_t longest = 0;

    for (const struct redact_secret *secret = secrets; secret != NULL; secret = secret->next) {
        size_t len = 0;
        if (secret->len < REDACT_LONG) {
            if (!long_only && left >= secret->len && memcmp(p, secret->text, secret->len) == 0) {
                len = secret->len;
            }
        } else if (may_be_long && memmem(secret->text, secret->len, p, REDACT_PART) != NULL) {
            len = REDACT_PART;
        }
        if (len > longest) {
            longest = len;
        }
    }
    return longest;
}

static void hide_secrets(char *text, size_t len, bool long_only)
{
    size_t hidden = 0; /* end of the last secret that was found */

    /* Secrets and parts overlap, so a byte is overwritten only when no search will read it
     * again. */
    for (size_t i = 0; secrets != NULL && i < len; i++) {
        size_t found = secret_at(text + i, len - i, long_only);
        if (i + found > hidden) {
            hidden = i + found;
        }
        if (i < hidden) {
            text[i] = '*';
        }
    }
}

void redact_text(char *text)
{
    hide_secrets(text, strlen(text), false);
    redact_guess(text);
}

void redact_known(char *text)
{
    hide_secrets(text, strlen(text), false);
}

/* The starts of a part, one at each byte but its last three. */
#define PART_STARTS (REDACT_PART - sizeof(uint32_t) + 1)

/* Whether there are enough starts of secrets in a row around `at` for a part of one. */
static bool is_in_a_part(const char *text, size_t len, size_t at)
{
    size_t from = at, to = at;

    while (from > 0 && to - from < PART_STARTS && has_start(text + from - 1)) {
        from--;
    }
    while (to + 1 + sizeof(uint32_t) <= len && to - from < PART_STARTS &&
           has_start(text + to + 1)) {
        to++;
    }
    return to - from + 1 >= PART_STARTS;
}

/* False where no part of a long secret can be in the text.  Wherever one stands, one of the places
 * that are looked at is among its starts. */
static bool may_hold_a_part(const char *text, size_t len)
{
    if (!any_long || len < REDACT_PART) {
        return false;
    }
    for (size_t i = 0; i + sizeof(uint32_t) <= len; i += PART_STARTS) {
        if (has_start(text + i) && is_in_a_part(text, len, i)) {
            return true;
        }
    }
    return false;
}

bool redact_may_be_in(const char *text, size_t len)
{
    return any_long && (may_hold_a_part(text, len) || memchr(text, '\\', len) != NULL);
}

void redact_data(char *text)
{
    size_t len = strlen(text);

    if (may_hold_a_part(text, len)) {
        hide_secrets(text, len, true);
    }
}

void redact_excerpt(char *out, size_t out_size, const char *text)
{
    static const char mark[] = "...";
    size_t len = strlen(text);
    char *whole = strdup(text);

    if (whole == NULL) { /* without memory nothing is safe to show */
        memcpy(out, mark, sizeof(mark));
        return;
    }
    redact_text(whole);
    if (len >= out_size) {
        len = out_size - sizeof(mark);
        while (len > 0 && ((unsigned char)whole[len] & 0xC0) == 0x80) {
            len--; /* a UTF-8 continuation byte: in the middle of a character */
        }
        memcpy(out + len, mark, sizeof(mark));
    } else {
        out[len] = '\0';
    }
    memcpy(out, whole, len);
    secret_free(whole);
}

void redact_clear(void)
{
    while (secrets != NULL) {
        struct redact_secret *secret = secrets;
        secrets = secret->next;
        secret_wipe(secret, sizeof(*secret) + secret->len);
        free(secret);
    }
    secret_wipe(starts, sizeof(starts));
    any_long = false;
}
