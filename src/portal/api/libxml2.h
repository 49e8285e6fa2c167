/* libxml2.h - the HTML parser, loaded when the first HTML appears. */
#ifndef API_LIBXML2_H
#define API_LIBXML2_H

#include "offerstat/error.h"

#include <libxml/HTMLparser.h>

/* The few functions of libxml2 that are called; each as its page says. */
struct libxml2 {
    htmlParserCtxtPtr (*create)(htmlSAXHandlerPtr sax, void *user, const char *chunk, int size,
                                const char *filename, xmlCharEncoding encoding);
    int (*use_options)(htmlParserCtxtPtr parser, int options);
    int (*parse)(htmlParserCtxtPtr parser, const char *chunk, int size, int terminate);
    void (*free_parser)(htmlParserCtxtPtr parser);
    void (*free_doc)(xmlDocPtr doc);
};

/* Loaded once and kept.  NULL with *err (ERR_BUG) when the library is not installed as it was built
 * against. */
const struct libxml2 *libxml2_load(struct error *err);

#endif
