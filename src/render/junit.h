/* junit.h - offers as test cases, for what shows the results of tests. */
#ifndef JUNIT_H
#define JUNIT_H

#include "document.h"

extern const struct render_writer junit_writer;

#endif
