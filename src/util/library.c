/* library.c - shared libraries, loaded by dlopen. */
#include "offerstat/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_load(const char *soname, const struct library_symbol *symbols, size_t count)
{
    void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);

    if (library == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        void *function = dlsym(library, symbols[i].name);
        if (function == NULL) {
            dlclose(library);
            return false;
        }
        /* Not an assignment, since C does not convert object pointers to function pointers.  POSIX
         * (dlsym) guarantees the same representation. */
        memcpy(symbols[i].pointer, &function, sizeof(function));
    }
    return true;
}
