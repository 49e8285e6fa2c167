/* form.c - the body of a POST, field by field. */
#include "http/form.h"

#include <ctype.h>
#include <string.h>

void form_add(struct strbuf *form, const char *name, const char *value)
{
    form->secret = true;
    strbuf_puts(form, "&");
    strbuf_puts(form, name);
    strbuf_puts(form, "=");
    for (; *value != '\0'; value++) {
        if (isalnum((unsigned char)*value) || strchr("-_.~", *value) != NULL) {
            strbuf_append(form, value, 1);
        } else {
            strbuf_printf(form, "%%%02X", (unsigned)(unsigned char)*value);
        }
    }
}

void form_clear(struct strbuf *form)
{
    form->secret = true;
    strbuf_clear(form);
}
