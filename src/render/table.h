/* table.h - records in columns. */
#ifndef TABLE_H
#define TABLE_H

#include "document.h"

/* Write the view's records, one a row.  0, or -1 (ERR_OUTPUT, ERR_MEMORY). */
int table_write(struct render *r, const struct report *report, struct error *err);

#endif
