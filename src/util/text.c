/* text.c - ASCII text without case, globs, and decimal numbers of any length. */
#include "offerstat/text.h"

#include <string.h>

unsigned char text_lower(char c)
{
    if (c >= 'A' && c <= 'Z') {
        c = (char)(c - 'A' + 'a');
    }
    return (unsigned char)c;
}

int text_compare_nocase(const char *a, const char *b)
{
    while (*a != '\0' && text_lower(*a) == text_lower(*b)) {
        a++;
        b++;
    }
    return (int)text_lower(*a) - (int)text_lower(*b);
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
        while (part[i] != '\0' && text_lower(text[i]) == text_lower(part[i])) {
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

/* Match one character class; *pattern stands after '[' and moves past ']'.  An unclosed class is
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
        unsigned char from = text_lower(*p), to = from;
        if (p[1] == '-' && p[2] != '\0' && p[2] != ']') {
            to = text_lower(p[2]);
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
    const char *last_close = strrchr(pattern, ']'); /* no class begins after it */

    /* Backtrack only to the last star: the pattern before it has matched as early as possible. */
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
                hit = class_match(&p, text_lower(*text), &is_class) && is_class;
            }
            if (!is_class) {
                p = pattern + 1;
                hit = *pattern == '?' || text_lower(*pattern) == text_lower(*text);
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

bool digits_are(const char *text)
{
    return text != NULL && *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* A longer number is greater; of the same length the digits decide. */
int digits_compare(const char *a, const char *b)
{
    size_t la, lb;

    a += strspn(a, "0");
    b += strspn(b, "0");
    la = strlen(a);
    lb = strlen(b);
    if (la != lb) {
        return la > lb ? 1 : -1;
    }
    return strcmp(a, b);
}
