/* html.h - one page that a person would rather look at than read. */
#ifndef HTML_H
#define HTML_H

#include "document.h"

extern const struct render_writer html_writer;

#endif
