/* libxml2.c - the one library that is loaded late: with ICU and the C++ runtime behind it, it takes
 * a quarter of the start, and most runs never see HTML. */
#include "api/libxml2.h"

#include <dlfcn.h>
#include <string.h>

/* The name that libxml2 2.9 to 2.13 go by; a program that was linked to it would have it inside. */
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
            memcpy(symbols[i].to, &symbol, sizeof(symbol)); /* POSIX: it has a function's shape */
        }
    }
    if (library == NULL) {
        error_set(err, ERR_BUG, "cannot load " SONAME " (package libxml2), which reads HTML");
        return NULL;
    }
    return &functions;
}
