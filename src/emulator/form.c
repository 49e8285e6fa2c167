/* form.c - the fields of a form that was posted. */
#include "form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the value of a form's field begins, not yet decoded; NULL where the field is missing. */
static const char *form_find_field(const char *form, const char *name)
{
    size_t len = strlen(name);

    while (form != NULL) {
        if (strncmp(form, name, len) == 0 && form[len] == '=') {
            return form + len + 1;
        }
        form = strchr(form, '&');
        form = form != NULL ? form + 1 : NULL;
    }
    return NULL;
}

char *form_field(const char *form, const char *name)
{
    const char *coded = form_find_field(form, name);
    char *value = coded != NULL ? strndup(coded, strcspn(coded, "&")) : NULL, *to = value;

    if (value == NULL) {
        return NULL;
    }
    for (const char *from = value; *from != '\0'; from++) {
        unsigned byte;
        if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
            *to++ = (char)byte;
            from += 2;
        } else if (*from == '+') {
            *to++ = ' ';
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return value;
}

bool form_field_is(const char *form, const char *name, const char *wanted)
{
    char *value = form_field(form, name);
    bool is = value != NULL && strcmp(value, wanted) == 0;

    free(value);
    return is;
}
