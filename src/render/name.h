/* name.h - the format name. */
#ifndef NAME_H
#define NAME_H

#include "document.h"

extern const struct render_writer name_writer;

#endif
