/* duration_fields.h - what can be shown of how long something took. */
#ifndef DURATION_FIELDS_H
#define DURATION_FIELDS_H

#include "fields.h"

/* Of a struct durations, in the order of the JSON document. */
extern const struct field duration_fields[];
extern const size_t duration_field_count;

/* As field_columns. */
extern const char *const duration_columns[], *const duration_columns_wide[];

#endif
