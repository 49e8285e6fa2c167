/* people.h - the formats for people: table and wide. */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "document.h"

extern const struct render_writer table_writer, wide_writer;

#endif
