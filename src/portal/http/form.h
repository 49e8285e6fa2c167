/* form.h - the body of a POST. */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "offerstat/strbuf.h"

/* Append "&name=value", encoded as a form's field.  The form counts as secret from then on. */
void form_add(struct strbuf *form, const char *name, const char *value);

/* Wipe and free a form, or any other buffer that may hold a secret. */
void form_clear(struct strbuf *form);

#endif
