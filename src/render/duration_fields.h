/* duration_fields.h - the fields of durations. */
#ifndef DURATION_FIELDS_H
#define DURATION_FIELDS_H

#include "fields.h"

/* Of a struct durations, in the order of the JSON document. */
extern const struct field_table duration_table;

/* As field_columns. */
extern const char *const duration_columns[], *const duration_columns_wide[];

#endif
