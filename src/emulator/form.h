/* form.h - the fields of a form that was posted. */
#ifndef EMULATOR_FORM_H
#define EMULATOR_FORM_H

#include <stdbool.h>

/* The decoded value of a form's field, for the caller to free; NULL where it is missing. */
char *form_field(const char *form, const char *name);

bool form_field_is(const char *form, const char *name, const char *wanted);

#endif
