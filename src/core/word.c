/* word.c - loose comparison, globs, and near misses. */
#include "offerstat/word.h"

#include <string.h>

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_filler(char c)
{
    return c == '-' || c == '_' || c == ' ';
}

/* The next letter that counts, '\0' at the end; *p moves behind it, and behind a doubled l. */
static unsigned char next_letter(const char **p)
{
    unsigned char c;

    while (is_filler(**p)) {
        (*p)++;
    }
    c = lower(**p);
    if (c == '\0') {
        return c;
    }
    (*p)++;
    if (c == 'l') {
        while (lower(**p) == 'l') {
            (*p)++;
        }
    }
    return c;
}

/* Whether a begins with b; *rest is what of a is left. */
static bool begins_with(const char *a, const char *b, const char **rest)
{
    for (;;) {
        unsigned char wanted = next_letter(&b);
        if (wanted == '\0') {
            *rest = a;
            return true;
        }
        if (next_letter(&a) != wanted) {
            return false;
        }
    }
}

bool word_equal(const char *a, const char *b)
{
    const char *rest;

    return a != NULL && b != NULL && begins_with(a, b, &rest) && next_letter(&rest) == '\0';
}

bool word_is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (word_equal(word, words[i])) {
            return true;
        }
    }
    return false;
}

bool word_contains(const char *a, const char *b)
{
    const char *rest;

    if (a == NULL || b == NULL) {
        return false;
    }
    for (; *a != '\0'; a++) {
        if (begins_with(a, b, &rest)) {
            return true;
        }
    }
    return false;
}

int text_compare_nocase(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return (int)lower(*a) - (int)lower(*b);
}

bool text_equal_nocase(const char *a, const char *b)
{
    return a != NULL && b != NULL && text_compare_nocase(a, b) == 0;
}

bool text_contains_nocase(const char *text, const char *part)
{
    if (text == NULL || part == NULL) {
        return false;
    }
    for (;; text++) {
        size_t i = 0;
        while (part[i] != '\0' && lower(text[i]) == lower(part[i])) {
            i++;
        }
        if (part[i] == '\0') {
            return true;
        }
        if (*text == '\0') {
            return false;
        }
    }
}

bool glob_has_magic(const char *pattern)
{
    return strpbrk(pattern, "*?[") != NULL;
}

/* Match one character class; *pattern stands behind '[' and moves behind ']'.  An unclosed class is
 * a plain '['. */
static bool class_match(const char **pattern, unsigned char c, bool *is_class)
{
    const char *p = *pattern;
    bool negated = *p == '!' || *p == '^';
    bool hit = false;

    if (negated) {
        p++;
    }
    for (bool first = true; *p != '\0' && (first || *p != ']'); first = false) {
        unsigned char from = lower(*p), to = from;
        if (p[1] == '-' && p[2] != '\0' && p[2] != ']') {
            to = lower(p[2]);
            p += 2;
        }
        hit = hit || (c >= from && c <= to);
        p++;
    }
    *is_class = *p == ']';
    if (*is_class) {
        *pattern = p + 1;
    }
    return hit != negated;
}

bool glob_match(const char *pattern, const char *text)
{
    const char *star = NULL, *star_text = NULL;
    const char *last_close = strrchr(pattern, ']'); /* no class begins behind it */

    /* Only the last star is ever tried again: what stood before it has matched as early as it
     * could. */
    for (;;) {
        const char *p = pattern;
        bool hit = false;

        if (*p == '*') {
            star = ++pattern;
            star_text = text;
            continue;
        }
        if (*text == '\0' && *p == '\0') {
            return true;
        }
        if (*text != '\0' && *p != '\0') {
            bool is_class = false;
            if (*p == '[' && last_close != NULL && p < last_close) {
                p++;
                hit = class_match(&p, lower(*text), &is_class) && is_class;
            }
            if (!is_class) {
                p = pattern + 1;
                hit = *pattern == '?' || lower(*pattern) == lower(*text);
            }
        }
        if (hit) {
            pattern = p;
            text++;
        } else if (star != NULL && *star_text != '\0') {
            pattern = star;
            text = ++star_text;
        } else {
            return false;
        }
    }
}

#define DISTANCE_MAX 64

size_t word_distance(const char *a, const char *b, size_t limit)
{
    size_t la = strlen(a), lb = strlen(b);
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    if (la > DISTANCE_MAX || lb > DISTANCE_MAX || (la > lb ? la - lb : lb - la) > limit) {
        return limit + 1;
    }
    memset(rows, 0, sizeof(rows));
    for (size_t j = 0; j <= lb; j++) {
        last[j] = j;
    }
    for (size_t i = 1; i <= la; i++) {
        size_t *spare = before;
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            size_t best = last[j - 1] + (same ? 0 : 1);
            if (last[j] + 1 < best) {
                best = last[j] + 1;
            }
            if (row[j - 1] + 1 < best) {
                best = row[j - 1] + 1;
            }
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]) && before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            row[j] = best;
        }
        before = last;
        last = row;
        row = spare;
    }
    return last[lb] <= limit ? last[lb] : limit + 1;
}

size_t word_slip_limit(const char *text)
{
    size_t len = strlen(text);

    return len <= 2 ? 0 : len <= 4 ? 1 : len <= 9 ? 2 : 3;
}

const char *word_nearest(const char *text, const char *const *candidates, size_t count)
{
    size_t best = word_slip_limit(text) + 1, nearest = count;

    for (size_t i = 0; i < count && best > 0; i++) {
        size_t distance = word_distance(text, candidates[i], best - 1);
        if (distance < best) {
            best = distance;
            nearest = i;
        }
    }
    /* a beginning is as telling as a slip */
    for (size_t i = 0; nearest == count && strlen(text) >= 3 && i < count; i++) {
        if (strncmp(candidates[i], text, strlen(text)) == 0) {
            return candidates[i];
        }
    }
    return nearest < count ? candidates[nearest] : NULL;
}

bool digits_are(const char *text)
{
    return text != NULL && *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* The longer is the greater, then the letters decide. */
int digits_compare(const char *a, const char *b)
{
    size_t la, lb;

    a += strspn(a, "0");
    b += strspn(b, "0");
    la = strlen(a);
    lb = strlen(b);
    return la != lb ? (la > lb ? 1 : -1) : strcmp(a, b);
}
