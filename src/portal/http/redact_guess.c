/* redact_guess.c - secrets of others in links and sentences of a service. */
#define _GNU_SOURCE /* strcasestr */
#include "http/redact_guess.h"

#include "offerstat/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define LETTERS CAPITALS "abcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"
#define BASE64URL LETTERS DIGITS "_-"

#define NAME_MAX_BYTES 128

/* A word after "Bearer" that is shorter than this, or has no digit, may be one of a sentence. */
#define BEARER_MIN 8

/* A character as it stands or as JSON escapes it (level 0), or percent-encoded: once in a URL,
 * twice ("%253D") in a URL within a URL. */
struct spelled {
    char c;
    unsigned level;
    size_t len; /* bytes that it takes; 0 at the end of the text */
};

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* The value of two hexadecimal digits, -1 when there are not two. */
static int read_hex(const char *p)
{
    static const char digits[] = "0123456789abcdef";
    int value = 0;

    for (size_t i = 0; i < 2; i++) {
        unsigned char c = text_lower(p[i]);
        if (!is_one_of((char)c, digits)) {
            return -1;
        }
        value = value * 16 + (int)(strchr(digits, c) - digits);
    }
    return value;
}

static struct spelled read_spelled(const char *p)
{
    struct spelled s = { .c = *p, .len = *p != '\0' };
    size_t at = 1;

    if (*p == '%') {
        while (strncmp(p + at, "25", 2) == 0 && read_hex(p + at + 2) >= 0) {
            at += 2;
        }
        if (read_hex(p + at) >= 0) {
            s.c = (char)read_hex(p + at);
            s.level = (unsigned)(at + 1) / 2;
            s.len = at + 2;
        }
    } else if (strncmp(p, "\\/", 2) == 0) {
        s = (struct spelled){ .c = '/', .len = 2 };
    } else if (strncmp(p, "\\u00", 4) == 0 && read_hex(p + 4) >= 0) {
        s = (struct spelled){ .c = (char)read_hex(p + 4), .len = 6 };
    }
    return s;
}

static bool is_word(const char *word, size_t len, const char *wanted)
{
    return strlen(wanted) == len && strncasecmp(word, wanted, len) == 0;
}

/* A whole word, and its plural.  Some are compounds that are also written without a separator. */
static bool is_secret_word(const char *word, size_t len)
{
    static const char *const words[] = {
        "sig",        "signature",    "sas",        "token",     "secret",     "password",
        "assertion",  "credential",   "code",       "key",       "pwd",        "pass",
        "passwd",     "passcode",     "passphrase", "jwt",       "authcode",   "usercode",
        "devicecode", "apikey",       "accesskey",  "sharedkey", "accountkey", "sharedaccesskey",
        "bearer",     "authorization"
    };
    /* "accesstoken", "clientsecret"; no other word ends like this. */
    static const char *const endings[] = { "token",     "secret",     "password",
                                           "signature", "credential", "assertion" };

    for (int plural = 0; plural <= 1; plural++) {
        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
            if (is_word(word, len, words[i])) {
                return true;
            }
        }
        for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
            size_t ending = strlen(endings[i]);
            if (len > ending && is_word(word + len - ending, ending, endings[i])) {
                return true;
            }
        }
        if (len == 0 || text_lower(word[len - 1]) != 's') {
            return false;
        }
        len--;
    }
    return false;
}

/* The first word of letters that may be several ("accountKey", "SASToken"). */
static size_t word_length(const char *p, size_t len)
{
    size_t i = 1;

    while (i < len &&
           (!is_one_of(p[i], CAPITALS) ||
            (is_one_of(p[i - 1], CAPITALS) && (i + 1 == len || is_one_of(p[i + 1], CAPITALS))))) {
        i++;
    }
    return i;
}

static bool names_a_secret(const char *name)
{
    /* These mark a page of a list, or say what went wrong. */
    static const char *const harmless[] = { "$skipToken", "skipToken",  "continuationToken",
                                            "errorCode",  "error_code", "statusCode",
                                            "status_code" };

    for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
        if (strcasecmp(name, harmless[i]) == 0) {
            return false;
        }
    }
    for (const char *p = name; *p != '\0';) {
        size_t letters = strspn(p, LETTERS);
        if (letters == 0) {
            p++;
            continue;
        }
        if (is_secret_word(p, letters)) {
            return true;
        }
        for (size_t at = 0; at < letters;) {
            size_t len = word_length(p + at, letters - at);
            if (is_secret_word(p + at, len)) {
                return true;
            }
            at += len;
        }
        p += letters;
    }
    return false;
}

/* A parameter's name without its percent-encoding; returns where it ends. */
static char *read_name(char *p, char name[NAME_MAX_BYTES])
{
    struct spelled s = read_spelled(p);
    size_t len = 0;

    while (is_one_of(s.c, LETTERS DIGITS "_.$-[]")) {
        if (len + 1 < NAME_MAX_BYTES) {
            name[len++] = s.c;
        }
        p += s.len;
        s = read_spelled(p);
    }
    name[len] = '\0';
    return p;
}

static char *hide_value(char *p, unsigned level)
{
    struct spelled s = read_spelled(p);

    while (s.len > 0 && !(s.level == 0 && is_one_of(s.c, "&#\"\\' \t\r\n)<>;")) &&
           !(s.level > 0 && s.level <= level && is_one_of(s.c, "?&;#"))) {
        memset(p, '*', s.len);
        p += s.len;
        s = read_spelled(p);
    }
    return p;
}

/* "?sig=...&access_token=...": links of a service may contain signatures that are not among our
 * secrets.  In HTML parameters are separated by "&amp;", in connection strings by ';'. */
static void hide_parameters(char *text)
{
    char name[NAME_MAX_BYTES];
    struct spelled s;

    for (char *p = text; *p != '\0';) {
        s = read_spelled(p);
        p += s.len;
        if (is_one_of(s.c, "?&;#")) {
            p = read_name(p, name);
            s = read_spelled(p);
            if (s.c == '=' && names_a_secret(name)) {
                p = hide_value(p + s.len, s.level);
            }
        }
    }
}

/* What stands before the host of a URL whose slashes are encoded `level` times. */
static char *hide_user(char *start, unsigned level)
{
    struct spelled s = read_spelled(start);
    char *p = start, *at = NULL;

    while (s.len > 0 && !(s.level <= level && is_one_of(s.c, "/?#\"' \t\r\n<>")) &&
           !(s.level < level && is_one_of(s.c, "&;"))) {
        if (s.c == '@') {
            at = p;
        }
        p += s.len;
        s = read_spelled(p);
    }
    if (at != NULL) {
        memset(start, '*', (size_t)(at - start));
    }
    return p;
}

static void hide_users(char *text)
{
    for (char *p = text; *p != '\0';) {
        struct spelled s = read_spelled(p), next;
        p += s.len;
        next = read_spelled(p);
        if (s.c == '/' && next.c == '/' && next.level == s.level) {
            p = hide_user(p + next.len, s.level);
        }
    }
}

/* Three parts in base64url, of which the first is a JSON object. */
static void hide_tokens(char *text)
{
    for (char *p = text; (p = strstr(p, "eyJ")) != NULL;) {
        size_t head = strspn(p, BASE64URL), all = head;
        if (p[head] == '.') {
            all += 1 + strspn(p + head + 1, BASE64URL);
        }
        if (all > head + 1 && p[all] == '.') {
            all += 1 + strspn(p + all + 1, BASE64URL);
            memset(p, '*', all);
        }
        p += all;
    }
}

/* "Bearer 1a2b3c..." with a token that is not signed.  "Bearer token expired" is a sentence, and
 * "Bearer realm=..." a challenge. */
static void hide_bearers(char *text)
{
    static const char scheme[] = "bearer";
    char *p = text;

    while ((p = strcasestr(p, scheme)) != NULL) {
        bool begins = p == text || !is_one_of(p[-1], LETTERS);
        size_t gap;

        p += sizeof(scheme) - 1;
        gap = strspn(p, " \t:=\"'");
        if (gap == 0 && strncmp(p, "%20", 3) == 0) {
            gap = 3;
        }
        p += gap;
        if (begins && gap > 0) {
            size_t len = strspn(p, BASE64URL ".~+/");
            if (len >= BEARER_MIN && strcspn(p, DIGITS) < len) {
                memset(p, '*', len + strspn(p + len, "="));
            }
        }
    }
}

void redact_guess(char *text)
{
    hide_parameters(text);
    hide_users(text);
    hide_tokens(text);
    hide_bearers(text);
}
