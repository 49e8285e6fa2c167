/* schema.h - the tables of the record, and how an older file comes to have them. */
#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include "db.h"

/* The version that schema_update brings a file to. */
int schema_version(void);

/* Check that the file is a record and bring it to the present version.  One of a newer version, or
 * of another program, is left alone: -1 with *err. */
int schema_update(struct db *db, struct error *err);

#endif
