/* fields_change.h - the fields of a change: its records are struct recorded_change. */
#ifndef FIELDS_CHANGE_H
#define FIELDS_CHANGE_H

#include "fields.h"

extern const struct field_table change_table;

#endif
