/* junit.h - the format junit: offers as test cases, for tools that show test results. */
#ifndef JUNIT_H
#define JUNIT_H

#include "document.h"

extern const struct render_writer junit_writer;

#endif
