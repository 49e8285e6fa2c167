/* libxml2.h - the HTML parser, loaded when the first HTML appears. */
#ifndef API_LIBXML2_H
#define API_LIBXML2_H

#include "offerstat/error.h"

#include <libxml/HTMLparser.h>

/* The functions of libxml2 that are called, under shorter names; libxml2.c has the real ones. */
struct libxml2 {
    htmlParserCtxtPtr (*create)(htmlSAXHandlerPtr sax, void *user, const char *chunk, int size,
                                const char *filename, xmlCharEncoding encoding);
    int (*use_options)(htmlParserCtxtPtr parser, int options);
    int (*parse)(htmlParserCtxtPtr parser, const char *chunk, int size, int terminate);
    void (*free_parser)(htmlParserCtxtPtr parser);
    void (*free_doc)(xmlDocPtr doc);
};

/* Load the library; later calls return the same.  NULL with *err (ERR_BUG) when it is not
 * installed, or not in the version that it was built for. */
const struct libxml2 *libxml2_load(struct error *err);

#endif
