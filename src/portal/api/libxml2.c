/* libxml2.c - libxml2, loaded by dlopen when it is first needed.  It brings ICU and the C++ runtime
 * with it, which would take a quarter of the time of a start, and most runs never see HTML. */
#include "api/libxml2.h"

#include <dlfcn.h>
#include <string.h>

/* The SONAME of libxml2 2.9 to 2.13, which a program that is linked to it would name, too. */
#define SONAME "libxml2.so.2"

const struct libxml2 *libxml2_load(struct error *err)
{
    static struct libxml2 functions;
    const struct {
        const char *name;
        void *to;
    } symbols[] = {
        { "htmlCreatePushParserCtxt", &functions.create },
        { "htmlCtxtUseOptions", &functions.use_options },
        { "htmlParseChunk", &functions.parse },
        { "xmlFreeDoc", &functions.free_doc },
        { "htmlFreeParserCtxt", &functions.free_parser },
    };
    static void *library;

    if (library != NULL) {
        return &functions;
    }
    library = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
    for (size_t i = 0; library != NULL && i < sizeof(symbols) / sizeof(symbols[0]); i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (symbol == NULL) {
            dlclose(library);
            library = NULL;
        } else {
            memcpy(symbols[i].to, &symbol,
                   sizeof(symbol)); /* POSIX, dlsym: a void * can hold a function's address */
        }
    }
    if (library == NULL) {
        error_set(err, ERR_BUG, "cannot load %s (package libxml2), which reads HTML", SONAME);
        return NULL;
    }
    return &functions;
}
