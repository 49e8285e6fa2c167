/* libxml2.c - libxml2, loaded when it is first needed.  It loads ICU and the C++ runtime, which
 * would take a quarter of the time of a start, and most runs never see HTML. */
#include "api/libxml2.h"

#include "offerstat/library.h"

/* The SONAME of libxml2 2.9 to 2.13. */
#define SONAME "libxml2.so.2"

const struct libxml2 *libxml2_load(struct error *err)
{
    static struct libxml2 functions;
    static bool loaded;
    const struct library_symbol symbols[] = {
        { "htmlCreatePushParserCtxt", &functions.create },
        { "htmlCtxtUseOptions", &functions.use_options },
        { "htmlParseChunk", &functions.parse },
        { "xmlFreeDoc", &functions.free_doc },
        { "htmlFreeParserCtxt", &functions.free_parser },
    };

    loaded = loaded || library_load(SONAME, symbols, sizeof(symbols) / sizeof(symbols[0]));
    if (!loaded) {
        error_set(err, ERR_BUG, "cannot load %s (package libxml2), which reads HTML", SONAME);
        return NULL;
    }
    return &functions;
}
