/* word.c - comparing the services' words, whose spellings differ. */
#include "offerstat/word.h"

#include "offerstat/text.h"

#include <string.h>

static bool is_filler(char c)
{
    return c == '-' || c == '_' || c == ' ';
}

/* The next letter that is compared, '\0' at the end; *p moves past it, and past a doubled l. */
static unsigned char next_letter(const char **p)
{
    unsigned char c;

    while (is_filler(**p)) {
        (*p)++;
    }
    c = text_lower(**p);
    if (c == '\0') {
        return c;
    }
    (*p)++;
    if (c == 'l') {
        while (text_lower(**p) == 'l') {
            (*p)++;
        }
    }
    return c;
}

/* Whether a begins with b; *rest is the rest of a. */
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

    if (a == NULL || b == NULL) {
        return false;
    }
    return strcmp(a, b) == 0 || (begins_with(a, b, &rest) && next_letter(&rest) == '\0');
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
