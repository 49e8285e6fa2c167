/* html.h - the format html: one page for people. */
#ifndef HTML_H
#define HTML_H

#include "document.h"

extern const struct render_writer html_writer;

#endif
