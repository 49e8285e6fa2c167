/* fields_change.h - what can be shown of a change: the records are struct recorded_change. */
#ifndef FIELDS_CHANGE_H
#define FIELDS_CHANGE_H

#include "fields.h"

extern const struct field_table change_table;

#endif
