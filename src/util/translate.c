/* translate.c - texts for people, looked up where a language other than English is in use. */
#include "offerstat/translate.h"

#include <stddef.h>

static const char *(*look_up)(const char *one, const char *many, unsigned long count);
static const char *(*suspended_look_up)(const char *one, const char *many, unsigned long count);

void translate_by(const char *(*lookup)(const char *one, const char *many, unsigned long count))
{
    look_up = lookup;
    suspended_look_up = NULL;
}

void translate_suspend(bool suspended)
{
    if (suspended && look_up != NULL) {
        suspended_look_up = look_up;
        look_up = NULL;
    } else if (!suspended && suspended_look_up != NULL) {
        look_up = suspended_look_up;
        suspended_look_up = NULL;
    }
}

bool translates(void)
{
    return look_up != NULL;
}

const char *translate(const char *text)
{
    if (look_up == NULL || *text == '\0') { /* "" stands for a catalogue's head */
        return text;
    }
    return look_up(text, NULL, 1);
}

const char *translate_count(const char *one, const char *many, unsigned long count)
{
    if (look_up == NULL) {
        return count == 1 ? one : many;
    }
    return look_up(one, many, count);
}
