/* library.h - shared libraries that only some runs need: loaded when they are needed, so that other
 * runs start faster. */
#ifndef OFFERSTAT_LIBRARY_H
#define OFFERSTAT_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A function of the library, and the pointer to it that is set. */
struct library_symbol {
    const char *name;
    void *pointer;
};

/* Load the library and set every pointer; it stays loaded.  False where there is no library of that
 * SONAME, or it lacks one of the functions: no pointer may be used then. */
bool library_load(const char *soname, const struct library_symbol *symbols, size_t count);

#endif
