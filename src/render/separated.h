/* separated.h - a record a line, its columns separated: csv and tsv. */
#ifndef SEPARATED_H
#define SEPARATED_H

#include "document.h"

extern const struct render_writer csv_writer;
extern const struct render_writer tsv_writer;

#endif
